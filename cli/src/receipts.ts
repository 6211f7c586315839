import { parseMessage, receipt, topics, type Receipt } from '@wirefold/contracts';
import { followTopic, readTopic, topicRanges, withAdmin, type Kafka } from '@wirefold/kafka';

/** Receipts from a moment on, by the origin of the message. */
export interface ReceiptWatch {
  readonly received: ReadonlyMap<string, Receipt>;
  /**
   * Waits until all of these have a receipt.
   *
   * @returns whether they had, in time
   */
  readonly wait: (
    origins: readonly string[],
    withinMs: number,
    onReceipt?: (done: number) => void,
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
      // The first receipt of a message counts: a later one is a redelivery's.
      if (!('value' in parsed) || received.has(parsed.value.origin)) return;
      received.set(parsed.value.origin, parsed.value);
      for (const listener of listeners) listener(parsed.value.origin);
    },
  });
  return {
    received,
    wait: (origins, withinMs, onReceipt = () => undefined) =>
      new Promise((resolve, reject) => {
        const pending = new Set(origins.filter((origin) => !received.has(origin)));
        const finish = (all: boolean) => {
          clearTimeout(timer);
          listeners.delete(look);
          if (failure === undefined) resolve(all);
          else reject(failure);
        };
        const look = (origin?: string) => {
          if (origin !== undefined) pending.delete(origin);
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

/** All receipts that are kept, the first of each message, handed over one by one. */
export async function readReceipts(
  kafka: Kafka,
  onReceipt: (receipt: Receipt) => void,
  partitions?: readonly number[],
): Promise<void> {
  const seen = new Set<string>();
  await readTopic(
    kafka,
    topics.indexed.name,
    (message) => {
      const parsed = parseMessage(receipt, message.value);
      if (!('value' in parsed) || seen.has(parsed.value.origin)) return;
      seen.add(parsed.value.origin);
      onReceipt(parsed.value);
    },
    partitions,
  );
}
