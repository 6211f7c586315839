import { eldDetection } from './adapters/eld-detector.ts';
import { createClean } from './core/clean.ts';

/** Runs in a worker thread of the pool: one article, one result. */
export default createClean(eldDetection);
