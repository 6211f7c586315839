/**
 * Headers of every message: CloudEvents 1.0, Kafka protocol binding, binary content mode, and W3C Trace Context.
 * Sources: cloudevents/spec kafka-protocol-binding.md §3.2; w3.org/TR/trace-context. (The cloudevents SDK builds and
 * validates an object for each event, which is too slow for a hop; a test reads our headers back with it.)
 */

/** Header values as a Kafka client hands them over: one value, or several under the same name. */
export type RecordHeaders = Readonly<Record<string, unknown>>;

export interface EventHeaders {
  readonly ce_specversion: '1.0';
  readonly ce_id: string;
  readonly ce_source: string;
  readonly ce_type: string;
  readonly ce_time: string;
  readonly ce_subject?: string;
  readonly 'content-type': 'application/json';
  readonly traceparent: string;
}

/**
 * @param event.id unique within source: the same message sent again has the same id
 * @param event.time ISO 8601
 * @param event.subject uri of the article; UTF-8 as it is: the Kafka binding, unlike HTTP's, encodes nothing (§3.2.3)
 */
export function eventHeaders(event: {
  id: string;
  source: string;
  type: string;
  time: string;
  subject?: string | undefined;
  traceparent: string;
}): EventHeaders {
  return {
    ce_specversion: '1.0',
    ce_id: event.id,
    ce_source: event.source,
    ce_type: event.type,
    ce_time: event.time,
    ...(event.subject === undefined ? {} : { ce_subject: event.subject.toWellFormed() }),
    'content-type': 'application/json',
    traceparent: event.traceparent,
  };
}

/** The first value under a name as text; undefined where there is none. Survives names such as `constructor`. */
export function readHeader(headers: RecordHeaders | undefined, name: string): string | undefined {
  if (headers === undefined || !Object.hasOwn(headers, name)) return undefined;
  const value = headers[name];
  return Buffer.isBuffer(value) ? value.toString('utf8') : headerBytes(value)[0]?.toString('utf8');
}

/**
 * All values under a header's name as bytes. kafkajs puts values of one name into an array and, where the name is one
 * of Object.prototype's (`constructor`), the inherited function into it: whatever isn't bytes or text is left out.
 */
export function headerBytes(value: unknown): Buffer[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => {
    if (Buffer.isBuffer(one)) return [one];
    if (one === null) return [Buffer.alloc(0)];
    return typeof one === 'string' ? [Buffer.from(one)] : [];
  });
}

/** Every header of a record, hostile names included, as bytes: fit to be sent again. */
export function copyHeaders(headers: RecordHeaders | undefined): Record<string, Buffer[]> {
  const copy: Record<string, Buffer[]> = Object.create(null) as Record<string, Buffer[]>;
  for (const [name, value] of Object.entries(headers ?? {})) copy[name] = headerBytes(value);
  return copy;
}

/** How many times a message was published again out of the dead letters; absent where it never was. */
export const REDRIVES_HEADER = 'wirefold-redrives';
/** On a scraped record that was published again: origin of the first one. Anybody can write it, so it is only shown. */
export const REDRIVE_OF_HEADER = 'wirefold-redrive-of';
/** The highest number that {@link readRedrives} takes; so a forged one can't push a real one out of range. */
export const MAX_REDRIVES = 99;

/** How many times a message was redriven. What is not a whole number from 1 to {@link MAX_REDRIVES} counts as 0. */
export function readRedrives(headers: RecordHeaders | undefined): number {
  const text = readHeader(headers, REDRIVES_HEADER);
  return text !== undefined && /^[1-9]\d?$/.test(text) ? Number(text) : 0;
}

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/;

/**
 * The traceparent of the next hop: the same trace with a span of its own, or a new sampled trace where the parent is
 * absent or broken.
 *
 * @param randomHex gives n random hex digits
 */
export function nextTraceparent(parent: string | undefined, randomHex: (digits: number) => string): string {
  const [, traceId, flags] = TRACEPARENT.exec(parent ?? '') ?? [];
  return `00-${traceId ?? randomHex(32)}-${randomHex(16)}-${flags ?? '01'}`;
}
