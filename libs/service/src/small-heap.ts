/**
 * Keeps V8's heap small. Left to itself V8 lets the young generation grow to 128 MiB and the old one to several times of what is
 * in use: with a backlog, garbage comes faster than it is collected, and a service that needs 40 MiB took 350. It is to be
 * loaded before everything else: what the young generation grew to while modules were loaded is given back first.
 *
 * Set from within, so that a service has it however it is started; V8 reads these settings at each collection, but its own limit
 * of the young generation (--max-semi-space-size) only when the process starts. Worker threads have the settings, too.
 */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Both halves of the young generation: in smaller ones so little time passes that what is in hand is taken for old. */
const YOUNG_GENERATION_BYTES = 8 * 1024 * 1024;
/** The old generation is collected when it has grown by so much since the last time. */
const OLD_GENERATION_GROWTH_PERCENT = 50;
const GARBAGE_OBJECTS = 20_000;
const MOST_ROUNDS = 100;

function youngGenerationBytes(): number {
  return (
    getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? Infinity
  );
}

/** Only a collection of the last resort gives the young generation's memory back. */
function shrinkYoungGeneration(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: { type: 'major'; flavor: 'last-resort' }) => void;
  setFlagsFromString('--no-expose-gc');
  collect({ type: 'major', flavor: 'last-resort' });
}

/** Lets the young generation double until it has its size, and no further. */
function settleYoungGeneration(): void {
  for (let round = 0; youngGenerationBytes() < YOUNG_GENERATION_BYTES && round < MOST_ROUNDS; round += 1)
    Array.from({ length: GARBAGE_OBJECTS }, (_, number) => ({ number }));
  setFlagsFromString('--semi-space-growth-factor=1');
}

shrinkYoungGeneration();
settleYoungGeneration();
setFlagsFromString(`--heap-growing-percent=${OLD_GENERATION_GROWTH_PERCENT}`);
