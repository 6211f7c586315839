import { setImmediate } from 'node:timers/promises';
import type { EnrichedArticle, TranslatedArticle } from '@wirefold/contracts';
import { type AssembledStage, type Clock, perArticle } from '@wirefold/pipeline';
import { createPackageGazetteer } from './adapters/package-gazetteer.ts';
import type { EnrichConfig } from './config.ts';
import { createDateRecogniser } from './core/dates/date-recogniser.ts';
import { createEnrich } from './core/enrich.ts';
import { createPlaceRecogniser } from './core/places/place-recogniser.ts';
import type { Recogniser } from './core/recogniser.ts';

const ATTEMPTS = 3;
const RETRY_DELAY_MS = 500;

/** The enrich stage with the recognisers that need nothing but this process. */
export function createEnrichStage(
  config: EnrichConfig,
  deps: { readonly clock: Clock },
): AssembledStage<TranslatedArticle, EnrichedArticle> {
  const enrich = createEnrich({
    recognisers: createRecognisers(config),
    maxEntities: config.ENRICH_MAX_ENTITIES,
    pause: () => setImmediate(),
  });
  return {
    stage: {
      name: 'enrich',
      handle: perArticle(enrich, {
        concurrency: config.ENRICH_CONCURRENCY,
        timeBudgetMs: config.ENRICH_TIME_BUDGET_MS,
        attempts: ATTEMPTS,
        retryDelayMs: RETRY_DELAY_MS,
        sleep: deps.clock.sleep,
      }),
    },
    dependencies: [],
    close: () => Promise.resolve(),
  };
}

/** The recognisers of a configuration, the most trusted one first. */
export function createRecognisers(config: EnrichConfig): Recogniser[] {
  const gazetteer = createPackageGazetteer({ cityMinPopulation: config.ENRICH_CITY_MIN_POPULATION });
  return [
    createDateRecogniser(config.ENRICH_MAX_ENTITIES),
    createPlaceRecogniser(gazetteer, config.ENRICH_MAX_ENTITIES),
  ];
}
