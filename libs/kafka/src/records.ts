import {
  headerBytes,
  parseMessage,
  readHeader,
  readRedrives,
  topics,
  type Contract,
  type RejectReason,
  type Topic,
} from '@wirefold/contracts';
import type { Delivery } from '@wirefold/pipeline';
import type { KafkaMessage } from 'kafkajs';
import { UNDECODABLE_HEADER } from './undecodable-records.ts';

/** Where a record was read. */
export interface Position {
  readonly topic: string;
  readonly partition: number;
}

/** A record that was read: a delivery, or why it is none. Either way it can be sent to the dead letters whole. */
export interface ReadRecord<Input> {
  readonly message: KafkaMessage;
  readonly origin: string;
  readonly traceparent: string | undefined;
  /** How many times it was published again out of the dead letters. */
  readonly redrives: number;
  readonly delivery: Delivery<Input> | undefined;
  readonly problem: { readonly reason: RejectReason; readonly message: string } | undefined;
}

interface WithOrigin {
  readonly uri: string;
  readonly origin?: unknown;
}

/** Reads a record by the contract of its topic. Never throws. */
export function readRecord<Input>(
  topic: Topic,
  contract: Contract<Input>,
  position: Position,
  message: KafkaMessage,
): ReadRecord<Input> {
  const own = () => `${position.topic}/${position.partition}/${message.offset}@${message.timestamp}`;
  const traceparent = readHeader(message.headers, 'traceparent');
  const redrives = readRedrives(message.headers);
  // Inside the pipeline the id of every event is the scraped record it comes from, see outbound-messages.ts.
  const isWayIn = position.topic === topics.scraped.name;
  const carried = isWayIn ? undefined : readHeader(message.headers, 'ce_id');
  const unreadable = (reason: RejectReason, text: string, original = message): ReadRecord<Input> => ({
    message: original,
    origin: carried ?? own(),
    traceparent,
    redrives,
    delivery: undefined,
    problem: { reason, message: text },
  });

  const undecodable = readHeader(message.headers, UNDECODABLE_HEADER);
  if (undecodable !== undefined) {
    const why = `the record batch could not be unpacked: ${undecodable}`;
    // Headers of a stand-in are ours, not the publisher's.
    return unreadable('undecodable', why, { ...message, headers: {} } as KafkaMessage);
  }
  const version = foreignVersion(topic, readHeader(message.headers, 'ce_type'));
  if (version !== undefined) {
    return unreadable(
      'unknown-version',
      `the event's type is ${version}; this topic takes ${topic.eventType}`,
    );
  }
  const bytes = message.value?.length ?? 0;
  if (bytes > topic.maxMessageBytes)
    return unreadable('too-large', `unpacks to ${bytes} bytes; this topic takes ${topic.maxMessageBytes}`);
  const parsed = parseMessage(contract, message.value);
  if ('problem' in parsed) return unreadable(parsed.problem.reason, parsed.problem.message);

  const { uri, origin } = parsed.value as WithOrigin;
  const known = typeof origin === 'string' && !isWayIn ? origin : own();
  return {
    message,
    origin: known,
    traceparent,
    redrives,
    delivery: { article: parsed.value, key: uri, origin: known, timestampMs: Number(message.timestamp) },
    problem: undefined,
  };
}

/** The type of an event of ours of another version than the topic's; a scraper's own types are welcome. */
function foreignVersion(topic: Topic, type: string | undefined): string | undefined {
  if (type === undefined || type === topic.eventType) return undefined;
  const family = topic.eventType.replace(/\.v\d+$/, '');
  return type.startsWith(`${family}.v`) ? type.slice(0, 200) : undefined;
}

/** Size of a record as it is sent, without the few bytes of framing: key, value and headers. */
export function messageBytes(message: {
  key?: Buffer | string | null;
  value: Buffer | string | null;
  headers?: Readonly<Record<string, unknown>>;
}): number {
  const { key, value, headers = {} } = message;
  let bytes = byteLength(key ?? '') + byteLength(value ?? '');
  for (const name of Object.keys(headers)) {
    const one = headers[name];
    const values = typeof one === 'string' || Buffer.isBuffer(one) ? [one] : headerBytes(one);
    for (const each of values) bytes += Buffer.byteLength(name) + byteLength(each);
  }
  return bytes;
}

const byteLength = (value: Buffer | string): number =>
  typeof value === 'string' ? Buffer.byteLength(value) : value.length;
