import type { CleanedArticle, IngestedArticle } from '@wirefold/contracts';
import { BadMessage, type StageResult } from '@wirefold/pipeline';
import { Piscina } from 'piscina';

export interface CleanPoolOptions {
  readonly maxThreads: number;
  /** Time that one article may take once a thread has it, in milliseconds. */
  readonly timeBudgetMs: number;
  /** Heap of one thread, in bytes. */
  readonly memoryBudgetBytes: number;
}

export interface CleanPool {
  /**
   * Cleans an article in a thread of its own.
   *
   * @throws BadMessage `over-budget`: the thread was ended, the others go on
   */
  readonly clean: (article: IngestedArticle, signal?: AbortSignal) => Promise<StageResult<CleanedArticle>>;
  readonly close: () => Promise<void>;
}

const MIB = 1024 * 1024;
const fromSource = import.meta.url.endsWith('.ts');

/** Threads that clean pages: one article at a time each, ended when an article takes more time or memory than it may. */
export function createCleanPool(options: CleanPoolOptions): CleanPool {
  const pool = new Piscina<IngestedArticle, StageResult<CleanedArticle>>({
    filename: new URL(fromSource ? '../worker.ts' : '../worker.js', import.meta.url).href,
    // Types are stripped by Node; the workspace's packages resolve to their sources.
    execArgv: fromSource ? ['--conditions=wirefold:source'] : [],
    minThreads: 1,
    maxThreads: options.maxThreads,
    concurrentTasksPerWorker: 1,
    idleTimeout: 60_000,
    recordTiming: false,
    resourceLimits: { maxOldGenerationSizeMb: Math.ceil(options.memoryBudgetBytes / MIB) },
  });
  // A thread that ran out of memory says so here, too; its article's promise is rejected with the same error.
  pool.on('error', () => undefined);

  return {
    clean: async (article, signal) => {
      const budget = AbortSignal.timeout(options.timeBudgetMs);
      try {
        return await pool.run(article, { signal: signal ? AbortSignal.any([signal, budget]) : budget });
      } catch (thrown) {
        if (signal?.aborted) throw thrown;
        if (budget.aborted)
          throw new BadMessage('over-budget', `Cleaning took more than ${options.timeBudgetMs} ms.`, {
            cause: thrown,
          });
        if (isOutOfMemory(thrown))
          throw new BadMessage(
            'over-budget',
            `Cleaning took more than ${Math.ceil(options.memoryBudgetBytes / MIB)} MiB of memory.`,
            { cause: thrown },
          );
        throw thrown;
      }
    },
    close: () => pool.close({ force: true }),
  };
}

const isOutOfMemory = (thrown: unknown) =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_WORKER_OUT_OF_MEMORY';
