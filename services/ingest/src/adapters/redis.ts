import { ConfigurationError, type Dependency } from '@wirefold/pipeline';
import { Redis } from 'ioredis';

/** A client that fails fast while Redis is away, and comes back by itself. */
export function connectRedis(url: string, commandTimeoutMs: number): Redis {
  const redis = new Redis(url, {
    enableAutoPipelining: true,
    commandTimeout: commandTimeoutMs,
    maxRetriesPerRequest: 1,
    retryStrategy: (attempt) => Math.min(100 * attempt, 2000),
  });
  // Each failing command says it again, and readiness too: without a listener the process would end.
  redis.on('error', () => undefined);
  return redis;
}

/** Redis as a dependency: it answers and takes writes. */
export const redisDependency = (redis: Redis): Dependency => ({
  name: 'redis',
  check: async () => {
    await redis.ping();
  },
});

/**
 * Refuses a Redis that throws keys away when memory is short: what Wirefold remembers there would be gone unnoticed.
 * A Redis that can't be asked (away, or no right to ask) is taken.
 *
 * @throws ConfigurationError
 */
export async function requireNoEviction(redis: Redis): Promise<void> {
  let policy: string | undefined;
  try {
    policy = (await redis.config('GET', 'maxmemory-policy'))[1];
  } catch {
    return;
  }
  if (policy !== undefined && policy !== 'noeviction') {
    throw new ConfigurationError(
      `Redis evicts keys (maxmemory-policy ${policy}), so Wirefold would forget articles unnoticed; set it to noeviction`,
    );
  }
}
