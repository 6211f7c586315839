import { Redis } from 'ioredis';
import { openCluster } from './cluster-client.ts';
import type { RedisConfig } from './environment.ts';
import { retryDelayMs, type RedisConnections } from './redis-connections.ts';

/** A client that fails fast while Redis is away, and comes back by itself. */
export function openRedis(config: RedisConfig): RedisConnections {
  return config.REDIS_CLUSTER ? openCluster(config) : openOne(config);
}

function openOne({ REDIS_URL: url, REDIS_TIMEOUT_MS: commandTimeoutMs }: RedisConfig): RedisConnections {
  const client = new Redis(url, {
    enableAutoPipelining: true,
    commandTimeout: commandTimeoutMs,
    maxRetriesPerRequest: 1,
    retryStrategy: retryDelayMs,
  });
  let connectionError: Error | undefined;
  // Without a listener the process would end.
  client.on('error', (error: Error) => {
    connectionError = error;
  });
  client.on('ready', () => {
    connectionError = undefined;
  });
  const masters = [client];
  return {
    client,
    masters: () => masters,
    untilUsable: () => Promise.resolve(),
    connectionError: () => connectionError,
  };
}
