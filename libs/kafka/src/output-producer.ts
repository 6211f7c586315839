import { asError, Outage, type Log } from '@wirefold/pipeline';
import type { Kafka, Producer, TopicMessages } from 'kafkajs';
import kafkajs from './kafkajs.ts';
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
  let producer: Producer | undefined;

  const connected = async (): Promise<Producer> => {
    if (producer !== undefined) return producer;
    const fresh = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1000 },
    });
    await fresh.connect();
    producer = fresh;
    return fresh;
  };
  const discard = async () => {
    const broken = producer;
    producer = undefined;
    await broken
      ?.disconnect()
      .catch((error: unknown) => log.debug({ err: error }, 'a producer did not disconnect'));
  };

  return {
    connect: async () => {
      await connected().catch((error: unknown) => {
        throw brokerOutage(error);
      });
    },
    send: async (messages) => {
      for (const group of groupsByBytes(messages)) {
        try {
          const current = await connected();
          await current.sendBatch({ acks: -1, timeout: 15_000, compression, topicMessages: byTopic(group) });
        } catch (error) {
          await discard();
          throw brokerOutage(error);
        }
      }
    },
    disconnect: discard,
  };
}

function brokerOutage(thrown: unknown): Outage {
  const error = asError(thrown);
  const { type, code } = error as { type?: string; code?: string };
  return new Outage('kafka', type ?? code ?? error.name, error.message, { cause: error });
}

function* groupsByBytes(messages: readonly Outbound[]): Generator<Outbound[]> {
  let group: Outbound[] = [];
  let bytes = 0;
  for (const message of messages) {
    if (group.length > 0 && bytes + message.bytes > SEND_BYTES) {
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
