import kafkajs from './kafkajs.ts';
import { withAdmin } from './with-admin.ts';
import type { Admin, Kafka, KafkaMessage } from 'kafkajs';

/** A message with its place. */
export type PlacedMessage = KafkaMessage & { readonly topic: string; readonly partition: number };

/** First offset that is there and first that isn't, of one partition. */
export interface PartitionRange {
  readonly partition: number;
  readonly low: bigint;
  readonly high: bigint;
}

/** What a topic holds now. */
export async function topicRanges(admin: Admin, topic: string): Promise<PartitionRange[]> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return offsets
    .map(({ partition, low, high }) => ({ partition, low: BigInt(low), high: BigInt(high) }))
    .toSorted((one, other) => one.partition - other.partition);
}

/** The partition that a key goes to, by the partitioner of Kafka's own clients. */
export function partitionOfKey(topic: string, key: string, partitions: number): number {
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
    partitionErrorCode: 0,
    partitionId,
    leader: 0,
    replicas: [],
    isr: [],
  }));
  const partition = kafkajs.Partitioners.DefaultPartitioner();
  return partition({ topic, partitionMetadata, message: { key, value: null } });
}

export interface FollowOptions {
  /** Where to begin in each partition. */
  readonly from: readonly { readonly partition: number; readonly offset: bigint }[];
  /** Partitions that are not read at all. */
  readonly skip?: readonly number[];
  readonly onMessage: (message: PlacedMessage) => void;
  /** What could not be read: the reader has ended. */
  readonly onError: (error: Error) => void;
}

/**
 * Reads a topic from given offsets on, outside of any lasting consumer group: its group is deleted when it ends.
 *
 * @returns a function that ends it
 */
export async function followTopic(
  kafka: Kafka,
  topic: string,
  options: FollowOptions,
): Promise<() => Promise<void>> {
  const groupId = `wirefold.reader.${crypto.randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200, allowAutoTopicCreation: false });
  const wanted = new Map(options.from.map(({ partition, offset }) => [partition, offset]));
  consumer.on(consumer.events.CRASH, ({ payload }) => options.onError(payload.error));
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      for (const message of batch.messages) {
        const from = wanted.get(batch.partition);
        if (from !== undefined && BigInt(message.offset) >= from) {
          options.onMessage({ ...message, topic, partition: batch.partition });
        }
      }
    },
  });
  if (options.skip !== undefined && options.skip.length > 0)
    consumer.pause([{ topic, partitions: [...options.skip] }]);
  for (const [partition, offset] of wanted) consumer.seek({ topic, partition, offset: String(offset) });
  return async () => {
    await consumer.disconnect();
    // A group that is gone already is no loss.
    await withAdmin(kafka, (admin) => admin.deleteGroups([groupId]).catch(() => []));
  };
}

/**
 * Reads all that a topic holds now.
 *
 * @param partitions only these, where given
 * @throws Error where the broker could not be read
 */
export async function readTopic(
  kafka: Kafka,
  topic: string,
  onMessage: (message: PlacedMessage) => void,
  partitions?: readonly number[],
): Promise<void> {
  const ranges = await withAdmin(kafka, (admin) => topicRanges(admin, topic));
  const left = new Map(
    ranges
      .filter(({ partition, low, high }) => high > low && (partitions?.includes(partition) ?? true))
      .map(({ partition, low, high }) => [partition, { low, high }]),
  );
  if (left.size === 0) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stop = await followTopic(kafka, topic, {
    skip: ranges.map(({ partition }) => partition).filter((partition) => !left.has(partition)),
    from: [...left].map(([partition, { low }]) => ({ partition, offset: low })),
    onError: reject,
    onMessage: (message) => {
      const range = left.get(message.partition);
      if (range === undefined || BigInt(message.offset) >= range.high) return;
      onMessage(message);
      if (BigInt(message.offset) === range.high - 1n) left.delete(message.partition);
      if (left.size === 0) resolve();
    },
  });
  try {
    await promise;
  } finally {
    await stop();
  }
}
