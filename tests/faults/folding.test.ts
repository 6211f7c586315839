import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { EngineProcess } from '@wirefold/engines';
import type { Folded } from '@wirefold/folding';
import { Outage } from '@wirefold/pipeline';
import { connectRedis, type GuardedRedis } from '@wirefold/redis';
import { eventually, ownEngines, type TestEngines } from '@wirefold/testing';
import { Redis } from 'ioredis';
import { foldable, foldOne, publish, textOf, workerOn, wrapped } from '../folding.ts';

/**
 * Folding and a Redis that fails: each call is an outage, and what is folded again afterwards has one story. That clean refuses a Redis
 * that evicts keys at its start, and waits for one that is away, is in redis-clean.test.ts; a cluster's failures are in redis-cluster.test.ts.
 */
jest.setTimeout(60_000);

let own: TestEngines;
let process: EngineProcess;
let admin: Redis;
let redis: GuardedRedis;
let prefix: string;
let texts = 400_000;
const fresh = () => textOf((texts += 1));

beforeAll(async () => {
  own = await ownEngines(['redis']);
  process = own.processes?.redis as EngineProcess;
  admin = new Redis(own.redisUrl);
  admin.on('error', () => undefined);
  prefix = `test-${randomUUID().slice(0, 8)}`;
  redis = await connectRedis({
    REDIS_URL: own.redisUrl,
    REDIS_CLUSTER: false,
    REDIS_PREFIX: prefix,
    REDIS_TIMEOUT_MS: 1000,
  });
}, 60_000);

afterEach(async () => {
  await admin.config('SET', 'maxmemory', '0').catch(() => undefined);
  await admin.config('SET', 'maxmemory-policy', 'noeviction').catch(() => undefined);
});

afterAll(async () => {
  redis?.client.disconnect();
  admin?.disconnect();
  await own?.stop();
});

const untilBack = () =>
  eventually('Redis is back', () =>
    redis.dependency.check().then(
      () => true,
      () => undefined,
    ),
  );
const outageOf = (code: string | RegExp) =>
  expect.objectContaining({ name: Outage.name, code: expect.stringMatching(code) });

it('every call is an outage while Redis is killed, and goes on with an empty one', async () => {
  const folding = workerOn(redis, { prefix });
  const [first, second] = [foldable('first', { body: fresh() }), foldable('second', { body: fresh() })];
  const folded = await foldOne(folding, first);
  process.kill('SIGKILL');
  const away = /^(ECONN(REFUSED|RESET)|EPIPE|CONNECTION|TIMEOUT)$/;
  await expect(folding.fold([second])).rejects.toEqual(outageOf(away));
  await expect(folding.kill(first)).rejects.toEqual(outageOf(away));
  await expect(folding.confirm([folded.record])).rejects.toEqual(outageOf(away));
  await process.restart();
  await untilBack();
  // Published, though nothing of it is remembered any more.
  await folding.confirm([folded.record]);
  expect((await foldOne(folding, first)).link).toEqual(folded.link);
  expect(await publish(folding, second)).toMatchObject({ id: second.id, relation: 'original' });
});

it.each(['claim', 'lookUp', 'read', 'join', 'decideAlone', 'decide'] as const)(
  'killed behind %s: the batch again has one link for each article, and copies one story',
  async (step) => {
    const body = fresh();
    let isKilled = false;
    const killing = workerOn(redis, {
      prefix,
      around: (store) =>
        wrapped(store, async (name, call) => {
          const result = await call();
          if (name === step && !isKilled) {
            isKilled = true;
            process.kill('SIGKILL');
          }
          return result;
        }),
    });
    const batch = [1, 2, 3].map((number) => foldable(`${step}/${number}`, { body }));
    await expect(
      killing.fold(batch).then((folded) => killing.confirm((folded as Folded[]).map(({ record }) => record))),
    ).rejects.toBeInstanceOf(Outage);
    expect(isKilled).toBe(true);
    await process.restart();
    await untilBack();
    const folded = (await killing.fold(batch)) as Folded[];
    await killing.confirm(folded.map(({ record }) => record));
    expect(folded.map(({ link }) => link.id)).toEqual(batch.map(() => batch[0]?.id));
    expect(await publish(killing, foldable(`${step}/late`, { body }))).toMatchObject({ id: batch[0]?.id });
  },
);

it('a Redis that hangs is an outage, and what it did behind our back does no harm', async () => {
  const folding = workerOn(redis, { prefix });
  const body = fresh();
  process.kill('SIGSTOP');
  try {
    await expect(folding.fold([foldable('hangs', { body })])).rejects.toEqual(outageOf('TIMEOUT'));
  } finally {
    process.kill('SIGCONT');
  }
  await untilBack();
  expect(await publish(folding, foldable('hangs', { body }))).toMatchObject({
    id: foldable('hangs').id,
    relation: 'original',
  });
  expect(await publish(folding, foldable('its copy', { body }))).toMatchObject({ id: foldable('hangs').id });
});

it('a full Redis is an outage; what is known is still known when there is room', async () => {
  const folding = workerOn(redis, { prefix });
  const body = fresh();
  const { id } = await publish(folding, foldable('before', { body }));
  await admin.config('SET', 'maxmemory', '1');
  await expect(folding.fold([foldable('full', { body })])).rejects.toEqual(outageOf('OOM'));
  await admin.config('SET', 'maxmemory', '0');
  expect(await publish(folding, foldable('full', { body }))).toMatchObject({ id, relation: 'copy' });
});

it('one that comes back and evicts keys is not written to', async () => {
  const folding = workerOn(redis, { prefix });
  process.kill('SIGKILL');
  await process.restart();
  await eventually('it evicts', () =>
    admin.config('SET', 'maxmemory-policy', 'allkeys-lru').then(
      () => true,
      () => undefined,
    ),
  );
  const article = foldable('evicted', { body: fresh() });
  await eventually('it is told', () =>
    folding.fold([article]).then(
      () => {
        throw new Error('it was written to');
      },
      (error: Outage) => (error.code === 'EVICTS' ? true : undefined),
    ),
  );
  await admin.config('SET', 'maxmemory-policy', 'noeviction');
  expect(await publish(folding, article)).toMatchObject({ id: article.id });
});
