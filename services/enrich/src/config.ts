import { wholeNumber } from '@wirefold/pipeline';
import { z } from 'zod';

/** Variables of enrich's own. */
export const enrichEnvironment = z.object({
  ENRICH_CITY_MIN_POPULATION: wholeNumber(1_000, 100_000_000)
    .default(15_000)
    .describe('Inhabitants from which on a city is recognised'),
  ENRICH_MAX_ENTITIES: wholeNumber(1, 5_000)
    .default(2_000)
    .describe('Entities of an article at most: the first of its text'),
  ENRICH_CONCURRENCY: wholeNumber(1, 256).default(4).describe('Articles that are enriched at once'),
  ENRICH_TIME_BUDGET_MS: wholeNumber(100, 3_600_000)
    .default(30_000)
    .describe('Time that one article may take, in milliseconds; over it, it is rejected'),
});

export type EnrichConfig = z.infer<typeof enrichEnvironment>;
