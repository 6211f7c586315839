import type { CleanedArticle, IngestedArticle } from '@wirefold/contracts';
import { perArticle, type AssembledStage, type Clock } from '@wirefold/pipeline';
import { createRedisFolding } from '@wirefold/folding';
import { connectRedis } from '@wirefold/redis';
import { createCleanPool, START_LIMIT_MS } from './adapters/clean-pool.ts';
import { eldDetection } from './adapters/eld-detector.ts';
import { createRedisPublisherLines } from './adapters/redis-publisher-lines.ts';
import type { CleanConfig, CleaningConfig } from './config.ts';
import { createClean } from './core/clean.ts';
import { foldingBatch } from './core/folding-batch.ts';
import { learning } from './core/learning.ts';
import type { PublisherLines } from './core/publisher-lines.ts';
import type { KnownLines } from './core/text/rules/publisher-line.ts';

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

/**
 * The clean stage as its service runs it: it learns in Redis what publishers repeat, and folds.
 *
 * @throws ConfigurationError where Redis evicts keys
 */
export async function createFullCleanStage(
  config: CleanConfig,
  { clock }: { readonly clock: Clock },
): Promise<AssembledStage<IngestedArticle, CleanedArticle>> {
  const redis = await connectRedis(config);
  const publisherLines = createRedisPublisherLines(redis, {
    prefix: config.REDIS_PREFIX,
    days: config.PUBLISHER_MEMORY_DAYS,
    clock,
  });
  const { stage, close } = createCleanStage(config, { clock, publisherLines });
  const folding = createRedisFolding(redis, { config, prefix: config.REDIS_PREFIX, clock });
  const { handle, confirm } = foldingBatch(folding, config.FOLD_POLICY, stage.handle);
  return {
    stage: { ...stage, handle, confirm },
    dependencies: [redis.dependency],
    close: async () => {
      redis.client.disconnect();
      await close();
    },
  };
}

const noneKnown = (): KnownLines => new Map();

/**
 * The clean stage: pages in worker threads with a budget of time and memory, short texts at once. Without `publisherLines` it
 * learns nothing, and the same article always ends the same way.
 */
export function createCleanStage(
  config: CleaningConfig,
  deps: { readonly clock: Clock; readonly publisherLines?: PublisherLines },
): AssembledStage<IngestedArticle, CleanedArticle> {
  const timeBudgetMs = config.CLEAN_TIME_BUDGET_MS;
  const pool = createCleanPool({
    maxThreads: config.CLEAN_THREADS,
    timeBudgetMs,
    memoryBudgetBytes: config.CLEAN_MEMORY_BUDGET_MB * MIB,
    detector: eldDetection,
  });
  const clean = createClean(eldDetection);
  const handleWith = (knownLinesOf: (article: IngestedArticle) => KnownLines) =>
    perArticle<IngestedArticle, CleanedArticle>(
      (article, { signal }) => {
        const isSmallText =
          article.contentType !== 'text/html' && article.content.length <= IN_PROCESS_MAX_CHARACTERS;
        const knownLines = knownLinesOf(article);
        return isSmallText ? clean(article, { knownLines }) : pool.clean(article, knownLines, signal);
      },
      {
        concurrency: config.CLEAN_THREADS,
        timeBudgetMs: timeBudgetMs + BEYOND_POOL_MS,
        attempts: 2,
        retryDelayMs: 100,
        sleep: deps.clock.sleep,
      },
    );
  const handle =
    deps.publisherLines === undefined ? handleWith(noneKnown) : learning(deps.publisherLines, handleWith);
  return {
    stage: { name: 'clean', handle, chunkMessages: CHUNK_MESSAGES },
    dependencies: [],
    close: pool.close,
  };
}
