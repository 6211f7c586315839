import { randomUUID } from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import { eventually, startRedisCluster } from '@wirefold/testing';
import type { Redis } from 'ioredis';
import {
  adminsOf,
  keysWith,
  readiness,
  someKeys,
  TIMEOUT_MS,
  untilReady,
  useRedisCluster,
  writerOn,
  type ClusterRun,
} from '../redis-cluster.ts';

/** A real Redis Cluster whose nodes hang, crash and change places. */
jest.setTimeout(40_000);

let run: ClusterRun;
useRedisCluster((begun) => {
  run = begun;
});

describe('a master', () => {
  it('that hangs is an outage, until it goes on', async () => {
    const redis = await run.connect();
    const write = writerOn(redis);
    const [, node] = run.cluster.nodes;
    node?.kill('SIGSTOP');
    try {
      expect(await write(someKeys())).toBe('TIMEOUT');
      expect(await readiness(redis)).toBe('TIMEOUT');
    } finally {
      node?.kill('SIGCONT');
    }
    await untilReady(redis);
    expect(await write(someKeys())).toBe('done');
    await run.cluster.untilServing();
  });

  it('that crashed is an outage, until it is back; and what comes back is asked for its policy', async () => {
    const redis = await run.connect();
    const write = writerOn(redis);
    const node = run.cluster.nodes[1];
    node?.kill('SIGKILL');
    const beganMs = Date.now();
    for (const end of [await write(someKeys()), await readiness(redis)])
      expect(end).toMatch(/^(ECONN(REFUSED|RESET)|EPIPE|CONNECTION|CLUSTERDOWN)$/);
    expect(Date.now() - beganMs).toBeLessThan(3 * TIMEOUT_MS);
    // As the others say once they have noticed.
    await eventually('it is down', async () => (await readiness(redis)) === 'CLUSTERDOWN' || undefined);
    await node?.restart();
    await run.admins[1]?.config('SET', 'maxmemory-policy', 'volatile-lru');
    await eventually('it is told', async () => (await write(someKeys())) === 'EVICTS' || undefined);
    await run.admins[1]?.config('SET', 'maxmemory-policy', 'noeviction');
    await run.cluster.untilServing();
    expect(await write(someKeys())).toBe('done');
    expect(await readiness(redis)).toBe('ready');
  });
});

describe('a slot that goes to another master', () => {
  it('is followed by each command, though most of its pipeline is where it was', async () => {
    const redis = await run.connect();
    const write = writerOn(redis);
    const tag = `{${randomUUID()}}`;
    const slot = await (run.admins[0] as Redis).cluster('KEYSLOT', tag);
    const from = [0, 1, 2].find((index) => slot < Math.floor((16_384 * (index + 1)) / 3)) as number;
    const to = (from + 1) % 3;
    const [source, target] = [run.admins[from], run.admins[to]] as [Redis, Redis];
    const [sourceNode, targetNode] = [run.cluster.nodes[from], run.cluster.nodes[to]] as const;
    const allKeysOn = async (node: Redis) =>
      (await node.cluster('GETKEYSINSLOT', slot, 1000)) as unknown as string[];
    const keysOn = async (node: Redis) => (await allKeysOn(node)).filter((key) => key.startsWith(tag));
    const mixed = () => [...someKeys(), ...keysWith(`${tag}${randomUUID()}`).slice(0, 5)];
    expect(await write(mixed())).toBe('done');

    await target.cluster('SETSLOT', slot, 'IMPORTING', String(sourceNode?.id));
    await source.cluster('SETSLOT', slot, 'MIGRATING', String(targetNode?.id));
    expect(await write(mixed())).toBe('done');
    expect(await keysOn(target)).toHaveLength(5);

    // A script's keys, on both sides.
    redis.client.defineCommand('copyOne', {
      numberOfKeys: 2,
      lua: "return redis.call('SET', KEYS[2], redis.call('GET', KEYS[1]))",
    });
    const { copyOne } = redis.client as unknown as {
      copyOne: (from: string, to: string) => Promise<string>;
    };
    const [there] = await keysOn(source);
    const copy = () => redis.run(() => copyOne.call(redis.client, String(there), `${tag}copy`));
    // TRYAGAIN, or what ioredis met last on its way around.
    await expect(copy()).rejects.toMatchObject({
      name: 'Outage',
      code: expect.stringMatching(/^(TRYAGAIN|ASK|MOVED)$/),
    });

    const keys = await allKeysOn(source);
    await source.call('MIGRATE', '127.0.0.1', String(targetNode?.port), '', '0', '5000', 'KEYS', ...keys);
    await target.cluster('SETSLOT', slot, 'NODE', String(targetNode?.id));
    await source.cluster('SETSLOT', slot, 'NODE', String(targetNode?.id));
    expect(await write(mixed())).toBe('done');
    expect(await copy()).toBe('OK');
    expect(await keysOn(target)).toHaveLength(16);
    expect(await readiness(redis)).toBe('ready');
  });
});

describe('a replica that becomes a master', () => {
  it('is asked for its policy, and takes the place even of the node of the URL', async () => {
    const own = await startRedisCluster({ replicas: 1 });
    run.atEnd(own.stop);
    const ownAdmins = adminsOf(own);
    run.atEnd(() => ownAdmins.forEach((admin) => admin.disconnect()));
    const replica = ownAdmins[3] as Redis;
    await eventually(
      'it has its data',
      async () => (await replica.info('replication')).includes('master_link_status:up') || undefined,
    );
    await replica.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const redis = await run.connect(own.url);
    const write = writerOn(redis);
    expect(await write(someKeys())).toBe('done');

    own.nodes[0]?.kill('SIGKILL');
    await eventually('it is told', async () => (await write(someKeys())) === 'EVICTS' || undefined);
    expect(await readiness(redis)).toBe('EVICTS');
    await replica.config('SET', 'maxmemory-policy', 'noeviction');
    await untilReady(redis);
    expect(await write(someKeys())).toBe('done');

    redis.client.disconnect(true);
    await untilReady(redis);
    expect(await write(someKeys())).toBe('done');
  });
});
