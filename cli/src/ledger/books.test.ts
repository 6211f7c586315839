import { describe, expect, it } from '@jest/globals';
import { outcomes, stageNames, topics, type Outcome, type StageName } from '@wirefold/contracts';
import * as fc from 'fast-check';
import { createBooks, type Books } from './books.ts';

const TIME_MS = 1000;
const originOf = (offset: number, partition = 0, timestampMs = TIME_MS) =>
  `${topics.scraped.name}/${partition}/${offset}@${timestampMs}`;
const ranges = (low: number, high: number) => [{ partition: 0, low: BigInt(low), high: BigInt(high) }];
const booksOf = (count: number, waits: (offset: number) => boolean = () => false): Books => {
  const books = createBooks(ranges(0, count));
  for (let offset = 0; offset < count; offset += 1)
    books.published({ partition: 0, offset, timestampMs: TIME_MS }, 0, waits(offset));
  return books;
};
const receiptOf = (offset: number, outcome: Outcome, stage: StageName = 'index', redrives = 0) => ({
  origin: originOf(offset),
  outcome,
  stage,
  redrives,
});
const stageOf = (books: Books, stage: StageName) => books.ledger().stages.find((one) => one.stage === stage);

describe('the books', () => {
  it('tell what waits, what ended and what is lost', () => {
    const books = booksOf(5, (offset) => offset === 4);
    books.arrived('clean', originOf(0), 0, false);
    books.arrived('translate', originOf(0), 0, true);
    books.arrived('clean', originOf(1), 0, false);
    books.ended(receiptOf(2, 'stale', 'ingest'));
    const ledger = books.ledger();
    expect(ledger).toMatchObject({ published: 5, waiting: 2, gap: 2, outcomes: { stale: 1, indexed: 0 } });
    expect(books.lost(9).map(({ offset, stage }) => [offset, stage])).toEqual([
      [1, 'clean'],
      [3, 'ingest'],
    ]);
    expect(books.lost(1)).toHaveLength(1);
    expect(stageOf(books, 'ingest')).toMatchObject({ in: 5, passedOn: 2, waiting: 1, gap: 1 });
    expect(stageOf(books, 'clean')).toMatchObject({ in: 2, passedOn: 1, waiting: 0, gap: 1 });
  });

  it('take the first receipt of the highest redrive for the outcome', () => {
    const books = booksOf(1);
    books.ended(receiptOf(0, 'rejected', 'clean'));
    books.ended(receiptOf(0, 'indexed'));
    expect(books.ledger().outcomes).toMatchObject({ rejected: 1, indexed: 0 });
    books.ended(receiptOf(0, 'indexed', 'index', 2));
    books.ended(receiptOf(0, 'rejected', 'index', 1));
    expect(books.ledger()).toMatchObject({ outcomes: { rejected: 0, indexed: 1 }, redriven: 1 });
  });

  it('miss a message that was redriven and then lost, although it was rejected before', () => {
    for (const waits of [true, false]) {
      const books = booksOf(1);
      books.arrived('clean', originOf(0), 0, false);
      books.ended(receiptOf(0, 'rejected', 'clean'));
      books.arrived('clean', originOf(0), 1, waits);
      expect(books.ledger()).toMatchObject({
        outcomes: { rejected: 0 },
        waiting: waits ? 1 : 0,
        gap: waits ? 0 : 1,
      });
    }
  });

  it('count apart, each once, what is no longer kept, and what was never published here', () => {
    const books = createBooks(ranges(100, 101));
    books.published({ partition: 0, offset: 100, timestampMs: TIME_MS }, 0, true);
    for (const offset of [99, 99, 3]) books.arrived('clean', originOf(offset), 0, false);
    books.ended({ ...receiptOf(3, 'indexed') });
    expect(books.ledger()).toMatchObject({ published: 1, waiting: 1, noLongerKept: 2, foreignRecords: 0 });
    for (const origin of ['', 'sample-1', originOf(100, 0, 7), originOf(100, 9), originOf(101), 'x/0/1@1'])
      books.arrived('clean', origin, 0, false);
    expect(books.ledger()).toMatchObject({ published: 1, waiting: 1, noLongerKept: 2, foreignRecords: 6 });
  });

  it('hold a million messages in less than 40 MB', () => {
    const count = 1_000_000;
    const before = process.memoryUsage();
    const books = booksOf(count);
    for (let offset = 0; offset < count; offset += 1) {
      books.arrived('clean', originOf(offset), 0, false);
      if (offset !== 777) books.ended(receiptOf(offset, 'indexed'));
    }
    expect(books.ledger()).toMatchObject({ published: count, gap: 1, outcomes: { indexed: count - 1 } });
    expect(books.lost(20).map(({ offset }) => offset)).toEqual([777]);
    const grown = process.memoryUsage().arrayBuffers - before.arrayBuffers;
    expect(grown).toBeLessThan(40_000_000);
  }, 60_000);
});

/** A step of the modelled pipeline. */
interface Action {
  readonly kind: 'publish' | 'handle' | 'lose' | 'commit' | 'crash' | 'redrive';
  readonly stage: number;
  readonly pick: number;
}
interface ModelRecord {
  readonly origin: string;
  readonly partition: number;
  readonly offset: number;
  readonly redrives: number;
}
type ModelReceipt = Parameters<Books['ended']>[0];
interface View {
  readonly ranges: Parameters<typeof createBooks>[0];
  /** By stage, what is on its input topic. */
  readonly records: readonly (readonly ModelRecord[])[];
  readonly receipts: readonly ModelReceipt[];
  /** By stage and partition. */
  readonly committed: readonly (readonly number[])[];
}

const PARTITIONS = 2;

/** Five stages that handle, commit, crash (and handle again what was not committed), reject and redrive. */
function createPipelineModel() {
  const logs = stageNames.map(() => Array.from({ length: PARTITIONS }, (): ModelRecord[] => []));
  const positions = stageNames.map(() => Array.from({ length: PARTITIONS }, () => 0));
  const committed = stageNames.map(() => Array.from({ length: PARTITIONS }, () => 0));
  const receipts: ModelReceipt[] = [];
  const letters: (ModelRecord & { readonly stage: number })[] = [];
  const lost: (ModelRecord & { readonly stage: number })[] = [];
  const append = (stage: number, partition: number, origin: string | undefined, redrives: number) => {
    const log = logs[stage]?.[partition] ?? [];
    const offset = log.length;
    log.push({ origin: origin ?? originOf(offset, partition), partition, offset, redrives });
  };
  const next = (stage: number, partition: number): ModelRecord | undefined => {
    const position = positions[stage]?.[partition] ?? 0;
    const record = logs[stage]?.[partition]?.[position];
    if (record !== undefined) (positions[stage] as number[])[partition] = position + 1;
    return record;
  };
  const copy = (offsets: readonly (readonly number[])[]) => offsets.map((one) => [...one]);

  return {
    act: ({ kind, stage, pick }: Action): void => {
      const partition = pick % PARTITIONS;
      if (kind === 'publish') append(0, partition, undefined, 0);
      if (kind === 'commit') committed[stage] = [...(positions[stage] ?? [])];
      if (kind === 'crash') positions[stage] = [...(committed[stage] ?? [])];
      if (kind === 'redrive' && letters.length > 0) {
        const letter = letters[pick % letters.length] as (typeof letters)[number];
        // A scraped record is a new message.
        const origin = letter.stage === 0 ? undefined : letter.origin;
        append(letter.stage, letter.partition, origin, letter.redrives + 1);
      }
      if (kind === 'lose') {
        const record = next(stage, partition);
        if (record !== undefined) lost.push({ ...record, stage });
      }
      if (kind !== 'handle') return;
      const record = next(stage, partition);
      if (record === undefined) return;
      const { origin, redrives } = record;
      const end = (outcome: Outcome) =>
        receipts.push({ origin, outcome, stage: stageNames[stage] as StageName, redrives });
      // What a stage decides may be another thing when it handles a record again.
      if (pick % 7 === 0) {
        letters.push({ ...record, stage });
        end('rejected');
      } else if (pick % 5 === 0) end('stale');
      else if (stage === stageNames.length - 1) end('indexed');
      else append(stage + 1, partition, origin, redrives);
    },
    committed: () => copy(committed),
    later: () => ({
      records: logs.map((log, stage) => (stage === 0 ? [] : log.flat())),
      receipts: [...receipts],
    }),
    scraped: (later: Pick<View, 'records'>): Pick<View, 'ranges' | 'records'> => ({
      ranges: (logs[0] ?? []).map((log, partition) => ({ partition, low: 0n, high: BigInt(log.length) })),
      records: [(logs[0] ?? []).flat(), ...later.records.slice(1)],
    }),
    lost: () => lost,
  };
}

/** Reads a view of the model the way the command reads Kafka; `order` says which later topic comes when. */
function read(view: View, order: readonly number[], times = 1): Books {
  const books = createBooks(view.ranges);
  const waits = (stage: number, partition: number, offset: number) =>
    offset >= (view.committed[stage]?.[partition] ?? 0);
  for (const { partition, offset, redrives } of view.records[0] ?? [])
    books.published({ partition, offset, timestampMs: TIME_MS }, redrives, waits(0, partition, offset));
  const later = order.map((stage) => () => {
    for (const { origin, partition, offset, redrives } of view.records[stage] ?? [])
      books.arrived(stageNames[stage] as StageName, origin, redrives, waits(stage, partition, offset));
  });
  for (let time = 0; time < times; time += 1) {
    for (const readOne of later) readOne();
    for (const receipt of view.receipts) books.ended(receipt);
  }
  return books;
}

const action = (...kinds: Action['kind'][]): fc.Arbitrary<Action> =>
  fc.record({ kind: fc.constantFrom(...kinds), stage: fc.nat(4), pick: fc.nat(1000) });
const LATER = [1, 2, 3, 4];

describe('the books of a pipeline', () => {
  const actions = (maxLength: number) =>
    fc.array(action('publish', 'publish', 'handle', 'handle', 'handle', 'commit', 'crash', 'redrive'), {
      maxLength,
    });

  it('never show a gap while it works, crashes and redrives, whatever happens between two reads', () => {
    fc.assert(
      fc.property(actions(120), actions(20), actions(20), (first, second, third) => {
        const model = createPipelineModel();
        for (const one of first) model.act(one);
        const committed = model.committed();
        for (const one of second) model.act(one);
        const later = model.later();
        for (const one of third) model.act(one);
        const view = { ...later, ...model.scraped(later), committed };
        const ledger = read(view, LATER).ledger();
        const ended = outcomes.reduce((sum, outcome) => sum + ledger.outcomes[outcome], 0);
        expect(ledger).toMatchObject({ gap: 0, noLongerKept: 0, foreignRecords: 0 });
        expect(ledger.published).toBe(view.records[0]?.length);
        expect(ended + ledger.waiting).toBe(ledger.published);
      }),
      { numRuns: 400 },
    );
  });

  it('are the same in whatever order the later topics are read, and however often', () => {
    fc.assert(
      fc.property(actions(120), fc.shuffledSubarray(LATER, { minLength: 4 }), (all, order) => {
        const model = createPipelineModel();
        for (const one of all) model.act(one);
        const later = model.later();
        const view = { ...later, ...model.scraped(later), committed: model.committed() };
        expect(read(view, order, 2).ledger()).toEqual(read(view, LATER).ledger());
      }),
    );
  });

  it('show each message that a stage committed without a word, and no other', () => {
    fc.assert(
      fc.property(
        fc.array(action('publish', 'publish', 'handle', 'handle', 'handle', 'commit', 'lose'), {
          maxLength: 120,
        }),
        (all) => {
          const model = createPipelineModel();
          for (const one of all) model.act(one);
          const committed = model.committed();
          const later = model.later();
          const view = { ...later, ...model.scraped(later), committed };
          const books = read(view, LATER);
          const expected = model
            .lost()
            .filter(({ stage, partition, offset }) => offset < (committed[stage]?.[partition] ?? 0));
          expect(new Set(books.lost(1000).map(({ origin }) => origin))).toEqual(
            new Set(expected.map(({ origin }) => origin)),
          );
          expect(books.ledger().gap).toBe(expected.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});
