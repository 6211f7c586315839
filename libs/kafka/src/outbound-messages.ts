import {
  addedHeaders,
  copyHeaders,
  deadLetterTopic,
  documentId,
  eventHeaders,
  nextTraceparent,
  REDRIVES_HEADER,
  topics,
  type DeadLetterHeaders,
  type Outcome,
  type Receipt,
  type RejectReason,
  type StageName,
  type Step,
  type Topic,
  versionNumber,
} from '@wirefold/contracts';
import type { KafkaMessage, Message } from 'kafkajs';
import { messageBytes, type Position, type ReadRecord } from './records.ts';
import { textSlabs } from './text-slabs.ts';

const utf8 = textSlabs();

/** A message on its way out. */
export interface Outbound {
  readonly topic: string;
  readonly message: Message;
  readonly bytes: number;
}

/** What the messages of one stage have in common. */
export interface OutboundContext {
  readonly stage: StageName;
  readonly output: Topic;
  readonly position: Position;
  /** When the work on the messages began, milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly nowMs: number;
  readonly randomHex: (digits: number) => string;
}

/** What every article has that is fit for a receipt. */
interface Described {
  readonly uri?: string;
  readonly id?: string;
  readonly title?: string;
  readonly version?: number;
  readonly versionCreated?: string;
  readonly pubStatus?: Receipt['pubStatus'];
  readonly language?: string | { readonly tag: string };
  readonly steps?: readonly Step[];
}

/** The output of a stage for its next topic, with the stage's step added. */
export function outputMessage(
  record: ReadRecord<unknown>,
  output: object,
  context: OutboundContext,
): Outbound {
  const described = output as Described;
  const steps = [...(described.steps ?? []), stepOf(context)];
  // What index passes on is a receipt.
  const isReceipt = context.output.name === topics.indexed.name;
  const body = { ...output, ...(isReceipt ? redrivesOf(record) : {}), steps };
  return eventMessage(context.output, record, described.uri ?? '', body, context);
}

/** The receipt of a message whose way ends in this stage. */
export function receiptMessage(
  record: ReadRecord<unknown>,
  outcome: Outcome,
  context: OutboundContext,
  failure?: { reason: RejectReason; error: string },
): Outbound {
  const article = describedBy(record, context);
  const language = typeof article.language === 'object' ? article.language.tag : article.language;
  const receipt: Receipt = {
    origin: record.origin,
    outcome,
    stage: context.stage,
    at: new Date(context.nowMs).toISOString(),
    ...definedOf({
      uri: article.uri,
      id: article.id ?? (article.uri === undefined ? undefined : documentId(article.uri)),
      version: article.version,
      versionCreated: article.versionCreated,
      pubStatus: article.pubStatus,
      title: article.title,
      language,
    }),
    ...(failure === undefined ? {} : { ...failure, deadLetter: deadLetterTopic(context.stage).name }),
    ...redrivesOf(record),
    steps: [...(article.steps ?? []), stepOf(context)],
  };
  return eventMessage(topics.indexed, record, article.uri, receipt, context);
}

const redrivesOf = ({ redrives }: ReadRecord<unknown>): { readonly redrives?: number } =>
  redrives > 0 ? { redrives } : {};

/** What of a record's article is fit for a receipt: of a scraped one, only what its contract has checked. */
function describedBy(record: ReadRecord<unknown>, context: OutboundContext): Described {
  const article = (record.delivery?.article ?? {}) as Described;
  if (context.position.topic !== topics.scraped.name) return article;
  const { id: _id, steps: _steps, title, version, ...rest } = article;
  return {
    ...rest,
    ...(typeof title === 'string' ? { title } : {}),
    // A ninjs item's version is text, or any number.
    ...(versionNumber.safeParse(version).success ? { version: version as number } : {}),
  };
}

/** A message for the dead letter queue: the original to the byte, and in headers what went wrong. */
export function deadLetterMessage(
  record: ReadRecord<unknown>,
  reason: RejectReason,
  error: string,
  context: OutboundContext,
): Outbound {
  const { message } = record;
  const added = {
    'wirefold-stage': context.stage,
    'wirefold-reason': reason,
    'wirefold-error': error.slice(0, 4000).toWellFormed(),
    'wirefold-topic': context.position.topic,
    'wirefold-partition': String(context.position.partition),
    'wirefold-offset': message.offset,
    'wirefold-timestamp': message.timestamp,
    'wirefold-origin': record.origin.toWellFormed(),
    'wirefold-failed-at': new Date(context.nowMs).toISOString(),
  } satisfies DeadLetterHeaders;
  const headers = copyHeaders(message.headers);
  for (const name of addedHeaders) {
    const original = headers[name];
    if (original === undefined) continue;
    // A letter that somebody published as it is, and that is given up again, keeps what was said each time.
    const kept = `original-${name}`;
    headers[kept] = [...(headers[kept] ?? []), ...original];
    delete headers[name];
  }
  for (const [name, value] of Object.entries(added)) headers[name] = [Buffer.from(value)];
  const { name: topic, maxMessageBytes } = deadLetterTopic(context.stage);
  const whole: Message = { key: message.key, value: message.value, headers };
  const bytes = messageBytes(whole);
  if (bytes <= maxMessageBytes - BATCH_OVERHEAD_BYTES) return { topic, message: whole, bytes };
  const cut = cutDeadLetter(message, { ...added, ...redrivesHeader(record) });
  return { topic, message: cut, bytes: messageBytes(cut) };
}

/** Framing of a batch and its records, generously: a record of many headers has some bytes for each. */
const BATCH_OVERHEAD_BYTES = 1024 * 1024;
const CUT_KEY_BYTES = 2048;
const CUT_VALUE_BYTES = 1024 * 1024;

/**
 * What is left of a message that is larger than a dead letter may be: only a packed batch can hold one. Left whole, the broker
 * would refuse it again and again, and nothing behind it would be read.
 */
function cutDeadLetter({ key, value, headers }: KafkaMessage, added: DeadLetterHeaders): Message {
  const [keyBytes, valueBytes] = [key?.length ?? 0, value?.length ?? 0];
  const headerBytes = messageBytes({ value: null, ...(headers && { headers }) });
  const sizes = `key ${keyBytes} bytes, value ${valueBytes} bytes, headers ${headerBytes} bytes`;
  return {
    key: key?.subarray(0, CUT_KEY_BYTES) ?? null,
    value: value?.subarray(0, CUT_VALUE_BYTES) ?? null,
    headers: { ...added, 'wirefold-cut': sizes },
  };
}

const stepOf = (context: OutboundContext): Step => ({
  stage: context.stage,
  at: new Date(context.nowMs).toISOString(),
  tookMs: Math.max(0, context.nowMs - context.startedAtMs),
});

function eventMessage(
  topic: Topic,
  record: ReadRecord<unknown>,
  uri: string | undefined,
  body: object,
  context: OutboundContext,
): Outbound {
  const message: Message = {
    key: uri ?? record.message.key?.subarray(0, CUT_KEY_BYTES) ?? null,
    value: utf8(JSON.stringify(body)),
    headers: {
      ...eventHeaders({
        id: record.origin,
        source: `/wirefold/${context.stage}`,
        type: topic.eventType,
        time: new Date(context.nowMs).toISOString(),
        subject: uri,
        traceparent: nextTraceparent(record.traceparent, context.randomHex),
      }),
      ...redrivesHeader(record),
    },
  };
  return { topic: topic.name, message, bytes: messageBytes(message) };
}

const redrivesHeader = ({ redrives }: ReadRecord<unknown>) =>
  redrives > 0 ? { [REDRIVES_HEADER]: String(redrives) } : {};

/** The entries of an object that are defined. */
function definedOf<Value extends object>(
  value: Value,
): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}
