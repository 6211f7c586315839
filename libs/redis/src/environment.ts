import { wholeNumber } from '@wirefold/pipeline';
import { z } from 'zod';

/** Variables of every service that keeps something in Redis; to be merged into its own. */
export const redisEnvironment = z.object({
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'expected a redis:// or rediss:// URL' })
    .describe(
      'Redis that remembers the versions of articles (ingest), what publishers repeat, and stories (clean)',
    ),
  REDIS_CLUSTER: z
    .stringbool()
    .default(false)
    .describe(
      'Whether it is a Redis Cluster; REDIS_URL is then one of its nodes, whose user, password and TLS are those of all',
    ),
  REDIS_PREFIX: z.string().min(1).default('wirefold').describe('Begins each key in Redis'),
  REDIS_TIMEOUT_MS: wholeNumber(10, 60_000)
    .default(2000)
    .describe('A Redis command that takes longer is an outage'),
});
export type RedisConfig = z.infer<typeof redisEnvironment>;
