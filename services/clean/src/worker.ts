import type { CleanTask } from './adapters/clean-pool.ts';
import { eldDetection } from './adapters/eld-detector.ts';
import { createClean } from './core/clean.ts';

const clean = createClean(eldDetection);

/** Runs in a worker thread of the pool: one article, one result. */
export default function cleanTask({ article, startedAt }: CleanTask): ReturnType<typeof clean> {
  new Float64Array(startedAt)[0] = Date.now();
  return clean(article);
}
