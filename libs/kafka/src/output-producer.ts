import { asError, Outage, type Log } from '@wirefold/pipeline';
import type { Kafka, Producer, TopicMessages } from 'kafkajs';
import kafkajs from './kafkajs.ts';
import { joinSends } from './joined-sends.ts';
import type { Outbound } from './outbound-messages.ts';

/** A request to the broker holds about this much: well under the default of 1 MiB for a batch. */
const SEND_BYTES = 960_000;

/** Sends messages and says when all of them are safe. */
export interface OutputProducer {
  readonly connect: () => Promise<void>;
  /**
   * Sends in order, in batches capped by bytes, acknowledged by all in-sync replicas.
   * @throws Outage where the broker did not take them: some may have been written, so they are sent again whole
   */
  readonly send: (messages: readonly Outbound[]) => Promise<void>;
  readonly disconnect: () => Promise<void>;
}

/**
 * An idempotent producer. A failed send leaves kafkajs with sequence numbers that the broker may not agree with, so the
 * next send begins with a new producer.
 */
export function createOutputProducer(kafka: Kafka, compression: number, log: Log): OutputProducer {
  let current: Promise<Producer> | undefined;

  const open = async (): Promise<Producer> => {
    const producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      // A second try of kafkajs's own leaves a broker out that has answered the first one: messages of a partition that has
      // moved there meanwhile would be neither sent nor missed. So a failed send is sent again whole, by us. (It refuses 0.)
      retry: { retries: Number.NaN },
    });
    await producer.connect();
    return producer;
  };
  // Partitions send at the same time: they share one producer, and each gives up only the one that it used.
  const connected = (): Promise<Producer> => (current ??= open());
  const discard = async (broken: Promise<Producer> | undefined) => {
    if (broken === current) current = undefined;
    try {
      await (await broken)?.disconnect();
    } catch (error) {
      log.debug({ err: error }, 'a producer did not disconnect');
    }
  };

  const send = joinSends(async (messages) => {
    const used = connected();
    try {
      const producer = await used;
      await producer.sendBatch({ acks: -1, timeout: 15_000, compression, topicMessages: byTopic(messages) });
    } catch (error) {
      await discard(used);
      throw brokerOutage(error);
    }
  }, SEND_BYTES);

  return {
    connect: async () => {
      const used = connected();
      try {
        await used;
      } catch (error) {
        await discard(used);
        throw brokerOutage(error);
      }
    },
    send: async (messages) => {
      for (const group of groupsByBytes(messages)) await send(group);
    },
    disconnect: () => discard(current),
  };
}

function brokerOutage(thrown: unknown): Outage {
  const error = asError(thrown);
  const { type, code } = innermost(error) as { type?: string; code?: string };
  return new Outage('kafka', type ?? code ?? error.name, error.message, { cause: error });
}

/** kafkajs wraps what a try ended with: what the broker said is in the cause. */
const innermost = (error: Error): Error => (error.cause instanceof Error ? innermost(error.cause) : error);

/** As few groups as the cap allows, of much the same size: a small rest would cost a request of its own. */
function* groupsByBytes(messages: readonly Outbound[]): Generator<Outbound[]> {
  const totalBytes = messages.reduce((sum, message) => sum + message.bytes, 0);
  const shareBytes = totalBytes / Math.ceil(totalBytes / SEND_BYTES);
  let group: Outbound[] = [];
  let bytes = 0;
  for (const message of messages) {
    if (group.length > 0 && (bytes + message.bytes > SEND_BYTES || bytes >= shareBytes)) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(message);
    bytes += message.bytes;
  }
  if (group.length > 0) yield group;
}

function byTopic(messages: readonly Outbound[]): TopicMessages[] {
  const topics = new Map<string, TopicMessages>();
  for (const { topic, message } of messages) {
    let entry = topics.get(topic);
    if (entry === undefined) topics.set(topic, (entry = { topic, messages: [] }));
    entry.messages.push(message);
  }
  return [...topics.values()];
}
