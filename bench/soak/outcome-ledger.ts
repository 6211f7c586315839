import { parseMessage, receipt, topics, type Outcome } from '@wirefold/contracts';
import { followTopic, topicRanges, withAdmin, type Kafka } from '@wirefold/kafka';

/** Keeps book of receipts in memory that does not grow with their number. */
export interface OutcomeLedger {
  /** Messages that have an outcome, each counted once. */
  readonly settled: () => number;
  readonly outcomes: () => Readonly<Partial<Record<Outcome, number>>>;
  /** Receipts of messages that had one before. */
  readonly repeated: () => number;
  /** @throws Error where receipts can't be read any more */
  readonly check: () => void;
  readonly close: () => Promise<void>;
}

/** Offsets of a partition that are settled: all before one, and some beyond it. */
class SettledOffsets {
  #next: number;
  readonly #ahead = new Set<number>();

  constructor(first: number) {
    this.#next = first;
  }

  /** Returns whether it was not settled before. */
  add(offset: number): boolean {
    if (offset < this.#next || this.#ahead.has(offset)) return false;
    this.#ahead.add(offset);
    while (this.#ahead.delete(this.#next)) this.#next += 1;
    return true;
  }
}

const ORIGIN = /\/(\d+)\/(\d+)@\d+$/;

/** Begins to read receipts; to be called before the messages are published. */
export async function openLedger(kafka: Kafka): Promise<OutcomeLedger> {
  const [scraped, receipts] = await withAdmin(kafka, (admin) =>
    Promise.all([topicRanges(admin, topics.scraped.name), topicRanges(admin, topics.indexed.name)]),
  );
  const offsets = new Map(
    scraped.map(({ partition, high }) => [partition, new SettledOffsets(Number(high))]),
  );
  const outcomes: Partial<Record<Outcome, number>> = {};
  let settled = 0;
  let repeated = 0;
  let failure: Error | undefined;
  const close = await followTopic(kafka, topics.indexed.name, {
    from: receipts.map(({ partition, high }) => ({ partition, offset: high })),
    onError: (error) => {
      failure ??= error;
    },
    onMessage: ({ value }) => {
      const parsed = parseMessage(receipt, value);
      if ('problem' in parsed) throw new Error(`a receipt can't be read: ${parsed.problem.message}`);
      const { origin, outcome } = parsed.value;
      const [, partition, offset] = ORIGIN.exec(origin) ?? [];
      if (!offsets.get(Number(partition))?.add(Number(offset))) {
        repeated += 1;
        return;
      }
      settled += 1;
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    },
  });
  return {
    settled: () => settled,
    outcomes: () => outcomes,
    repeated: () => repeated,
    check: () => {
      if (failure !== undefined) throw failure;
    },
    close,
  };
}
