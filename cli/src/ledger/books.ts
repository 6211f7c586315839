import { outcomes, stageNames, topics, type Outcome, type StageName } from '@wirefold/contracts';
import type { PartitionRange } from '@wirefold/kafka';
import { countsOver } from '../receipts.ts';
import { createOffsetSet, type OffsetSet } from './offset-set.ts';

/** The books of one stage. Messages are distinct by their origin. */
export interface StageLedger {
  readonly stage: StageName;
  /** Messages on its input topic. */
  readonly in: number;
  /** Messages on its output topic; index has none but the receipts. */
  readonly passedOn: number;
  readonly ended: Readonly<Record<Outcome, number>>;
  /** Messages that it has yet to handle. */
  readonly waiting: number;
  /** Messages that it has handled, and of which nothing came. */
  readonly gap: number;
}

/** The books of the pipeline: published = the sum of the outcomes + waiting + gap. */
export interface Ledger {
  readonly published: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly waiting: number;
  readonly gap: number;
  /** Messages that came out of the dead letters again. */
  readonly redriven: number;
  /** Messages that are on a later topic, while retention has taken what was published. */
  readonly noLongerKept: number;
  /** Records on later topics whose origin was never published: somebody else's, or of a topic that was made anew. */
  readonly foreignRecords: number;
  readonly stages: readonly StageLedger[];
}

/** A message that got lost. */
export interface LostMessage {
  readonly origin: string;
  readonly partition: number;
  readonly offset: number;
  /** The stage that has handled it last. */
  readonly stage: StageName;
}

export interface Books {
  /** Notes a scraped record. All of them come before all else. */
  readonly published: (
    record: { readonly partition: number; readonly offset: number; readonly timestampMs: number },
    redrives: number,
    waits: boolean,
  ) => void;
  /**
   * Notes a record on the input topic of a later stage.
   *
   * @param waits whether the stage has yet to handle it: it stands at or after the committed offset
   */
  readonly arrived: (stage: StageName, origin: string, redrives: number, waits: boolean) => void;
  /** Notes a receipt; those of a message in their order. */
  readonly ended: (receipt: {
    readonly origin: string;
    readonly outcome: Outcome;
    readonly stage: StageName;
    readonly redrives?: number | undefined;
  }) => void;
  readonly ledger: () => Ledger;
  /** So many of the gap. */
  readonly lost: (max: number) => LostMessage[];
}

/** What is known of the messages of one partition of the scraped topic: 12 bytes for each. */
interface Page {
  readonly partition: number;
  readonly low: number;
  /** Time of the record; not a number where no record is. */
  readonly timeMs: Float64Array;
  /** A bit for each stage on whose input topic it was seen. */
  readonly seen: Uint8Array;
  /** The highest redrive that was seen; all below is about this one. */
  readonly redrives: Uint8Array;
  /** The furthest stage that it came to, with {@link WAITS} where it waits there. */
  readonly place: Uint8Array;
  /** 0: not ended; else 1 + outcome + number of outcomes × stage. */
  readonly ending: Uint8Array;
  readonly before: OffsetSet;
}

const WAITS = 0x80;
const ORIGIN = new RegExp(
  `^${topics.scraped.name.replaceAll('.', '\\.')}/(\\d{1,9})/(\\d{1,15})@(-?\\d{1,15})$`,
);

/**
 * Counts messages by what was read of the topics. A message is known by its place on the scraped topic, so that a million
 * of them take 12 MB.
 *
 * Of a message that was redriven only its highest redrive is looked at: until that one has ended, the message waits, or is
 * lost, although it was rejected before. The same record twice changes nothing, and neither does the order in which the
 * later topics are read.
 *
 * @param ranges what the scraped topic holds
 */
export function createBooks(ranges: readonly PartitionRange[]): Books {
  const pages = new Map(ranges.map((range) => [range.partition, newPage(range)]));
  let foreignRecords = 0;

  /** Where a message is kept; undefined, and counted apart, where it isn't. */
  const find = (origin: string): { page: Page; index: number } | undefined => {
    const [, partition, offset, time] = ORIGIN.exec(origin) ?? [];
    const page = partition === undefined ? undefined : pages.get(Number(partition));
    const index = page === undefined ? 0 : Number(offset) - page.low;
    if (page !== undefined && index < 0) page.before.add(-index - 1);
    else if (page === undefined || page.timeMs[index] !== Number(time)) foreignRecords += 1;
    else return { page, index };
    return undefined;
  };
  /** Whether a redrive is the highest so far; what was known of a lower one is forgotten. */
  const isHighest = ({ redrives, place, ending }: Page, index: number, redrive: number): boolean => {
    const highest = redrives[index] ?? 0;
    if (redrive > highest) {
      redrives[index] = redrive;
      place[index] = 0;
      ending[index] = 0;
    }
    return redrive >= highest;
  };
  const note = (page: Page, index: number, stage: number, redrive: number, waits: boolean) => {
    page.seen[index] = (page.seen[index] ?? 0) | (1 << stage);
    if (!isHighest(page, index, redrive)) return;
    const place = page.place[index] ?? 0;
    const flag = waits ? WAITS : 0;
    if (stage > (place & ~WAITS)) page.place[index] = stage | flag;
    else if (stage === (place & ~WAITS)) page.place[index] = place | flag;
  };

  return {
    published: ({ partition, offset, timestampMs }, redrives, waits) => {
      const page = pages.get(partition);
      const index = offset - (page?.low ?? 0);
      if (page === undefined || index < 0 || index >= page.timeMs.length) return;
      page.timeMs[index] = timestampMs;
      note(page, index, 0, redrives, waits);
    },
    arrived: (stage, origin, redrives, waits) => {
      const found = find(origin);
      if (found !== undefined) note(found.page, found.index, stageNames.indexOf(stage), redrives, waits);
    },
    ended: ({ origin, outcome, stage, redrives = 0 }) => {
      const found = find(origin);
      if (found === undefined) return;
      const { page, index } = found;
      if (!isHighest(page, index, redrives)) return;
      const before = page.ending[index] === 0 ? undefined : (page.redrives[index] ?? 0);
      if (!countsOver(redrives, before)) return;
      page.ending[index] = 1 + outcomes.indexOf(outcome) + outcomes.length * stageNames.indexOf(stage);
    },
    ledger: () => balance([...pages.values()], foreignRecords),
    lost: (max) => {
      const lost: LostMessage[] = [];
      for (const page of pages.values()) {
        for (let index = 0; index < page.timeMs.length && lost.length < max; index += 1) {
          if (!isLost(page, index)) continue;
          const { partition } = page;
          const offset = page.low + index;
          lost.push({
            origin: `${topics.scraped.name}/${partition}/${offset}@${page.timeMs[index]}`,
            partition,
            offset,
            stage: stageNames[page.place[index] ?? 0] as StageName,
          });
        }
      }
      return lost;
    },
  };
}

function newPage({ partition, low, high }: PartitionRange): Page {
  const count = Number(high - low);
  return {
    partition,
    low: Number(low),
    timeMs: new Float64Array(count).fill(Number.NaN),
    seen: new Uint8Array(count),
    redrives: new Uint8Array(count),
    place: new Uint8Array(count),
    ending: new Uint8Array(count),
    before: createOffsetSet(),
  };
}

const isKept = ({ timeMs }: Page, index: number): boolean => !Number.isNaN(timeMs[index]);
const isLost = (page: Page, index: number): boolean =>
  isKept(page, index) && page.ending[index] === 0 && ((page.place[index] ?? 0) & WAITS) === 0;

const noOutcomes = (): Record<Outcome, number> =>
  Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;

function balance(pages: readonly Page[], foreignRecords: number): Ledger {
  const stages = stageNames.map((stage) => ({
    stage,
    in: 0,
    passedOn: 0,
    ended: noOutcomes(),
    waiting: 0,
    gap: 0,
  }));
  let published = 0;
  let redriven = 0;
  for (const page of pages) {
    for (let index = 0; index < page.timeMs.length; index += 1) {
      if (!isKept(page, index)) continue;
      published += 1;
      if ((page.redrives[index] ?? 0) > 0) redriven += 1;
      const seen = page.seen[index] ?? 0;
      stages.forEach((stage, number) => {
        stage.in += (seen >> number) & 1;
        stage.passedOn += (seen >> (number + 1)) & 1;
      });
      const ending = page.ending[index] ?? 0;
      const place = page.place[index] ?? 0;
      const at = ending === 0 ? place & ~WAITS : Math.floor((ending - 1) / outcomes.length);
      const stage = stages[at] as (typeof stages)[number];
      if (ending > 0) stage.ended[outcomes[(ending - 1) % outcomes.length] as Outcome] += 1;
      else if (place & WAITS) stage.waiting += 1;
      else stage.gap += 1;
    }
  }
  const sum = (of: (stage: StageLedger) => number) => stages.reduce((total, stage) => total + of(stage), 0);
  return {
    published,
    outcomes: Object.fromEntries(
      outcomes.map((outcome) => [outcome, sum(({ ended }) => ended[outcome])]),
    ) as Record<Outcome, number>,
    waiting: sum(({ waiting }) => waiting),
    gap: sum(({ gap }) => gap),
    redriven,
    noLongerKept: pages.reduce((total, { before }) => total + before.size(), 0),
    foreignRecords,
    stages,
  };
}
