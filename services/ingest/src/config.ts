import { wholeNumber } from '@wirefold/pipeline';
import { redisEnvironment } from '@wirefold/redis';

/** Variables of ingest. */
export const ingestEnvironment = redisEnvironment.extend({
  VERSION_MEMORY_DAYS: wholeNumber(1, 3650)
    .default(30)
    .describe('Days that an article is remembered after it was last seen'),
});
