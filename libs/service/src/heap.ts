import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The old generation is collected when it has grown by so much since the last time; V8 waits for it to double and more. */
const OLD_GENERATION_GROWTH_PERCENT = 50;

/** Keeps the heap near what is in use, also under a light load and in worker threads. */
export function growHeapSlowly(): void {
  setFlagsFromString(`--heap-growing-percent=${OLD_GENERATION_GROWTH_PERCENT}`);
  // The process has read it, see processSettings; the limits of worker threads would count for nothing beside it.
  setFlagsFromString('--max-semi-space-size=0');
}

/** Gives the system back what loading modules has left, which takes some tens of milliseconds. */
export function returnFreeHeap(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { type: 'major'; flavor: 'last-resort' }) => void;
  setFlagsFromString('--no-expose-gc');
  collect({ type: 'major', flavor: 'last-resort' });
}
