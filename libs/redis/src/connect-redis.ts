import { asError, ConfigurationError, Outage, type Dependency } from '@wirefold/pipeline';
import { Redis } from 'ioredis';
import type { RedisConfig } from './environment.ts';

/** Redis as far as it may be relied on. */
export interface GuardedRedis {
  readonly client: Redis;
  /**
   * Runs commands that only an outage can fail; before the first of each connection it asks whether Redis evicts keys.
   * @throws Outage whatever Redis answers with an error: it is down, read-only, full, or evicts keys
   */
  readonly run: <Result>(commands: () => Promise<Result>) => Promise<Result>;
  /** It answers, takes writes, and evicts nothing. */
  readonly dependency: Dependency;
}

const DEPENDENCY = 'redis';
const PROBE_TTL_MS = 60_000;

/** Code of the outage that an evicting Redis is. */
const EVICTS = 'EVICTS';

/**
 * Makes a client that fails fast while Redis is away, and comes back by itself. A Redis that evicts is a mistake to be told at
 * once; one that is away is waited for.
 *
 * @throws ConfigurationError where Redis evicts keys
 */
export async function connectRedis(config: RedisConfig): Promise<GuardedRedis> {
  const redis = guardedRedis(config);
  try {
    await redis.dependency.check();
  } catch (error) {
    if (!(error instanceof Outage) || error.code !== EVICTS) return redis;
    redis.client.disconnect();
    throw new ConfigurationError(error.message, { cause: error });
  }
  return redis;
}

function guardedRedis({
  REDIS_URL: url,
  REDIS_PREFIX: prefix,
  REDIS_TIMEOUT_MS: commandTimeoutMs,
}: RedisConfig): GuardedRedis {
  const client = new Redis(url, {
    enableAutoPipelining: true,
    commandTimeout: commandTimeoutMs,
    maxRetriesPerRequest: 1,
    retryStrategy: (attempt) => Math.min(100 * attempt, 2000),
  });
  let connectionError: Error | undefined;
  let keepsKeys = false;
  // Without a listener the process would end.
  client.on('error', (error: Error) => {
    connectionError = error;
  });
  client.on('ready', () => {
    connectionError = undefined;
  });
  // What comes back may be another Redis, or the same with another configuration.
  client.on('close', () => {
    keepsKeys = false;
  });

  const requireNoEviction = async () => {
    keepsKeys = false;
    const policy = await evictionPolicy(client);
    if (policy !== undefined && policy !== 'noeviction') throw evicts(policy);
    keepsKeys = true;
  };
  const guarded = async <Result>(commands: () => Promise<Result>): Promise<Result> => {
    try {
      return await commands();
    } catch (thrown) {
      throw toOutage(thrown, connectionError);
    }
  };

  return {
    client,
    run: (commands) =>
      guarded(async () => {
        if (!keepsKeys) await requireNoEviction();
        return commands();
      }),
    dependency: {
      name: DEPENDENCY,
      check: () =>
        guarded(async () => {
          await requireNoEviction();
          await client.set(`${prefix}:probe`, '1', 'PX', PROBE_TTL_MS);
        }),
    },
  };
}

/** By INFO, which managed Redis answers too, where CONFIG is forbidden; undefined where there is no right to ask at all. */
async function evictionPolicy(client: Redis): Promise<string | undefined> {
  try {
    return /^maxmemory_policy:(\S+)/m.exec(await client.info('memory'))?.[1];
  } catch (thrown) {
    if (/^(NOPERM|ERR)\b/.test(asError(thrown).message)) return undefined;
    throw thrown;
  }
}

const evicts = (policy: string): Outage =>
  new Outage(
    DEPENDENCY,
    EVICTS,
    `Redis evicts keys (maxmemory-policy ${policy}), so Wirefold would forget what it must know: set it to noeviction, by CONFIG SET and in redis.conf`,
  );

function toOutage(thrown: unknown, connectionError: Error | undefined): Outage {
  if (thrown instanceof Outage) return thrown;
  const error = asError(thrown);
  // ioredis says how often it tried; what it failed of, only its events say.
  const reason = error.name === 'MaxRetriesPerRequestError' ? (connectionError ?? error) : error;
  return new Outage(DEPENDENCY, codeOf(reason), reason.message, { cause: error });
}

/** What Redis answers begins with a code; up to Redis 6, a script's error has it in its middle. */
const REPLY_CODE = /^(?:ERR Error running script.*? -)?([A-Z]{3,})\b/;

function codeOf(error: Error): string {
  if (error.message === 'Command timed out') return 'TIMEOUT';
  const { code } = error as { code?: string };
  return code ?? REPLY_CODE.exec(error.message)?.[1] ?? 'CONNECTION';
}
