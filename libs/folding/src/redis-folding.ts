import type { Clock } from '@wirefold/pipeline';
import type { GuardedRedis } from '@wirefold/redis';
import { thresholdsOf, windowsOf, type FoldConfig } from './environment.ts';
import { createFolding, type Folding } from './folding.ts';
import { createRedisFoldStore } from './redis/redis-fold-store.ts';

/** Another worker's article is waited for so long: it is decided in milliseconds, where its worker lives. */
const PATIENCE_MS = 2000;

/**
 * Folding as its configuration wants it, with its memory in Redis.
 *
 * @param prefix begins each key
 */
export function createRedisFolding(
  redis: GuardedRedis,
  { config, prefix, clock }: { readonly config: FoldConfig; readonly prefix: string; readonly clock: Clock },
): Folding {
  const windows = windowsOf(config);
  return createFolding({
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
  });
}
