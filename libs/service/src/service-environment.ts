import { kafkaEnvironment } from '@wirefold/kafka';
import { logLevels } from '@wirefold/observability';
import { wholeNumber } from '@wirefold/pipeline';
import { z } from 'zod';

/** Variables that every service takes. */
export const serviceEnvironment = kafkaEnvironment.extend({
  HTTP_HOST: z.string().default('0.0.0.0').describe('Address that probes and metrics listen on'),
  HTTP_PORT: wholeNumber(0, 65_535).default(8080).describe('Port of probes and metrics; 0 takes a free one'),
  LOG_LEVEL: z.enum(logLevels).default('info').describe('Least level of what is logged'),
  CONSUMER_GROUP_PREFIX: z.string().default('wirefold').describe('Consumer group is <prefix>.<service>'),
  PARTITION_CONCURRENCY: wholeNumber(1, 100).default(6).describe('Partitions that are worked on at once'),
  CHUNK_MESSAGES: wholeNumber(1, 10_000)
    .default(240)
    .describe('Messages that are handled and acknowledged together'),
  SESSION_TIMEOUT_MS: wholeNumber(6000, 300_000)
    .default(15_000)
    .describe('Broker gives partitions to others after so long without a heartbeat'),
  OUTAGE_MAX_BACKOFF_MS: wholeNumber(250, 300_000)
    .default(10_000)
    .describe('Longest pause between attempts while a dependency is down'),
  STALL_MS: wholeNumber(1000, 600_000)
    .default(45_000)
    .describe(
      'Liveness fails after so long without progress of the poll loop; below 10000 a slow broker or a long chunk may look like a stall',
    ),
  DRAIN_MS: wholeNumber(0, 60_000).default(15_000).describe('Time to finish the work in hand on SIGTERM'),
});
