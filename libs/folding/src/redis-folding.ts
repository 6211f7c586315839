import type { Clock } from '@wirefold/pipeline';
import type { GuardedRedis } from '@wirefold/redis';
import type { DecideDeps } from './decide-story.ts';
import { thresholdsOf, windowsOf, type FoldConfig } from './environment.ts';
import { createFoldTranslated, type FoldTranslated } from './fold-translated.ts';
import { createFolding, type Folding } from './folding.ts';
import { createRedisFoldStore } from './redis/redis-fold-store.ts';

export interface RedisFoldingOptions {
  readonly config: FoldConfig;
  /** Begins each key. */
  readonly prefix: string;
  readonly clock: Clock;
}

/** Another worker's article is waited for so long: it is decided in milliseconds, where its worker lives. */
const PATIENCE_MS = 2000;

/** Folding as its configuration wants it, with its memory in Redis. */
export const createRedisFolding = (redis: GuardedRedis, options: RedisFoldingOptions): Folding =>
  createFolding(depsOf(redis, options));

/** Folding by the English text, with the same memory. */
export const createRedisFoldTranslated = (
  redis: GuardedRedis,
  options: RedisFoldingOptions,
): FoldTranslated => createFoldTranslated(depsOf(redis, options));

function depsOf(redis: GuardedRedis, { config, prefix, clock }: RedisFoldingOptions): DecideDeps {
  const windows = windowsOf(config);
  return {
    store: createRedisFoldStore(redis, {
      prefix,
      windowHours: Math.max(windows.textHours, windows.translationHours, windows.followUpHours),
      leaseMs: config.FOLD_LEASE_MS,
      nowMs: clock.nowMs,
    }),
    thresholds: thresholdsOf(config),
    windows,
    nowMs: clock.nowMs,
    sleep: clock.sleep,
    patienceMs: PATIENCE_MS,
  };
}
