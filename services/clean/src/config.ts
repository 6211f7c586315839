import { foldEnvironment } from '@wirefold/folding';
import { wholeNumber } from '@wirefold/pipeline';
import { redisEnvironment } from '@wirefold/redis';
import { z } from 'zod';

/** Variables of cleaning itself, which needs no Redis. */
export const cleaningEnvironment = z.object({
  CLEAN_THREADS: wholeNumber(1, 64)
    .default(1)
    .describe('Worker threads that clean pages; each takes some 60 MB'),
  CLEAN_TIME_BUDGET_MS: wholeNumber(100, 600_000)
    .default(5000)
    .describe('Time that one article may take, in milliseconds; over it, it goes to the dead letters'),
  CLEAN_MEMORY_BUDGET_MB: wholeNumber(192, 8192)
    .default(384)
    .describe('Heap that one article may take, in MiB; over it, it goes to the dead letters'),
});
export type CleaningConfig = z.infer<typeof cleaningEnvironment>;

/** Variables of the clean service, which learns what publishers repeat, and folds. */
export const cleanEnvironment = redisEnvironment.extend({
  ...cleaningEnvironment.shape,
  ...foldEnvironment.shape,
  PUBLISHER_MEMORY_DAYS: wholeNumber(1, 3650)
    .default(30)
    .describe("Days that a story counts when the publisher's repeated lines are told"),
});
export type CleanConfig = z.infer<typeof cleanEnvironment>;
