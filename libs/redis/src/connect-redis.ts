import { asError, ConfigurationError, Outage, type Dependency } from '@wirefold/pipeline';
import { Cluster, type Redis } from 'ioredis';
import type { RedisConfig } from './environment.ts';
import { probeKeys, SLOTS, type SlotRange } from './probe-keys.ts';
import { openRedis } from './redis-client.ts';
import type { RedisClient } from './redis-connections.ts';
import { clusterDown, DEPENDENCY, misconfiguredCodes, toOutage, wrongMode } from './redis-outage.ts';

/** Redis as far as it may be relied on. */
export interface GuardedRedis {
  readonly client: RedisClient;
  /**
   * Runs commands that only an outage can fail; before the first of each connection it asks whether Redis evicts keys. On a
   * cluster they are run once more where a slot was on its way to another master: like after an outage, they must bear that.
   * @throws Outage whatever Redis answers with an error: it is down, read-only, full, or evicts keys
   */
  readonly run: <Result>(commands: () => Promise<Result>) => Promise<Result>;
  /** It answers, takes writes, and evicts nothing: each master of a cluster, and together they serve all slots. */
  readonly dependency: Dependency;
}

const PROBE_TTL_MS = 60_000;
/**
 * What a command of a pipeline may fail of that ioredis mends for one that is sent by itself: a slot that is, or is about to be,
 * another master's; and, in a pipeline that it has sent again, a script that the master does not know yet.
 */
const ofPipelines: ReadonlySet<string> = new Set(['MOVED', 'ASK', 'TRYAGAIN', 'NOSCRIPT']);
const BY_ITSELF_MS = 5000;

/**
 * Makes a client that fails fast while Redis is away, and comes back by itself. A Redis that evicts is a mistake to be told at
 * once; one that is away is waited for.
 *
 * @throws ConfigurationError where Redis evicts keys, or is a cluster and should not be one, or the other way round
 */
export async function connectRedis(config: RedisConfig): Promise<GuardedRedis> {
  const redis = guardedRedis(config);
  try {
    await redis.dependency.check();
  } catch (error) {
    const codes: readonly string[] = Object.values(misconfiguredCodes);
    if (!(error instanceof Outage) || !codes.includes(error.code)) return redis;
    redis.client.disconnect();
    throw new ConfigurationError(error.message, { cause: error });
  }
  return redis;
}

function guardedRedis(config: RedisConfig): GuardedRedis {
  const { client, masters, untilUsable, connectionError } = openRedis(config);
  // What comes back may be another Redis, or the same with another configuration; and a replica may become a master.
  const sound = new WeakSet<Redis>();
  const watched = new WeakSet<Redis>();

  const requireSound = async (master: Redis) => {
    if (!watched.has(master)) master.on('close', () => sound.delete(master));
    watched.add(master);
    sound.delete(master);
    await checkMaster(master, client instanceof Cluster);
    sound.add(master);
  };
  const guarded = async <Result>(commands: () => Promise<Result>): Promise<Result> => {
    try {
      await untilUsable();
      return await commands();
    } catch (thrown) {
      throw toOutage(thrown, connectionError());
    }
  };
  const run = <Result>(commands: () => Promise<Result>): Promise<Result> =>
    guarded(async () => {
      const unknown = masters().filter((master) => !sound.has(master));
      if (unknown.length > 0) await Promise.all(unknown.map(requireSound));
      return commands();
    });

  return {
    client,
    run: (commands) =>
      client instanceof Cluster
        ? run(commands).catch((outage: Outage) => {
            if (!ofPipelines.has(outage.code) || !client.options.enableAutoPipelining) throw outage;
            sendEachByItself(client);
            return run(commands);
          })
        : run(commands),
    dependency: {
      name: DEPENDENCY,
      check: () =>
        guarded(async () => {
          await Promise.all(masters().map(requireSound));
          const keys =
            client instanceof Cluster
              ? probeKeys(config.REDIS_PREFIX, await servedSlots(client))
              : [`${config.REDIS_PREFIX}:probe`];
          await Promise.all(keys.map((key) => client.set(key, '1', 'PX', PROBE_TTL_MS)));
        }),
    },
  };
}

/** For some time, as a slot is on its way for long, and mostly others follow: pipelines are twice as fast. */
function sendEachByItself(cluster: Cluster): void {
  cluster.refreshSlotsCache();
  cluster.options.enableAutoPipelining = false;
  clearTimeout(pipelinedAgain.get(cluster));
  const timer = setTimeout(() => {
    cluster.options.enableAutoPipelining = true;
  }, BY_ITSELF_MS);
  pipelinedAgain.set(cluster, timer.unref());
}

const pipelinedAgain = new WeakMap<Cluster, NodeJS.Timeout>();

/** @throws Outage where it evicts keys, or is in the wrong mode */
async function checkMaster(master: Redis, isInCluster: boolean): Promise<void> {
  const [mode, policy] = await Promise.all([
    infoOf(master, 'cluster', 'cluster_enabled'),
    infoOf(master, 'memory', 'maxmemory_policy'),
  ]);
  if (mode === '1' && !isInCluster) throw wrongMode(true);
  if (policy !== undefined && policy !== 'noeviction') {
    const { host, port } = master.options;
    throw evicts(policy, isInCluster ? ` at ${host}:${port}` : '');
  }
}

/** By INFO, which managed Redis answers too, where CONFIG is forbidden; undefined where there is no right to ask at all. */
async function infoOf(redis: Redis, section: string, field: string): Promise<string | undefined> {
  try {
    return new RegExp(`^${field}:(\\S+)`, 'm').exec(await redis.info(section))?.[1];
  } catch (thrown) {
    if (/^(NOPERM|ERR)\b/.test(asError(thrown).message)) return undefined;
    throw thrown;
  }
}

/** @throws Outage where nobody serves some slots */
async function servedSlots(cluster: Cluster): Promise<SlotRange[]> {
  const ranges = (await cluster.cluster('SLOTS')).map(([first, last, master]) => ({
    first,
    last,
    master: String(master?.slice(0, 2)),
  }));
  const served = ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  if (served < SLOTS) throw clusterDown(`Nobody serves ${SLOTS - served} of the cluster's ${SLOTS} slots`);
  return ranges;
}

const evicts = (policy: string, where: string): Outage =>
  new Outage(
    DEPENDENCY,
    misconfiguredCodes.evicts,
    `Redis${where} evicts keys (maxmemory-policy ${policy}), so Wirefold would forget what it must know: set it to noeviction, by CONFIG SET and in redis.conf`,
  );
