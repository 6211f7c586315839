/**
 * kafkajs's produce request, versions 3 to 7, written anew: kafkajs makes a zeroed buffer for each record and each header and
 * copies every byte nine times on its way out, which took half of the time of a hop (bench/hop). Here sizes are summed up
 * first, then all is written once into one buffer.
 * Formats: kafka.apache.org/protocol#The_Messages_Produce, kafka.apache.org/documentation/#recordbatch and #record (v2).
 */

type Bytes = Buffer | string | null;

interface Message {
  readonly key?: Bytes | undefined;
  readonly value: Bytes;
  readonly headers?: Readonly<Record<string, Bytes | undefined | readonly Bytes[]>> | undefined;
  readonly timestamp?: string | undefined;
}

interface PartitionMessages {
  readonly partition: number;
  readonly messages: readonly Message[];
  readonly firstSequence?: number | undefined;
}

/** What kafkajs's producer asks for. */
export interface ProduceRequestOptions {
  readonly acks: number;
  readonly timeout: number;
  readonly compression?: number | undefined;
  readonly transactionalId?: string | null | undefined;
  readonly producerId?: { readonly toString: () => string } | undefined;
  readonly producerEpoch?: number | undefined;
  readonly topicData: readonly {
    readonly topic: string;
    readonly partitions: readonly PartitionMessages[];
  }[];
}

export interface ProduceRequestDeps {
  readonly crc32c: (bytes: Buffer) => number;
  readonly compress: (compression: number, records: Buffer) => Promise<Buffer>;
  readonly nowMs: () => number;
}

/** As kafkajs takes what is encoded. */
export interface Encoded {
  readonly buffer: Buffer;
  readonly buf: Buffer;
  readonly size: () => number;
}

const PRODUCE_API = 0;
const VERSION = 3;
const MAGIC = 2;
const TRANSACTIONAL = 16;
const BATCH_HEADER_BYTES = 61;
/** Where in a batch what the checksum covers begins. */
const CHECKED_FROM = 21;

export const encoded = (buffer: Buffer): Encoded => ({ buffer, buf: buffer, size: () => buffer.length });

/** Makes kafkajs's function of a produce request. */
export function createProduceRequest(deps: ProduceRequestDeps) {
  return (options: ProduceRequestOptions) => ({
    apiKey: PRODUCE_API,
    apiVersion: VERSION,
    apiName: 'Produce',
    expectResponse: () => options.acks !== 0,
    encode: async () => encoded(await encodeRequest(options, deps)),
  });
}

/** The records of a partition, compressed or to be written. */
interface Batch {
  readonly source: PartitionMessages;
  readonly firstTimestamp: number;
  readonly maxTimestamp: number;
  readonly timestamps: readonly number[];
  readonly sizes: readonly number[];
  readonly recordsBytes: number;
  readonly compressed: Buffer | undefined;
}

async function encodeRequest(options: ProduceRequestOptions, deps: ProduceRequestDeps): Promise<Buffer> {
  const { acks, timeout, compression = 0, transactionalId = null, topicData } = options;
  const topics: { topic: string; batches: Batch[] }[] = [];
  for (const { topic, partitions } of topicData) {
    const batches: Batch[] = [];
    for (const partition of partitions) batches.push(await prepareBatch(partition, compression, deps));
    topics.push({ topic, batches });
  }
  let bytes = stringBytes(transactionalId) + 2 + 4 + 4;
  for (const { topic, batches } of topics) {
    bytes += stringBytes(topic) + 4;
    for (const batch of batches) bytes += 4 + 4 + BATCH_HEADER_BYTES + batch.recordsBytes;
  }
  const writer = new Writer(bytes);
  writer.string(transactionalId);
  writer.int16(acks);
  writer.int32(timeout);
  writer.int32(topics.length);
  for (const { topic, batches } of topics) {
    writer.string(topic);
    writer.int32(batches.length);
    for (const batch of batches) writeBatch(writer, batch, options, deps);
  }
  return writer.finished();
}

async function prepareBatch(
  source: PartitionMessages,
  compression: number,
  deps: ProduceRequestDeps,
): Promise<Batch> {
  const { messages } = source;
  const nowMs = deps.nowMs();
  const timestamps = messages.map(({ timestamp }) => (timestamp ? Number(timestamp) : nowMs));
  let firstTimestamp = timestamps[0] ?? nowMs;
  let maxTimestamp = firstTimestamp;
  for (const timestamp of timestamps) {
    if (timestamp < firstTimestamp) firstTimestamp = timestamp;
    if (timestamp > maxTimestamp) maxTimestamp = timestamp;
  }
  const sizes = messages.map((message, index) =>
    recordBodyBytes(message, (timestamps[index] as number) - firstTimestamp, index),
  );
  let recordsBytes = 0;
  for (const size of sizes) recordsBytes += varintBytes(size) + size;
  const batch = { source, firstTimestamp, maxTimestamp, timestamps, sizes, recordsBytes };
  if (compression === 0) return { ...batch, compressed: undefined };
  const writer = new Writer(recordsBytes);
  writeRecords(writer, { ...batch, compressed: undefined });
  const compressed = await deps.compress(compression, writer.finished());
  return { ...batch, recordsBytes: compressed.length, compressed };
}

function writeBatch(
  writer: Writer,
  batch: Batch,
  options: ProduceRequestOptions,
  deps: ProduceRequestDeps,
): void {
  const { partition, messages, firstSequence = 0 } = batch.source;
  const { compression = 0, transactionalId, producerId = '-1', producerEpoch = 0 } = options;
  const batchBytes = BATCH_HEADER_BYTES + batch.recordsBytes;
  writer.int32(partition);
  writer.int32(batchBytes);
  const start = writer.offset;
  writer.int64(0);
  writer.int32(batchBytes - 12);
  writer.int32(0);
  writer.int8(MAGIC);
  writer.int32(0);
  writer.int16(compression | (transactionalId ? TRANSACTIONAL : 0));
  writer.int32(messages.length - 1);
  writer.int64(batch.firstTimestamp);
  writer.int64(batch.maxTimestamp);
  writer.bigint64(BigInt(producerId.toString()));
  writer.int16(producerEpoch);
  writer.int32(firstSequence);
  writer.int32(messages.length);
  if (batch.compressed === undefined) writeRecords(writer, batch);
  else writer.bytes(batch.compressed);
  const checked = writer.buffer.subarray(start + CHECKED_FROM, writer.offset);
  writer.buffer.writeUInt32BE(deps.crc32c(checked), start + CHECKED_FROM - 4);
}

function writeRecords(writer: Writer, batch: Batch): void {
  batch.source.messages.forEach((message, index) => {
    writer.varint(batch.sizes[index] as number);
    writer.int8(0);
    writer.varint((batch.timestamps[index] as number) - batch.firstTimestamp);
    writer.varint(index);
    writer.varintBytes(message.key);
    writer.varintBytes(message.value);
    writeHeaders(writer, message.headers);
  });
}

function writeHeaders(writer: Writer, headers: Message['headers'] = {}): void {
  writer.varint(countHeaders(headers));
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    for (const one of isList(value) ? value : [value]) {
      writer.varintBytes(name);
      writer.varintBytes(one);
    }
  }
}

const isList = (value: Bytes | undefined | readonly Bytes[]): value is readonly Bytes[] =>
  Array.isArray(value);

function countHeaders(headers: NonNullable<Message['headers']>): number {
  let count = 0;
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    count += isList(value) ? value.length : 1;
  }
  return count;
}

/** Size of a record without the length in front of it. */
function recordBodyBytes(message: Message, timestampDelta: number, offsetDelta: number): number {
  const { key, value, headers = {} } = message;
  let bytes = 1 + varintBytes(timestampDelta) + varintBytes(offsetDelta);
  bytes += prefixedBytes(key) + prefixedBytes(value) + varintBytes(countHeaders(headers));
  for (const name of Object.keys(headers)) {
    const one = headers[name];
    const nameBytes = prefixedBytes(name);
    if (isList(one)) for (const item of one) bytes += nameBytes + prefixedBytes(item);
    else bytes += nameBytes + prefixedBytes(one);
  }
  return bytes;
}

const byteLength = (value: Buffer | string): number =>
  typeof value === 'string' ? Buffer.byteLength(value) : value.length;

function prefixedBytes(value: Bytes | undefined): number {
  if (value === null || value === undefined) return 1;
  const bytes = byteLength(value);
  return varintBytes(bytes) + bytes;
}

const stringBytes = (value: string | null): number => 2 + (value === null ? 0 : Buffer.byteLength(value));

/** Size of a number of 0 or more as a zigzag varint. */
function varintBytes(value: number): number {
  if (value < 0x40) return 1;
  if (value < 0x2000) return 2;
  let bytes = 3;
  for (let rest = value / 0x100000; rest >= 1; rest /= 0x80) bytes += 1;
  return bytes;
}

/** Writes into a buffer of a size that was summed up before. */
class Writer {
  readonly buffer: Buffer;
  offset = 0;

  constructor(bytes: number) {
    this.buffer = Buffer.allocUnsafe(bytes);
  }

  int8(value: number): void {
    this.buffer[this.offset] = value;
    this.offset += 1;
  }

  int16(value: number): void {
    this.offset = this.buffer.writeInt16BE(value, this.offset);
  }

  int32(value: number): void {
    this.offset = this.buffer.writeInt32BE(value, this.offset);
  }

  int64(value: number): void {
    this.bigint64(BigInt(value));
  }

  bigint64(value: bigint): void {
    this.offset = this.buffer.writeBigInt64BE(value, this.offset);
  }

  /** A number of 0 or more as a zigzag varint. */
  varint(value: number): void {
    // Times as large as 2^52 come as a number: no bit operations before it is small.
    let rest = value * 2;
    while (rest > 0x7f) {
      this.buffer[this.offset] = (rest % 0x80) | 0x80;
      this.offset += 1;
      rest = Math.floor(rest / 0x80);
    }
    this.buffer[this.offset] = rest;
    this.offset += 1;
  }

  varintBytes(value: Bytes | undefined): void {
    if (value === null || value === undefined) {
      // -1 in zigzag.
      this.int8(1);
    } else if (typeof value === 'string') {
      this.varint(Buffer.byteLength(value));
      this.offset += this.buffer.write(value, this.offset);
    } else {
      this.varint(value.length);
      this.bytes(value);
    }
  }

  string(value: string | null): void {
    if (value === null) {
      this.int16(-1);
      return;
    }
    this.int16(Buffer.byteLength(value));
    this.offset += this.buffer.write(value, this.offset);
  }

  bytes(value: Buffer): void {
    this.buffer.set(value, this.offset);
    this.offset += value.length;
  }

  /** @throws RangeError where the sizes were not what was written: nothing of it may be sent */
  finished(): Buffer {
    if (this.offset !== this.buffer.length)
      throw new RangeError(`${this.offset} bytes were written where ${this.buffer.length} were announced`);
    return this.buffer;
  }
}
