import { asError } from '@wirefold/pipeline';
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
  /** What it returns is waited for before the next message comes; what it throws ends the reader. */
  readonly onMessage: (message: PlacedMessage) => void | Promise<void>;
  /** What could not be read: the reader has ended. */
  readonly onError: (error: Error) => void;
}

/** A broker that has just started takes some seconds to load the groups that it coordinates. */
const MOST_JOIN_TRIES = 10;

/**
 * Reads a topic from given offsets on, outside of any lasting consumer group: its group is deleted when it ends.
 *
 * @returns a function that ends it
 * @throws Error where the broker can't be reached or takes no group in
 */
export async function followTopic(
  kafka: Kafka,
  topic: string,
  options: FollowOptions,
): Promise<() => Promise<void>> {
  const groupId = `wirefold.reader.${crypto.randomUUID()}`;
  let joinTries = 0;
  let hasJoined = false;
  const consumer = kafka.consumer({
    groupId,
    maxWaitTimeInMs: 200,
    allowAutoTopicCreation: false,
    // Later it would begin anew, elsewhere than where it was.
    retry: { restartOnFailure: () => Promise.resolve(!hasJoined && (joinTries += 1) < MOST_JOIN_TRIES) },
  });
  const wanted = new Map(options.from.map(({ partition, offset }) => [partition, offset]));
  const joining = Promise.withResolvers<void>();
  consumer.on(consumer.events.GROUP_JOIN, () => {
    hasJoined = true;
    joining.resolve();
  });
  consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
    if (restart) return;
    if (hasJoined) options.onError(error);
    else joining.reject(error);
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  let failed = false;
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch, heartbeat }) => {
      const from = wanted.get(batch.partition);
      if (from === undefined) return;
      try {
        for (const message of batch.messages) {
          // kafkajs would hand a batch that failed over again and again.
          if (failed) return;
          if (BigInt(message.offset) < from) continue;
          const handled = options.onMessage({ ...message, topic, partition: batch.partition });
          if (handled === undefined) continue;
          await handled;
          await heartbeat();
        }
      } catch (error) {
        failed = true;
        options.onError(asError(error));
      }
    },
  });
  try {
    await joining.promise;
  } catch (error) {
    await consumer.disconnect();
    throw error;
  }
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
 * @throws Error where the broker could not be read; what onMessage throws
 */
export async function readTopic(
  kafka: Kafka,
  topic: string,
  onMessage: FollowOptions['onMessage'],
  partitions?: readonly number[],
): Promise<void> {
  const ranges = await withAdmin(kafka, (admin) => topicRanges(admin, topic));
  const wanted = ranges.filter(({ partition }) => partitions?.includes(partition) ?? true);
  await readRanges(kafka, topic, wanted, onMessage);
}

const LOOK_MS = 5000;

/**
 * Reads ranges of a topic, each partition in its order; partitions without a range are left out.
 *
 * @throws Error where the broker could not be read; what onMessage throws
 */
export async function readRanges(
  kafka: Kafka,
  topic: string,
  ranges: readonly PartitionRange[],
  onMessage: FollowOptions['onMessage'],
): Promise<void> {
  const left = new Map(
    ranges.filter(({ low, high }) => high > low).map(({ partition, high }) => [partition, high]),
  );
  if (left.size === 0) return;
  const all = await withAdmin(kafka, (admin) => topicRanges(admin, topic));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stop = await followTopic(kafka, topic, {
    skip: all.map(({ partition }) => partition).filter((partition) => !left.has(partition)),
    from: ranges
      .filter(({ partition }) => left.has(partition))
      .map(({ partition, low }) => ({ partition, offset: low })),
    onError: reject,
    onMessage: (message) => {
      const high = left.get(message.partition);
      if (high === undefined) return undefined;
      const offset = BigInt(message.offset);
      const isLast = offset >= high - 1n;
      const done = () => {
        if (isLast) left.delete(message.partition);
        if (left.size === 0) resolve();
      };
      const handled = offset < high ? onMessage(message) : undefined;
      if (handled === undefined) return done();
      return handled.then(done);
    },
  });
  // What is deleted meanwhile, by retention or a purge, never comes. (A broker that is away is told by the consumer.)
  const look = async () => {
    const now = await withAdmin(kafka, (admin) => topicRanges(admin, topic));
    for (const { partition, low } of now)
      if (low >= (left.get(partition) ?? low + 1n)) left.delete(partition);
    if (left.size === 0) resolve();
  };
  const looking = setInterval(() => void look().catch(() => undefined), LOOK_MS);
  try {
    await promise;
  } finally {
    clearInterval(looking);
    await stop();
  }
}
