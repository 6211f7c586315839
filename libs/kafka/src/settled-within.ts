import type { Clock } from '@wirefold/pipeline';

/** Resolves as soon as work has ended, well or not, and at the latest after some milliseconds. */
export async function settledWithin(clock: Clock, withinMs: number, work: Promise<unknown>): Promise<void> {
  const settled = new AbortController();
  void work.catch(() => undefined).then(() => settled.abort());
  await clock.sleep(withinMs, settled.signal);
}
