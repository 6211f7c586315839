import { askedDetector } from './adapters/asked-detector.ts';
import type { CleanTask } from './adapters/clean-pool.ts';
import { createClean } from './core/clean.ts';

/** Runs in a worker thread of the pool: one article, one result. */
export default function cleanTask({
  article,
  knownLines,
  startedAt,
  asked,
}: CleanTask): ReturnType<ReturnType<typeof createClean>> {
  new Float64Array(startedAt)[0] = Date.now();
  return createClean(askedDetector(asked))(article, { knownLines });
}
