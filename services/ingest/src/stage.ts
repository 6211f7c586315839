import type { IngestedArticle } from '@wirefold/contracts';
import type { AssembledStage } from '@wirefold/pipeline';
import type { z } from 'zod';
import { connectRedis, redisDependency, requireNoEviction } from './adapters/redis.ts';
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
  const redis = connectRedis(config.REDIS_URL, config.REDIS_TIMEOUT_MS);
  try {
    await requireNoEviction(redis);
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  const store = createRedisVersionStore(redis, config.REDIS_PREFIX, config.VERSION_MEMORY_DAYS * DAY_MS);
  const batch = createIngestBatch(store);
  return {
    stage: { name: 'ingest', contract: incomingContract, handle: batch.handle, confirm: batch.confirm },
    dependencies: [redisDependency(redis)],
    close: async () => redis.disconnect(),
  };
}
