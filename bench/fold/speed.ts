import { createRedisFolding, prepareArticle, type Foldable, type PreparedArticle } from '@wirefold/folding';
import { systemClock } from '@wirefold/pipeline';
import type { GuardedRedis } from '@wirefold/redis';
import { load } from '../shared/machine.ts';
import { spread, type Spread } from '../shared/statistics.ts';
import { progress } from '../shared/terminal.ts';
import { background, type Background } from './background.ts';
import { benchStories } from './bench-stories.ts';
import { CHUNK, defaultConfig } from './fold-run.ts';
import { memoryOf } from './redis-meter.ts';

/** A share of what comes is a copy, an edit or an update, as on the wires. */
const COPIES = 0.3;
const POOL = 3000;
const FILL_CHUNK = 240;
const FILL_AT_ONCE = 4;

/** How articles are given to folding. */
export interface Way {
  readonly name: string;
  /** Articles that are folded together. */
  readonly chunk: number;
  /** Chunks that are folded at one moment, over the same connection: a service has one for each partition. */
  readonly atOnce: number;
  /** Whether making the fingerprint is in the time. */
  readonly withFingerprint: boolean;
}

export const ways: readonly Way[] = [
  { name: `chunks of ${CHUNK}`, chunk: CHUNK, atOnce: 1, withFingerprint: false },
  { name: 'chunks of 240', chunk: 240, atOnce: 1, withFingerprint: false },
  { name: 'chunks of 240, four at once', chunk: 240, atOnce: 4, withFingerprint: false },
  { name: 'chunks of 240, with fingerprints', chunk: 240, atOnce: 1, withFingerprint: true },
];

export interface WaySpeed {
  readonly way: string;
  /** Articles a second of each slice. */
  readonly perSecond: Spread;
  /** Processor time of this process for an article, microseconds: other work on the machine changes it less. */
  readonly cpuUs: Spread;
}

export interface SizeReport {
  readonly stories: number;
  readonly articles: number;
  readonly bytesOfStory: number;
  readonly bytesOfArticle: number;
  readonly speeds: readonly WaySpeed[];
  readonly loadBefore: number;
}

/** Rates at the largest size over those at the smallest, in slices that take turns. */
export interface Ratio {
  readonly small: Spread;
  readonly large: Spread;
  /** Large over small, within each turn. */
  readonly ratio: Spread;
}

export interface SpeedReport {
  readonly sizes: readonly SizeReport[];
  readonly ratio?: Ratio;
}

export interface SpeedOptions {
  /** Stories in Redis, rising. */
  readonly sizes: readonly number[];
  /** Slices of each way at each size. */
  readonly rounds: number;
  /** Articles of a slice. */
  readonly slice: number;
  readonly signal: AbortSignal;
}

/** Articles of one memory, and what they became. */
interface Memory {
  readonly fold: (
    articles: readonly (Foldable | PreparedArticle)[],
    way: Omit<Way, 'name'>,
  ) => Promise<number>;
  readonly counts: { stories: number; articles: number };
  readonly background: Background;
}

export async function measureFoldSpeed(redis: GuardedRedis, options: SpeedOptions): Promise<SpeedReport> {
  const { sizes, rounds, slice, signal } = options;
  const run = `fold-speed-${process.pid}`;
  progress(`${POOL} fingerprints to make the stories from that are in Redis`);
  const texts = benchStories({ seed: 1, name: `${run}/pool`, copies: 0 });
  const pool = Array.from({ length: POOL }, () => prepareArticle(texts.next()));
  const fresh = benchStories({ seed: 2, name: `${run}/fresh`, copies: COPIES });
  const memoryNamed = (name: string): Memory =>
    newMemory(redis, `${run}-${name}`, background(pool, { seed: 3, name: `${run}/${name}`, copies: COPIES }));
  const memory = memoryNamed('main');
  const emptyBytes = await memoryOf(redis);

  const measure = async (on: Memory, way: Way) => {
    signal.throwIfAborted();
    const articles = Array.from({ length: slice }, () => fresh.next());
    const given = way.withFingerprint ? articles : articles.map(prepareArticle);
    const cpu = process.cpuUsage();
    const seconds = await on.fold(given, way);
    const { user, system } = process.cpuUsage(cpu);
    return { perSecond: slice / seconds, cpuUs: (user + system) / slice };
  };

  const reports: SizeReport[] = [];
  for (const size of sizes) {
    await fill(memory, size, signal);
    const bytes = (await memoryOf(redis)) - emptyBytes;
    const { stories, articles } = memory.counts;
    const loadBefore = load();
    const slices = new Map(ways.map((way) => [way, [] as { perSecond: number; cpuUs: number }[]]));
    for (let round = 0; round < rounds; round += 1)
      for (const [way, measured] of slices) measured.push(await measure(memory, way));
    const speeds = [...slices].map(([{ name }, measured]) => ({
      way: name,
      perSecond: spread(measured.map(({ perSecond }) => perSecond)),
      cpuUs: spread(measured.map(({ cpuUs }) => cpuUs)),
    }));
    const report = {
      stories,
      articles,
      bytesOfStory: bytes / stories,
      bytesOfArticle: bytes / articles,
      speeds,
      loadBefore,
    };
    progress(
      `${stories} stories: ${report.bytesOfStory.toFixed(0)} bytes each, ${speeds.map(({ way, perSecond }) => `${way} ${perSecond.median.toFixed(0)}/s`).join(', ')}`,
    );
    reports.push(report);
  }
  const [smallest] = sizes;
  if (sizes.length < 2 || smallest === undefined) return { sizes: reports };

  const way = ways[1]!;
  const pairs: { small: number; large: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const small = memoryNamed(`small-${round}`);
    await fill(small, smallest, signal);
    const order = round % 2 === 0 ? ([small, memory] as const) : ([memory, small] as const);
    const rates = new Map<Memory, number>();
    for (const one of order) rates.set(one, (await measure(one, way)).perSecond);
    pairs.push({ small: rates.get(small)!, large: rates.get(memory)! });
    progress(
      `in turns: ${pairs.at(-1)!.small.toFixed(0)}/s at ${smallest}, ${pairs.at(-1)!.large.toFixed(0)}/s at the most`,
    );
  }
  return {
    sizes: reports,
    ratio: {
      small: spread(pairs.map(({ small }) => small)),
      large: spread(pairs.map(({ large }) => large)),
      ratio: spread(pairs.map(({ small, large }) => large / small)),
    },
  };
}

function newMemory(redis: GuardedRedis, prefix: string, from: Background): Memory {
  const folding = createRedisFolding(redis, { config: defaultConfig, prefix, clock: systemClock });
  const counts = { stories: 0, articles: 0 };
  return {
    counts,
    background: from,
    fold: async (articles, { chunk, atOnce }) => {
      let next = 0;
      const worker = async () => {
        while (next < articles.length) {
          const part = articles.slice(next, (next += chunk));
          const folded = await folding.fold(part);
          const known = folded.filter((one) => one !== undefined);
          await folding.confirm(known.map(({ record }) => record));
          counts.articles += known.length;
          counts.stories += known.filter(({ record }) => record.storyId === record.id).length;
        }
      };
      const begunMs = performance.now();
      await Promise.all(Array.from({ length: atOnce }, worker));
      return (performance.now() - begunMs) / 1000;
    },
  };
}

const FILL_STEP = 24_000;

async function fill({ fold, counts, background: from }: Memory, stories: number, signal: AbortSignal) {
  while (counts.stories < stories) {
    signal.throwIfAborted();
    const missing = Math.ceil((stories - counts.stories) / (1 - COPIES));
    const articles = from.take(Math.min(missing, FILL_STEP));
    const seconds = await fold(articles, { chunk: FILL_CHUNK, atOnce: FILL_AT_ONCE, withFingerprint: false });
    if (stories > FILL_STEP)
      progress(`filling: ${counts.stories} stories, ${(articles.length / seconds).toFixed(0)} articles/s`);
  }
}
