import { allTopics, type Topic } from '@wirefold/contracts';
import {
  applyTopics,
  createBatchProducer,
  createKafka,
  kafkaEnvironment,
  sendUntilTaken,
  type BatchProducer,
  type Kafka,
  type Admin,
  type KafkaMessage,
} from '@wirefold/kafka';
import { parseEnvironment, silentLog } from '@wirefold/pipeline';
import { eventually } from './eventually.ts';

/** A message as a test publishes it. */
export interface TestMessage {
  readonly key?: string | Buffer | null;
  /** An object is written as JSON. */
  readonly value: object | string | Buffer | null;
  readonly headers?: Record<string, string | Buffer | (string | Buffer)[]>;
}

/** A message that was read, with its place. */
export type TappedMessage = KafkaMessage & { readonly topic: string; readonly partition: number };

/** Kafka as a test uses it: publish, and see all that is on a topic. */
export interface TestKafka {
  readonly kafka: Kafka;
  readonly admin: Admin;
  readonly publish: (topic: Topic | string, ...messages: TestMessage[]) => Promise<void>;
  /** All messages that are on a topic now, from its beginning, as soon as enough of them fit. */
  readonly messages: (
    topic: Topic | string,
    atLeast: number,
    fits?: (message: TappedMessage) => boolean,
    withinMs?: number,
  ) => Promise<TappedMessage[]>;
  /** What of a group is committed, summed over a topic's partitions. */
  readonly committed: (groupId: string, topic: Topic | string) => Promise<number>;
  readonly close: () => Promise<void>;
}

const nameOf = (topic: Topic | string): string => (typeof topic === 'string' ? topic : topic.name);

/** Connects, and makes the pipeline's topics anew: what other tests left on them is gone. */
export async function testKafka(brokers: readonly string[]): Promise<TestKafka> {
  const config = parseEnvironment(kafkaEnvironment, {
    KAFKA_BROKERS: brokers.join(','),
    KAFKA_COMPRESSION: 'none',
  });
  const kafka = createKafka(config, 'wirefold-test', silentLog);
  const admin = kafka.admin();
  await admin.connect();
  await freshTopics(admin);
  const producer = createBatchProducer(kafka, silentLog);
  await producer.connect();
  const tap = await startTap(kafka);
  return {
    kafka,
    admin,
    publish: (topic, ...messages) => publish(producer, nameOf(topic), messages),
    messages: async (topic, atLeast, fits = () => true, withinMs = 30_000) => {
      const name = nameOf(topic);
      const fitting = async () => {
        await tap.untilSeen(name, await admin.fetchTopicOffsets(name), withinMs);
        return (tap.seen.get(name) ?? []).filter(fits);
      };
      return eventually(
        `${atLeast} messages on ${name}`,
        async () => {
          const found = await fitting();
          return found.length >= atLeast ? found : undefined;
        },
        withinMs,
      );
    },
    committed: async (groupId, topic) => {
      const [offsets] = await admin.fetchOffsets({ groupId, topics: [nameOf(topic)] });
      return (offsets?.partitions ?? []).reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
    },
    close: async () => {
      await tap.stop();
      await producer.disconnect();
      await admin.disconnect();
    },
  };
}

async function freshTopics(admin: Admin): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const ours = allTopics.map(({ name }) => name).filter((name) => existing.has(name));
  if (ours.length > 0) {
    await admin.deleteTopics({ topics: ours, timeout: 10_000 });
    await eventually('old topics are gone', async () => {
      const left = await admin.listTopics();
      return ours.some((name) => left.includes(name)) ? undefined : true;
    });
  }
  await applyTopics(admin, allTopics, 1);
  // Metadata names a leader a moment before it takes requests.
  for (const { name } of allTopics)
    await eventually(`${name} has its leaders`, () => admin.fetchTopicOffsets(name));
}

async function publish(
  producer: BatchProducer,
  topic: string,
  messages: readonly TestMessage[],
): Promise<void> {
  const encode = (value: TestMessage['value']) =>
    value === null || typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value);
  const encoded = messages.map(({ key = null, value, headers }) => ({
    key,
    value: encode(value),
    ...(headers === undefined ? {} : { headers }),
  }));
  await sendUntilTaken(producer, { topicMessages: [{ topic, messages: encoded }] });
}

/** Sees all that is on the pipeline's topics. */
interface Tap {
  /** By topic, in the order of each partition. */
  readonly seen: ReadonlyMap<string, readonly TappedMessage[]>;
  readonly untilSeen: (
    topic: string,
    ends: readonly { readonly partition: number; readonly high: string }[],
    withinMs: number,
  ) => Promise<void>;
  readonly stop: () => Promise<void>;
}

async function startTap(kafka: Kafka): Promise<Tap> {
  const seen = new Map<string, TappedMessage[]>(allTopics.map(({ name }) => [name, []]));
  const next = new Map<string, bigint>();
  const stopped = new AbortController();
  const consumer = kafka.consumer({
    groupId: `tap-${crypto.randomUUID()}`,
    maxWaitTimeInMs: 100,
    // Brokers come and go in tests: a tap that had to join anew must not wait long for its former self to be given up.
    sessionTimeout: 6000,
    heartbeatInterval: 1000,
    // A crash that is still being seen to would start it again after it was stopped.
    retry: { restartOnFailure: () => Promise.resolve(!stopped.signal.aborted) },
  });
  await consumer.connect();
  await consumer.subscribe({ topics: [...seen.keys()], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    partitionsConsumedConcurrently: seen.size,
    eachBatch: async ({ batch }) => {
      const { topic, partition, messages } = batch;
      for (const message of messages) {
        // A tap that had to join anew begins again at the beginning.
        if (BigInt(message.offset) < (next.get(`${topic}/${partition}`) ?? 0n)) continue;
        seen.get(topic)?.push({ ...message, topic, partition });
        next.set(`${topic}/${partition}`, BigInt(message.offset) + 1n);
      }
    },
  });
  return {
    seen,
    untilSeen: async (topic, ends, withinMs) => {
      const missing = () =>
        ends.filter(({ partition, high }) => (next.get(`${topic}/${partition}`) ?? 0n) < BigInt(high));
      await eventually(
        `the tap has read ${topic} to its end`,
        () => (missing().length === 0 ? true : undefined),
        withinMs,
      );
    },
    stop: () => {
      stopped.abort();
      return consumer.disconnect();
    },
  };
}

/** The JSON value of a message. */
export const jsonOf = <Value = Record<string, unknown>>(message: KafkaMessage): Value =>
  JSON.parse((message.value ?? Buffer.alloc(0)).toString('utf8')) as Value;
