import { wholeNumber } from '@wirefold/pipeline';
import { z } from 'zod';

/** Variables of ingest. */
export const ingestEnvironment = z.object({
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'expected a redis:// or rediss:// URL' })
    .describe('Redis that remembers the versions of articles'),
  REDIS_PREFIX: z.string().min(1).default('wirefold').describe('Begins each key in Redis'),
  REDIS_TIMEOUT_MS: wholeNumber(10, 60_000)
    .default(2000)
    .describe('A Redis command that takes longer is an outage'),
  VERSION_MEMORY_DAYS: wholeNumber(1, 3650)
    .default(30)
    .describe('Days that an article is remembered after it was last seen'),
});
