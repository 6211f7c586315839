import { randomUUID } from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import { createRedisPublisherLines, publisherLineId } from '@wirefold/clean';
import { documentId } from '@wirefold/contracts';
import { createIngestStage, ingestEnvironment, type Incoming } from '@wirefold/ingest';
import { findFreePort } from '@wirefold/engines';
import { parseEnvironment, systemClock, type Delivery } from '@wirefold/pipeline';
import { connectRedis } from '@wirefold/redis';
import { eventually, ownEngines, sampleMessage } from '@wirefold/testing';
import type { Redis } from 'ioredis';
import {
  configOf,
  KEYS,
  readiness,
  someKeys,
  untilReady,
  useRedisCluster,
  writerOn,
  type ClusterRun,
} from '../redis-cluster.ts';

/** What the services keep in Redis, on a real Redis Cluster; its failures are in tests/faults. */
jest.setTimeout(40_000);

let run: ClusterRun;
useRedisCluster((begun) => {
  run = begun;
});

const onEach = (set: (admin: Redis) => Promise<unknown>) => Promise.all(run.admins.map(set));

describe('on a cluster', () => {
  it("ingest knows articles' versions, on all masters", async () => {
    const { REDIS_CLUSTER: _isCluster, REDIS_TIMEOUT_MS: _timeout, ...texts } = configOf(run.cluster.url);
    const { stage, dependencies, close } = await ingestOn({ ...texts, REDIS_CLUSTER: 'true' });
    run.atEnd(close);
    const before = await keyCounts();
    const deliver = (origin: number): Delivery<Incoming>[] =>
      Array.from({ length: KEYS }, (_, index) => {
        const uri = `urn:cluster:${texts.REDIS_PREFIX}:${index}`;
        const article = sampleMessage('ingest', { uri }) as unknown as Incoming;
        return { article, key: uri, origin: `news.article.scraped.v1/${origin}/${index}@1`, timestampMs: 1 };
      });
    const { signal } = new AbortController();
    const deliveries = deliver(0);
    const settled = await stage.handle(deliveries, { signal });
    expect(new Set(settled.map(({ kind }) => kind))).toEqual(new Set(['pass']));
    await stage.confirm?.(deliveries);
    const again = await stage.handle(deliver(1), { signal });
    expect(again).toEqual(deliveries.map(() => ({ kind: 'drop', outcome: 'unchanged' })));
    expect(await dependencies[0]?.check()).toBeUndefined();
    for (const [node, count] of (await keyCounts()).entries())
      expect(count - (before[node] as number)).toBeGreaterThan(KEYS / 6);
  });

  it("clean knows publishers' lines", async () => {
    const redis = await run.connect();
    const prefix = randomUUID();
    const openLines = () => createRedisPublisherLines(redis, { prefix, days: 30, clock: systemClock });
    const publishers = Array.from({ length: 30 }, (_, index) => `publisher-${index}.example`);
    const id = publisherLineId('This story was first published by its publisher.') as string;
    const lines = openLines();
    for (let number = 1; number <= 4; number += 1)
      await lines.learn(
        publishers.map((publisher) => ({
          publisher,
          story: documentId(`${publisher} ${number}`).slice(0, 4),
          paragraphs: [documentId(`paragraph of ${publisher} ${number}`).slice(0, 4)],
          length: 10_000,
          lines: [{ id, length: 100 }],
        })),
      );
    const known = await openLines().read(publishers);
    for (const publisher of publishers)
      expect(known.get(publisher)).toMatchObject([{ id, evidence: 'repeated' }]);
  });

  it('all nodes are asked with the login of the URL', async () => {
    await onEach((admin) => admin.call('ACL', 'SETUSER', 'wire', 'on', '>f@ld', '~*', '+@all'));
    await onEach((admin) => admin.config('SET', 'requirepass', 'secret'));
    run.atEnd(() => onEach((admin) => admin.config('SET', 'requirepass', '')));
    const redis = await run.connect(run.cluster.url.replace('//', '//wire:f%40ld@'));
    expect(await writerOn(redis)(someKeys())).toBe('done');
    expect(await readiness(await run.connect(run.cluster.url.replace('//', '//wire:wrong@')))).toBe(
      'WRONGPASS',
    );
    expect(await readiness(await run.connect())).toBe('NOAUTH');
  });
});

describe('it is told at the start', () => {
  it('that one of the masters evicts keys', async () => {
    const [, , third] = run.admins as [Redis, Redis, Redis];
    await third.config('SET', 'maxmemory-policy', 'allkeys-lru');
    run.atEnd(() => third.config('SET', 'maxmemory-policy', 'noeviction'));
    await expect(run.connect()).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining(
        `:${run.cluster.nodes[2]?.port} evicts keys (maxmemory-policy allkeys-lru)`,
      ),
    });
  });

  it('that Redis is a cluster, and should be none', async () => {
    await expect(connectRedis(configOf(run.cluster.url, false))).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining('set REDIS_CLUSTER=true'),
    });
  });

  it('that Redis is no cluster, and should be one', async () => {
    const engines = await ownEngines(['redis']);
    run.atEnd(engines.stop);
    await expect(run.connect(engines.redisUrl)).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining('set REDIS_CLUSTER=false'),
    });
  });

  it('that a cluster has no other database', async () => {
    await expect(run.connect(`${run.cluster.url}/1`)).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining('database 1'),
    });
  });
});

describe('readiness', () => {
  it('says why no node can be reached', async () => {
    expect(await readiness(await run.connect(`redis://127.0.0.1:${await findFreePort()}`))).toBe(
      'ECONNREFUSED',
    );
    // What speaks no TLS waits for the end of a line.
    expect(await readiness(await run.connect(run.cluster.url.replace('redis:', 'rediss:')))).toBe('TIMEOUT');
  });

  it('writes to each master: one that is full is an outage', async () => {
    const redis = await run.connect();
    for (const admin of run.admins) {
      await admin.config('SET', 'maxmemory', '1');
      try {
        expect(await readiness(redis)).toBe('OOM');
      } finally {
        await admin.config('SET', 'maxmemory', '0');
      }
      expect(await readiness(redis)).toBe('ready');
    }
  });

  it('asks for all slots, of a cluster that goes on without some', async () => {
    await onEach((admin) => admin.config('SET', 'cluster-require-full-coverage', 'no'));
    run.atEnd(() => onEach((admin) => admin.config('SET', 'cluster-require-full-coverage', 'yes')));
    const redis = await run.connect();
    await onEach((admin) => admin.cluster('DELSLOTS', 0));
    try {
      await eventually('all know', async () => (await readiness(redis)) === 'CLUSTERDOWN' || undefined);
      const other = await run.connect();
      expect(await readiness(other)).toBe('CLUSTERDOWN');
    } finally {
      await run.admins[0]?.cluster('ADDSLOTS', 0);
    }
    await untilReady(redis);
  });
});

/** How many keys each node has. */
const keyCounts = () => Promise.all(run.admins.map((admin) => admin.dbsize()));

/** By variables, as its process has them. */
const ingestOn = (variables: Readonly<Record<string, string>>) =>
  createIngestStage(parseEnvironment(ingestEnvironment, variables));
