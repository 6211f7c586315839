import { parseMessage, receipt, topics, type Receipt } from '@wirefold/contracts';
import { followTopic, readTopic, topicRanges, withAdmin, type Kafka } from '@wirefold/kafka';

/**
 * The rule by which a message's outcome is told from its receipts: the first one of its highest redrive. A redelivery may
 * repeat a receipt; a redrive ends anew.
 *
 * @param before redrives of the receipt that counted so far
 */
export const countsOver = (redrives: number, before: number | undefined): boolean =>
  before === undefined || redrives > before;

/** Receipts from a moment on, by the origin of the message: the one that counts. */
export interface ReceiptWatch {
  readonly received: ReadonlyMap<string, Receipt>;
  /**
   * Waits until all of these have a receipt.
   *
   * @param redrives of which redrive it must be, by origin, where a message was published again
   * @returns whether they had, in time
   */
  readonly wait: (
    origins: readonly string[],
    withinMs: number,
    onReceipt?: (done: number) => void,
    redrives?: ReadonlyMap<string, number>,
  ) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** Begins to watch receipts; to be called before the messages are published. */
export async function watchReceipts(kafka: Kafka): Promise<ReceiptWatch> {
  const received = new Map<string, Receipt>();
  const listeners = new Set<(origin?: string) => void>();
  const ranges = await withAdmin(kafka, (admin) => topicRanges(admin, topics.indexed.name));
  let failure: Error | undefined;
  const stop = await followTopic(kafka, topics.indexed.name, {
    from: ranges.map(({ partition, high }) => ({ partition, offset: high })),
    onError: (error) => {
      failure = error;
      for (const listener of listeners) listener();
    },
    onMessage: (message) => {
      const parsed = parseMessage(receipt, message.value);
      if (!('value' in parsed)) return;
      const { origin, redrives = 0 } = parsed.value;
      const before = received.get(origin);
      if (!countsOver(redrives, before && (before.redrives ?? 0))) return;
      received.set(origin, parsed.value);
      for (const listener of listeners) listener(origin);
    },
  });
  return {
    received,
    wait: (origins, withinMs, onReceipt = () => undefined, redrives = new Map()) =>
      new Promise((resolve, reject) => {
        const hasEnded = (origin: string) => {
          const found = received.get(origin);
          return found !== undefined && (found.redrives ?? 0) >= (redrives.get(origin) ?? 0);
        };
        const pending = new Set(origins.filter((origin) => !hasEnded(origin)));
        const finish = (all: boolean) => {
          clearTimeout(timer);
          listeners.delete(look);
          if (failure === undefined) resolve(all);
          else reject(failure);
        };
        const look = (origin?: string) => {
          if (origin !== undefined && hasEnded(origin)) pending.delete(origin);
          onReceipt(origins.length - pending.size);
          if (pending.size === 0 || failure !== undefined) finish(pending.size === 0);
        };
        const timer = setTimeout(() => finish(false), withinMs);
        listeners.add(look);
        look();
      }),
    close: stop,
  };
}

/** How a message ended, as far as is known. */
export type Ending = Pick<Receipt, 'outcome' | 'redrives'>;

/**
 * All receipts that are kept and count, handed over one by one. One that counts over another of the same message comes with
 * that other.
 */
export async function readReceipts(
  kafka: Kafka,
  onReceipt: (receipt: Receipt, before: Ending | undefined) => void,
  partitions?: readonly number[],
): Promise<void> {
  const endings = new Map<string, Ending>();
  await readTopic(
    kafka,
    topics.indexed.name,
    (message) => {
      const parsed = parseMessage(receipt, message.value);
      if (!('value' in parsed)) return;
      const { origin, outcome, redrives = 0 } = parsed.value;
      const before = endings.get(origin);
      if (!countsOver(redrives, before && (before.redrives ?? 0))) return;
      endings.set(origin, { outcome, redrives });
      onReceipt(parsed.value, before);
    },
    partitions,
  );
}
