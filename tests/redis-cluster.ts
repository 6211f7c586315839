import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { connectRedis, type GuardedRedis, type RedisConfig } from '@wirefold/redis';
import { eventually, startRedisCluster, type TestRedisCluster } from '@wirefold/testing';
import { Redis } from 'ioredis';

/** A command's limit. */
export const TIMEOUT_MS = 800;
/** Enough to be on all masters. */
export const KEYS = 300;

/** What the tests of a file work on. */
export interface ClusterRun {
  readonly cluster: TestRedisCluster;
  /** Connections to single nodes, in their order. */
  readonly admins: readonly Redis[];
  readonly connect: (url?: string) => Promise<GuardedRedis>;
  /** Leaves something to do until the test has ended; what came last is done first. */
  readonly atEnd: (action: () => unknown) => void;
}

/** Gives the tests of a file three masters of their own. */
export function useRedisCluster(onBegun: (run: ClusterRun) => void): void {
  const left: (() => unknown)[] = [];
  let cluster: TestRedisCluster | undefined;
  let admins: readonly Redis[] = [];
  beforeAll(async () => {
    const started = await startRedisCluster();
    cluster = started;
    admins = adminsOf(started);
    const connect = async (url = started.url) => {
      const redis = await connectRedis(configOf(url));
      left.push(() => redis.client.disconnect());
      return redis;
    };
    onBegun({ cluster: started, admins, connect, atEnd: (action) => left.push(action) });
  }, 60_000);
  afterEach(async () => {
    for (const action of left.splice(0).toReversed()) await action();
  });
  afterAll(async () => {
    for (const admin of admins) admin.disconnect();
    await cluster?.stop();
  });
}

/** With a prefix of its own. */
export const configOf = (url: string, isCluster = true): RedisConfig => ({
  REDIS_URL: url,
  REDIS_CLUSTER: isCluster,
  REDIS_PREFIX: `test-${randomUUID().slice(0, 8)}`,
  REDIS_TIMEOUT_MS: TIMEOUT_MS,
});

/** A connection to each node. */
export const adminsOf = ({ nodes }: TestRedisCluster): Redis[] =>
  nodes.map(({ port }) => {
    const admin = new Redis({ port });
    admin.on('error', () => undefined);
    return admin;
  });

/** Writes keys by a script, all at once; says how it ended: `done`, or the outage's code. */
export function writerOn({ client, run }: GuardedRedis): (keys: readonly string[]) => Promise<string> {
  client.defineCommand('put', { numberOfKeys: 1, lua: "return redis.call('SET', KEYS[1], ARGV[1])" });
  const { put } = client as unknown as { put: (key: string, value: string) => Promise<string> };
  return (keys) =>
    run(() => Promise.all(keys.map((key) => put.call(client, key, 'x')))).then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
}

export const keysWith = (tag: string): string[] =>
  Array.from({ length: KEYS }, (_, index) => `${tag}:${index}`);

/** Keys of all masters. */
export const someKeys = (): string[] => keysWith(randomUUID());

/** `ready`, or the outage's code. */
export const readiness = ({ dependency }: GuardedRedis): Promise<string> =>
  dependency.check().then(
    () => 'ready',
    (error: { code: string }) => error.code,
  );

export const untilReady = (redis: GuardedRedis): Promise<boolean> =>
  eventually('it is ready', async () => (await readiness(redis)) === 'ready' || undefined);
