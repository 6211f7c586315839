import type { IngestedArticle } from '@wirefold/contracts';
import type { AssembledStage } from '@wirefold/pipeline';
import { connectRedis } from '@wirefold/redis';
import type { z } from 'zod';
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
  const redis = await connectRedis(config);
  const store = createRedisVersionStore(redis, config.REDIS_PREFIX, config.VERSION_MEMORY_DAYS * DAY_MS);
  const batch = createIngestBatch(store);
  return {
    stage: { name: 'ingest', contract: incomingContract, handle: batch.handle, confirm: batch.confirm },
    dependencies: [redis.dependency],
    close: async () => redis.client.disconnect(),
  };
}
