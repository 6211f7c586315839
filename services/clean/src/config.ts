import { wholeNumber } from '@wirefold/pipeline';
import { z } from 'zod';

/** Variables of the clean service alone. */
export const cleanEnvironment = z.object({
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
export type CleanConfig = z.infer<typeof cleanEnvironment>;
