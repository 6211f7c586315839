import { MessageChannel } from 'node:worker_threads';
import type { CleanedArticle, IngestedArticle } from '@wirefold/contracts';
import { BadMessage, type StageResult } from '@wirefold/pipeline';
import { Piscina } from 'piscina';
import type { LanguageDetection } from '../core/language.ts';
import type { KnownLines } from '../core/text/rules/publisher-line.ts';
import { answerThread, type Asked } from './asked-detector.ts';

export interface CleanPoolOptions {
  readonly maxThreads: number;
  /** Time that one article may take, in milliseconds, from when a thread has it. */
  readonly timeBudgetMs: number;
  /**
   * Heap of one thread, in bytes. Below some 192 MiB a thread may run out of it where V8 can only end the process; the
   * limits of core (nodes of a page, lines of a text) keep every article far from it.
   */
  readonly memoryBudgetBytes: number;
  /** Tells languages, in the main thread. */
  readonly detector: LanguageDetection;
}

export interface CleanPool {
  /**
   * Cleans an article in a thread of its own.
   *
   * @throws BadMessage `over-budget`: the thread was ended, the others go on
   * @throws Error when no thread takes the article
   */
  readonly clean: (
    article: IngestedArticle,
    knownLines: KnownLines,
    signal?: AbortSignal,
  ) => Promise<StageResult<CleanedArticle>>;
  readonly close: () => Promise<void>;
}

/** What a thread is given. */
export interface CleanTask {
  readonly article: IngestedArticle;
  readonly knownLines: KnownLines;
  /** One number: when a thread began, milliseconds since 1970; 0 before. */
  readonly startedAt: SharedArrayBuffer;
  readonly asked: Asked;
}

/** A thread that takes longer than this to take an article is not coming: the pool is broken, and the article is not. */
export const START_LIMIT_MS = 30_000;
const MIB = 1024 * 1024;
/** Of a thread. Left to itself it grows to 128 MiB; twice as much as here saves no time. */
const YOUNG_GENERATION_MIB = 12;
const fromSource = import.meta.url.endsWith('.ts');

/** Threads that clean pages: one article at a time each, ended when an article takes more time or memory than it may. */
export function createCleanPool(options: CleanPoolOptions): CleanPool {
  const memoryBudgetMib = Math.ceil(options.memoryBudgetBytes / MIB);
  const pool = new Piscina<CleanTask, StageResult<CleanedArticle>>({
    filename: new URL(fromSource ? '../worker.ts' : '../worker.js', import.meta.url).href,
    // Types are stripped by Node; the workspace's packages resolve to their sources.
    execArgv: fromSource ? ['--conditions=wirefold:source'] : [],
    // A thread takes half a second to start: all are kept.
    minThreads: options.maxThreads,
    maxThreads: options.maxThreads,
    concurrentTasksPerWorker: 1,
    // By itself piscina lets an idle thread sleep outside of its event loop: there it never closes the ports of articles that are
    // done, which took 50 MiB in half an hour.
    atomics: 'disabled',
    recordTiming: false,
    resourceLimits: {
      maxOldGenerationSizeMb: memoryBudgetMib,
      maxYoungGenerationSizeMb: YOUNG_GENERATION_MIB,
    },
  });
  // A thread that ran out of memory says so here, too; its article's promise is rejected with the same error.
  pool.on('error', () => undefined);

  return {
    clean: async (article, knownLines, signal) => {
      const startedAt = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
      const budget = timeBudget(startedAt, options.timeBudgetMs);
      const { port1: ours, port2: port } = new MessageChannel();
      const answers = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
      answerThread(ours, answers, options.detector);
      const asked: Asked = { port, answers, knownLanguages: options.detector.knownLanguages };
      try {
        return await pool.run(
          { article, knownLines, startedAt, asked },
          {
            signal: signal ? AbortSignal.any([signal, budget.signal]) : budget.signal,
            transferList: [port],
          },
        );
      } catch (thrown) {
        if (signal?.aborted) throw thrown;
        if (budget.signal.aborted && !budget.hasStarted())
          throw new Error(`No worker thread took the article within ${START_LIMIT_MS} ms.`, {
            cause: thrown,
          });
        if (budget.signal.aborted)
          throw new BadMessage('over-budget', `Cleaning took more than ${options.timeBudgetMs} ms.`, {
            cause: thrown,
          });
        if (isOutOfMemory(thrown))
          throw new BadMessage('over-budget', `Cleaning took more than ${memoryBudgetMib} MiB of memory.`, {
            cause: thrown,
          });
        throw thrown;
      } finally {
        budget.stop();
        ours.close();
      }
    },
    close: () => pool.close({ force: true }),
  };
}

/** Aborts when a thread has worked on a task for longer than it may. Waiting for a thread does not count. */
function timeBudget(startedAt: SharedArrayBuffer, timeBudgetMs: number) {
  const started = new Float64Array(startedAt);
  const controller = new AbortController();
  const askedAt = Date.now();
  let timer: NodeJS.Timeout;
  const check = () => {
    const now = Date.now();
    const began = started[0] ?? 0;
    const leftMs =
      began > 0 ? began + timeBudgetMs - now : Math.min(timeBudgetMs, askedAt + START_LIMIT_MS - now);
    if (leftMs > 0) timer = setTimeout(check, leftMs);
    else controller.abort();
  };
  timer = setTimeout(check, timeBudgetMs);
  return {
    signal: controller.signal,
    hasStarted: () => (started[0] ?? 0) > 0,
    stop: () => clearTimeout(timer),
  };
}

function isOutOfMemory(thrown: unknown): boolean {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    'code' in thrown &&
    thrown.code === 'ERR_WORKER_OUT_OF_MEMORY'
  );
}
