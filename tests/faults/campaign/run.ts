import { setTimeout as sleep } from 'node:timers/promises';
import { outcomes, type Outcome, type Receipt } from '@wirefold/contracts';
import { seededRandom } from '../../../bench/shared/random.ts';
import { checkBooks, type Violation } from './books.ts';
import { faults, type Fault } from './faults.ts';
import { watchLiveness } from './liveness.ts';
import { markTopics, readDeadLetters, readDocuments, readPublished, readReceipts } from './findings.ts';
import type { ProgressMonitor } from './progress-monitor.ts';
import { planStories } from './stories.ts';
import { publishStories } from './story-publisher.ts';
import type { World } from './world.ts';

export interface RunOptions {
  readonly world: World;
  readonly monitor: ProgressMonitor;
  /** Decides stories, faults and their moments. */
  readonly seed: number;
  readonly stories: number;
  readonly faults: number;
  /** Time over which the stories are published. */
  readonly publishMs: number;
  readonly onProgress: (text: string) => void;
}

/** One run of the campaign: stories, faults, and how the books stood in the end. */
export interface RunReport {
  readonly seed: number;
  readonly published: number;
  readonly faults: readonly {
    readonly name: string;
    readonly seconds: number;
    /** From the fault's end to progress of the stages that it held up; absent where nothing waited. */
    readonly resumedAfterSeconds: number | undefined;
  }[];
  readonly seconds: number;
  /** From the last message published and the last fault over to nothing left to do. */
  readonly drainSeconds: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Receipts beyond the first of a message, by stage and outcome: redeliveries inside the pipeline. */
  readonly repeatedReceipts: Readonly<Record<string, number>>;
  readonly documents: number;
  readonly violations: readonly (
    | Violation
    | { kind: 'stuck' | 'ended' | 'not-alive'; about: string; detail: string }
  )[];
}

const DRAIN_WITHIN_MS = 180_000;
const RESUME_WITHIN_MS = 60_000;

/** Publishes stories while faults strike one after the other, waits until all is done, and checks the books. */
export async function runFaults(options: RunOptions): Promise<RunReport> {
  const { world, monitor, seed, publishMs, onProgress } = options;
  const random = seededRandom(seed);
  const run = `run-${seed}`;
  const stories = planStories(random, run, options.stories);
  const chosen = Array.from({ length: options.faults }, () => random.pick(faults));
  const marks = await markTopics(world.kafka);
  const begun = performance.now();
  const liveness = watchLiveness(world.services);
  const publishing = publishStories(world.kafka, stories, publishMs);

  const struck = [];
  for (const fault of chosen) {
    await sleep(random.below(publishMs / Math.max(1, chosen.length)));
    onProgress(fault.name);
    struck.push(await strike(fault, options, random));
  }
  await publishing;
  const drainBegun = performance.now();
  onProgress('draining');
  const isDrained = await monitor.untilDrained(DRAIN_WITHIN_MS);
  const drainSeconds = (performance.now() - drainBegun) / 1000;
  const notAlive = await liveness.stop();

  const published = await readPublished(
    world.kafka,
    marks,
    new Map(stories.map((story) => [story.id, story])),
  );
  const receipts = await readReceipts(world.kafka, marks);
  const documents = await readDocuments(world, run);
  const violations = checkBooks({
    published,
    receipts,
    deadLetters: await readDeadLetters(world.kafka, marks),
    documents,
    memoryLost: chosen.some(({ losesMemory }) => losesMemory),
  });
  return {
    seed,
    published: published.length,
    faults: struck,
    seconds: (performance.now() - begun) / 1000,
    drainSeconds,
    outcomes: countOutcomes([...receipts.values()].map(([first]) => first?.outcome)),
    repeatedReceipts: countRepeated(receipts),
    documents: documents.length,
    violations: [
      ...violations,
      ...notAlive.map((detail) => ({ kind: 'not-alive' as const, about: 'a probe', detail })),
      ...(isDrained ? [] : [await stuck(monitor)]),
      ...world.services.flatMap((service) =>
        service.unexpectedEnds
          .splice(0)
          .map((detail) => ({ kind: 'ended' as const, about: service.name, detail })),
      ),
    ],
  };
}

async function strike(fault: Fault, { world, monitor }: RunOptions, random: ReturnType<typeof seededRandom>) {
  const begun = performance.now();
  await fault.strike(world, random);
  const seconds = (performance.now() - begun) / 1000;
  const resumed = await monitor.resumedAfter(fault.affects, RESUME_WITHIN_MS);
  return { name: fault.name, seconds, resumedAfterSeconds: resumed };
}

async function stuck(monitor: ProgressMonitor) {
  const progress = await monitor.read();
  const detail = JSON.stringify([...(progress ?? [])]);
  return { kind: 'stuck' as const, about: 'the pipeline', detail };
}

function countOutcomes(ended: readonly (Outcome | undefined)[]): Record<Outcome, number> {
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  for (const outcome of ended) if (outcome !== undefined) counts[outcome] += 1;
  return counts;
}

function countRepeated(receipts: ReadonlyMap<string, readonly Receipt[]>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { stage, outcome } of [...receipts.values()].flatMap((list) => list.slice(1)))
    counts[`${stage} ${outcome}`] = (counts[`${stage} ${outcome}`] ?? 0) + 1;
  return counts;
}
