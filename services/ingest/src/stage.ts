import type { IngestedArticle } from '@wirefold/contracts';
import { ConfigurationError, Outage, type AssembledStage } from '@wirefold/pipeline';
import type { z } from 'zod';
import { connectRedis, EVICTS, type GuardedRedis } from './adapters/redis.ts';
import { createRedisVersionStore } from './adapters/redis-version-store.ts';
import type { ingestEnvironment } from './config.ts';
import { createIngestBatch } from './core/ingest-batch.ts';
import { incomingContract, type Incoming } from './core/ingest.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Ingest, with its Redis.
 *
 * @throws ConfigurationError where Redis evicts keys
 */
export async function createIngestStage(
  config: z.infer<typeof ingestEnvironment>,
): Promise<AssembledStage<Incoming, IngestedArticle>> {
  const { REDIS_URL: url, REDIS_PREFIX: prefix, REDIS_TIMEOUT_MS: commandTimeoutMs } = config;
  const redis = connectRedis({ url, prefix, commandTimeoutMs });
  await refuseEviction(redis);
  const store = createRedisVersionStore(redis, prefix, config.VERSION_MEMORY_DAYS * DAY_MS);
  const batch = createIngestBatch(store);
  return {
    stage: { name: 'ingest', contract: incomingContract, handle: batch.handle, confirm: batch.confirm },
    dependencies: [redis.dependency],
    close: async () => redis.client.disconnect(),
  };
}

/** A Redis that evicts is a mistake to be told at once; one that is away is waited for. */
async function refuseEviction({ client, dependency }: GuardedRedis): Promise<void> {
  try {
    await dependency.check();
  } catch (error) {
    if (!(error instanceof Outage) || error.code !== EVICTS) return;
    client.disconnect();
    throw new ConfigurationError(error.message, { cause: error });
  }
}
