/**
 * Two decoders of kafkajs 2.2.4, written anew because hostile records stop it:
 * - it copies all headers of a record for each header: 20,000 headers took 75 s, and a record may hold a million;
 * - it spreads the records of a batch into a call's arguments: more than some 125,000 overflow the stack, and the consumer
 *   crashes on the same batch for ever.
 * Formats: kafka.apache.org/documentation/#record and #recordbatch (v2).
 */

/** kafkajs's reader of bytes, as far as it is used here. */
export interface Decoder {
  readonly readInt8: () => number;
  readonly readInt32: () => number;
  readonly readVarInt: () => number;
  readonly readVarLong: () => { readonly toString: () => string };
  readonly readVarIntString: () => string;
  readonly readVarIntBytes: () => Buffer | null;
  readonly readBytes: (count: number) => Buffer;
  readonly canReadBytes: (count: number) => boolean;
}

interface BatchContext {
  readonly firstOffset: string;
  readonly firstTimestamp: string;
  readonly magicByte: number;
  readonly isControlBatch?: boolean;
  readonly timestampType: number;
  readonly maxTimestamp?: string;
}

const LOG_APPEND_TIME = 1;

/** Reads a record of a batch. */
export function decodeRecord(decoder: Decoder, batchContext: BatchContext) {
  const { firstOffset, firstTimestamp, magicByte, timestampType, maxTimestamp } = batchContext;
  const attributes = decoder.readInt8();
  const timestampDelta = decoder.readVarLong().toString();
  const timestamp =
    timestampType === LOG_APPEND_TIME && maxTimestamp !== undefined
      ? maxTimestamp
      : sum(firstTimestamp, timestampDelta);
  return {
    magicByte,
    attributes,
    timestamp,
    offset: sum(firstOffset, decoder.readVarInt()),
    key: decoder.readVarIntBytes(),
    value: decoder.readVarIntBytes(),
    headers: decodeHeaders(decoder),
    isControlRecord: batchContext.isControlBatch ?? false,
    batchContext,
  };
}

function sum(base: string, delta: string | number): string {
  // Numbers where they are exact: BigInts take several times as long, twice for each record.
  const [one, other] = [Number(base), Number(delta)];
  if ([one, other, one + other].every(Number.isSafeInteger)) return String(one + other);
  return String(BigInt(base) + BigInt(delta));
}

type HeaderValue = Buffer | null;

/** Headers by name; several values of one name are a list. It has no prototype: any name is only a name. */
function decodeHeaders(decoder: Decoder): Record<string, HeaderValue | HeaderValue[]> {
  const headers = Object.create(null) as Record<string, HeaderValue | HeaderValue[]>;
  for (let left = decoder.readVarInt(); left > 0; left -= 1) {
    const name = decoder.readVarIntString();
    const value = decoder.readVarIntBytes();
    const before = headers[name];
    if (before === undefined) headers[name] = value;
    else if (Array.isArray(before)) before.push(value);
    else headers[name] = [before, value];
  }
  return headers;
}

/** Place of the magic byte in all formats of batches. */
const MAGIC_OFFSET = 16;
const MAGIC_BYTE = 2;
const RECORD_BATCH_OVERHEAD_BYTES = 49;

export interface DecodersOfKafkajs {
  readonly newDecoder: (bytes: Buffer) => Decoder;
  readonly decodeBatch: (decoder: Decoder) => Promise<{ readonly records: readonly unknown[] }>;
  readonly decodeMessageSet: (decoder: Decoder, bytes: number) => Promise<unknown[]>;
}

/** Makes the reader of what a fetch brought of one partition. */
export function createMessagesDecoder({ newDecoder, decodeBatch, decodeMessageSet }: DecodersOfKafkajs) {
  return async (decoder: Decoder): Promise<unknown[]> => {
    const sizeBytes = decoder.readInt32();
    if (sizeBytes <= 0 || !decoder.canReadBytes(sizeBytes)) return [];
    const bytes = decoder.readBytes(sizeBytes);
    const messages = newDecoder(bytes);
    if (bytes.readInt8(MAGIC_OFFSET) !== MAGIC_BYTE) return decodeMessageSet(messages, sizeBytes);
    const records: unknown[] = [];
    while (messages.canReadBytes(RECORD_BATCH_OVERHEAD_BYTES)) {
      try {
        const batch = await decodeBatch(messages);
        for (const record of batch.records) records.push(record);
      } catch (error) {
        // The last batch may be cut off by the size of the response.
        if ((error as Error).name === 'KafkaJSPartialMessageError') break;
        throw error;
      }
    }
    return records;
  };
}
