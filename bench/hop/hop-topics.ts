import { allTopics, type Topic } from '@wirefold/contracts';
import {
  applyTopics,
  compressionType,
  createKafka,
  partitionOfKey,
  topicRanges,
  type Kafka,
} from '@wirefold/kafka';
import { silentLog } from '@wirefold/pipeline';
import { createHopMessages, type HopMessage } from './hop-messages.ts';

const SEED = 20_260_901;
/** As many as a stage sends together. */
const BATCH_MESSAGES = 200;
const SEND_TIMEOUT_MS = 30_000;

export type Admin = ReturnType<Kafka['admin']>;

/** Kafka as the benchmark itself uses it: to prepare topics and to fill them. */
export function connectKafka(brokers: readonly string[]): Kafka {
  const config = { KAFKA_BROKERS: [...brokers], KAFKA_TLS: false, KAFKA_COMPRESSION: 'none' as const };
  return createKafka(config, 'bench', silentLog);
}

/** Fills a topic; what one partition gets is sent in batches as a stage sends them. */
export async function preload(
  kafka: Kafka,
  topic: Topic,
  compression: 'none' | 'zstd',
  count: number,
): Promise<void> {
  const message = createHopMessages(SEED, topic);
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const waiting = new Map<number, HopMessage[]>();
  const send = async (partition: number) => {
    const messages = (waiting.get(partition) ?? []).map((one) => ({ ...one, partition }));
    waiting.set(partition, []);
    if (messages.length === 0) return;
    await producer.send({
      topic: topic.name,
      compression: compressionType[compression],
      timeout: SEND_TIMEOUT_MS,
      messages,
    });
  };
  for (let index = 0; index < count; index += 1) {
    const one = message(index);
    const partition = partitionOfKey(topic.name, one.key, topic.partitions);
    const bucket = waiting.get(partition) ?? [];
    bucket.push(one);
    waiting.set(partition, bucket);
    if (bucket.length >= BATCH_MESSAGES) await send(partition);
  }
  for (const partition of waiting.keys()) await send(partition);
  await producer.disconnect();
}

/** Makes a topic empty: deletes it and creates it again. */
export async function emptyTopic(admin: Admin, name: string): Promise<void> {
  const topic = allTopics.find((one) => one.name === name);
  if (topic === undefined) throw new Error(`${name} is no topic of the topology`);
  await admin.deleteTopics({ topics: [name] });
  // A broker takes a moment to forget a topic, and another to lead a new one.
  await untilDone(async () => {
    await applyTopics(admin, [topic], 1);
    return (await countMessages(admin, name)) === 0;
  });
}

const GIVE_UP_MS = 20_000;
const PAUSE_MS = 50;

/** Tries until it is done, and throws what it threw where that takes too long. */
async function untilDone(attempt: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + GIVE_UP_MS;
  for (;;) {
    try {
      if (await attempt()) return;
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
    }
    if (Date.now() > giveUpAt) throw new Error(`not done within ${GIVE_UP_MS} ms`);
    await new Promise((resolve) => {
      setTimeout(resolve, PAUSE_MS);
    });
  }
}

/** How many messages a topic holds. */
export async function countMessages(admin: Admin, topic: string): Promise<number> {
  const ranges = await topicRanges(admin, topic);
  return ranges.reduce((sum, { low, high }) => sum + Number(high - low), 0);
}

/** Lets a consumer group begin after all that is in a topic now. */
export async function skipToEnd(admin: Admin, groupId: string, topic: string): Promise<void> {
  const ranges = await topicRanges(admin, topic);
  const partitions = ranges.map(({ partition, high }) => ({ partition, offset: String(high) }));
  await admin.setOffsets({ groupId, topic, partitions });
}
