import { asError, Outage, type Log } from '@wirefold/pipeline';
import type { Kafka, TopicMessages } from 'kafkajs';
import { joinSends } from './joined-sends.ts';
import type { Outbound } from './outbound-messages.ts';
import { createBatchProducer, innermostError } from './producer.ts';

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

/** A producer of a stage's outputs: sends that come while one is under way are joined. */
export function createOutputProducer(kafka: Kafka, compression: number, log: Log): OutputProducer {
  const producer = createBatchProducer(kafka, log);
  const orOutage = async (attempt: Promise<unknown>): Promise<void> => {
    try {
      await attempt;
    } catch (error) {
      throw brokerOutage(error);
    }
  };
  const send = joinSends(
    (messages) => orOutage(producer.send({ compression, topicMessages: byTopic(messages) })),
    SEND_BYTES,
  );
  return {
    connect: () => orOutage(producer.connect()),
    send: async (messages) => {
      for (const group of groupsByBytes(messages)) await send(group);
    },
    disconnect: producer.disconnect,
  };
}

function brokerOutage(thrown: unknown): Outage {
  const { type, code } = innermostError(thrown);
  const error = asError(thrown);
  return new Outage('kafka', type ?? (typeof code === 'string' ? code : error.name), error.message, {
    cause: error,
  });
}

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
