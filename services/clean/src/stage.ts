import type { CleanedArticle, IngestedArticle } from '@wirefold/contracts';
import { perArticle, type AssembledStage, type Clock } from '@wirefold/pipeline';
import { createCleanPool, START_LIMIT_MS } from './adapters/clean-pool.ts';
import { eldDetection } from './adapters/eld-detector.ts';
import type { CleanConfig } from './config.ts';
import { createClean } from './core/clean.ts';

/**
 * Plain text up to this length is cleaned in the main thread: its rules are linear, and the hop to a thread and back costs
 * as much as they do. Pages always go to a thread: parsers and Readability are not linear.
 */
const IN_PROCESS_MAX_CHARACTERS = 16 * 1024;
/** The pool keeps the budget; this one, beyond it, is for what the pool does not see. */
const BEYOND_POOL_MS = START_LIMIT_MS + 5000;
/** Articles are slow to clean: more at once would only wait for each other, in memory. */
const CHUNK_MESSAGES = 60;
const MIB = 1024 * 1024;

/** The clean stage: pages in worker threads with a budget of time and memory, short texts at once. */
export function createCleanStage(
  config: CleanConfig,
  deps: { readonly clock: Clock },
): AssembledStage<IngestedArticle, CleanedArticle> {
  const timeBudgetMs = config.CLEAN_TIME_BUDGET_MS;
  const pool = createCleanPool({
    maxThreads: config.CLEAN_THREADS,
    timeBudgetMs,
    memoryBudgetBytes: config.CLEAN_MEMORY_BUDGET_MB * MIB,
    detector: eldDetection,
  });
  const clean = createClean(eldDetection);
  const handle = perArticle<IngestedArticle, CleanedArticle>(
    (article, { signal }) => {
      const isSmallText =
        article.contentType !== 'text/html' && article.content.length <= IN_PROCESS_MAX_CHARACTERS;
      return isSmallText ? clean(article) : pool.clean(article, signal);
    },
    {
      concurrency: config.CLEAN_THREADS,
      timeBudgetMs: timeBudgetMs + BEYOND_POOL_MS,
      attempts: 2,
      retryDelayMs: 100,
      sleep: deps.clock.sleep,
    },
  );
  return {
    stage: { name: 'clean', handle, chunkMessages: CHUNK_MESSAGES },
    dependencies: [],
    close: pool.close,
  };
}
