import { setImmediate } from 'node:timers/promises';
import { asError, BadMessage, Outage } from './errors.ts';
import type { BatchContext, BatchHandler, Delivery } from './stage.ts';
import type { Settled, StageResult } from './stage-result.ts';

/** What a stage decides about one article. May throw {@link Outage} and {@link BadMessage}. */
export type ArticleFunction<Input, Output> = (
  article: Input,
  context: { readonly delivery: Delivery<Input>; readonly signal: AbortSignal },
) => StageResult<Output> | Promise<StageResult<Output>>;

export interface PerArticleOptions {
  /** How many articles are worked on at once. */
  readonly concurrency: number;
  /** Time that one article may take, in milliseconds; over it, it is rejected as `over-budget`. */
  readonly timeBudgetMs: number;
  /** How often an unknown error is tried before it counts. */
  readonly attempts: number;
  /** Pause before the next attempt, in milliseconds; doubled each time. */
  readonly retryDelayMs: number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Makes a batch handler of a function of one article: bounded concurrency, in order per key, a time budget, and
 * a few attempts for errors that are neither {@link Outage} nor {@link BadMessage}.
 * After an outage no further article is begun: the batch will be tried again from there.
 */
export function perArticle<Input, Output>(
  decide: ArticleFunction<Input, Output>,
  options: PerArticleOptions,
): BatchHandler<Input, Output> {
  return async (batch, context) => {
    const results: Settled<Output>[] = [];
    const lanes = lanesByKey(batch);
    let outage: Settled<Output> | undefined;
    let sliceEndsMs = performance.now() + SLICE_MS;

    const runLane = async (lane: readonly number[]) => {
      for (const index of lane) {
        if (performance.now() >= sliceEndsMs) {
          await setImmediate();
          sliceEndsMs = performance.now() + SLICE_MS;
        }
        const delivery = batch[index] as Delivery<Input>;
        const result = outage ?? (await settle(decide, delivery, context, options));
        if (result.kind === 'outage') outage ??= result;
        results[index] = result;
        context.progress?.();
      }
    };
    const workers = Array.from({ length: Math.min(options.concurrency, lanes.length) }, async () => {
      for (let lane = lanes.pop(); lane !== undefined; lane = lanes.pop()) await runLane(lane);
    });
    await Promise.all(workers);
    return results;
  };
}

/**
 * A function that never waits would keep the process to itself for a whole batch: no heartbeat and no probe would be answered.
 * After so many milliseconds of work, everything else has its turn.
 */
const SLICE_MS = 20;

/** Indexes of a batch, one list for each key; the last list starts with the batch's first delivery. */
function lanesByKey(batch: readonly Delivery<unknown>[]): number[][] {
  const lanes = new Map<string, number[]>();
  batch.forEach(({ key }, index) => {
    const lane = lanes.get(key);
    if (lane) lane.push(index);
    else lanes.set(key, [index]);
  });
  return [...lanes.values()].toReversed();
}

async function settle<Input, Output>(
  decide: ArticleFunction<Input, Output>,
  delivery: Delivery<Input>,
  context: BatchContext,
  options: PerArticleOptions,
): Promise<Settled<Output>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withinBudget(decide, delivery, context, options.timeBudgetMs);
    } catch (thrown) {
      if (thrown instanceof Outage) return { kind: 'outage', outage: thrown };
      if (thrown instanceof BadMessage)
        return { kind: 'reject', reason: thrown.reason, error: thrown.message };
      // Whatever an aborted work threw says nothing about the message.
      if (context.signal.aborted) return { kind: 'outage', outage: abortedBy(thrown) };
      if (attempt >= options.attempts) return { kind: 'unexpected', error: asError(thrown) };
      await options.sleep(options.retryDelayMs * 2 ** (attempt - 1), context.signal);
    }
  }
}

const abortedBy = (cause: unknown): Outage =>
  new Outage('stage', 'ABORTED', 'the work was given up: the partition moved, or the process stops', {
    cause,
  });

async function withinBudget<Input, Output>(
  decide: ArticleFunction<Input, Output>,
  delivery: Delivery<Input>,
  context: BatchContext,
  timeBudgetMs: number,
): Promise<StageResult<Output>> {
  const budget = new AbortController();
  let either: AbortSignal | undefined;
  const work = decide(delivery.article, {
    delivery,
    // Made only for who asks: it costs more than many an article's work.
    get signal() {
      either ??= AbortSignal.any([context.signal, budget.signal]);
      return either;
    },
  });
  if (!(work instanceof Promise)) return work;
  let timer: NodeJS.Timeout | undefined;
  const overTime = new Promise<never>((_resolve, rejectPromise) => {
    timer = setTimeout(() => {
      // First this, then the abort: whatever the work says to it comes too late.
      rejectPromise(new BadMessage('over-budget', `took more than ${timeBudgetMs} ms`));
      budget.abort();
    }, timeBudgetMs);
  });
  try {
    return await Promise.race([work, overTime]);
  } finally {
    clearTimeout(timer);
  }
}
