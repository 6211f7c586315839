import type { CleanedArticle, TranslatedArticle } from '@wirefold/contracts';
import { createRedisFoldTranslated } from '@wirefold/folding';
import {
  type AssembledStage,
  type Clock,
  ConfigurationError,
  type Dependency,
  perArticle,
} from '@wirefold/pipeline';
import { connectRedis } from '@wirefold/redis';
import { createApertium } from './adapters/apertium.ts';
import { createApertiumClient } from './adapters/apertium-client.ts';
import { noEngine } from './adapters/no-engine.ts';
import type { TranslateConfig, TranslatingConfig } from './config.ts';
import { foldingTranslated } from './core/folding-translated.ts';
import { createTranslate } from './core/translate.ts';
import type { TranslationEngine } from './core/translation-engine.ts';

const ATTEMPTS = 3;
const RETRY_DELAY_MS = 500;

/**
 * The translate stage as its service runs it: what an engine translated is folded once more, by its English text.
 *
 * @throws ConfigurationError where Redis evicts keys
 */
export async function createFullTranslateStage(
  config: TranslateConfig,
  deps: { readonly clock: Clock },
): Promise<AssembledStage<CleanedArticle, TranslatedArticle>> {
  const translating = createTranslateStage(config, deps);
  const { REDIS_URL: url, REDIS_PREFIX: prefix } = config;
  if (config.TRANSLATE_ENGINE === 'none' || url === undefined) return translating;
  const redis = await connectRedis({ ...config, REDIS_URL: url });
  const fold = createRedisFoldTranslated(redis, { config, prefix, clock: deps.clock });
  const { stage, dependencies, close } = translating;
  return {
    stage: { ...stage, handle: foldingTranslated(fold, stage.handle) },
    dependencies: [...dependencies, redis.dependency],
    close: async () => {
      redis.client.disconnect();
      await close();
    },
  };
}

/** The translate stage with the engine that the configuration names. */
export function createTranslateStage(
  config: TranslatingConfig,
  deps: { readonly clock: Clock },
): AssembledStage<CleanedArticle, TranslatedArticle> {
  const { engine, dependencies } = selectEngine(config, deps.clock);
  const translate = createTranslate({
    engine,
    clock: deps.clock,
    maxCharacters: config.TRANSLATE_MAX_CHARACTERS,
  });
  return {
    stage: {
      name: 'translate',
      chunkMessages: config.TRANSLATE_ENGINE === 'none' ? Infinity : config.TRANSLATE_CONCURRENCY * 4,
      handle: perArticle(translate, {
        concurrency: config.TRANSLATE_CONCURRENCY,
        timeBudgetMs: config.TRANSLATE_TIME_BUDGET_MS,
        attempts: ATTEMPTS,
        retryDelayMs: RETRY_DELAY_MS,
        sleep: deps.clock.sleep,
      }),
    },
    dependencies,
    close: () => Promise.resolve(),
  };
}

/** @throws ConfigurationError when the engine lacks a variable: a schema that was put together may have lost the check */
export function selectEngine(
  config: TranslatingConfig,
  clock: Clock,
): { readonly engine: TranslationEngine; readonly dependencies: Dependency[] } {
  switch (config.TRANSLATE_ENGINE) {
    case 'none':
      return { engine: noEngine, dependencies: [] };
    case 'apertium': {
      if (config.APERTIUM_URL === undefined)
        throw new ConfigurationError('APERTIUM_URL is not set; TRANSLATE_ENGINE=apertium needs it');
      const { engine, dependency } = createApertium(
        createApertiumClient(config.APERTIUM_URL, config.APERTIUM_TIMEOUT_MS),
        clock,
        {
          maxRequestCharacters: config.APERTIUM_MAX_REQUEST_CHARACTERS,
          languagesTtlMs: config.APERTIUM_LANGUAGES_TTL_MS,
        },
      );
      return { engine, dependencies: [dependency] };
    }
  }
}
