/**
 * Stand-ins for the records of a batch that can't be unpacked (broken, or a decompression bomb).
 *
 * kafkajs has no way to say that one batch is bad: it would stop the consumer, or fetch the same batch for ever. So the
 * codec answers with as many records as the batch announces; each has a header that says what was wrong, and the
 * first has the packed bytes as its value, so that they reach the dead letter queue.
 * Record format: kafka.apache.org/documentation/#record (v2).
 */
import { randomUUID } from 'node:crypto';

/** Header of a stand-in; its value says why the batch could not be unpacked. No publisher can know its name. */
export const UNDECODABLE_HEADER = `wirefold-undecodable-${randomUUID()}`;

/** In a record batch, the count of records stands in the four bytes before the packed records. */
const COUNT_BYTES = 4;
const MAX_RECORDS = 1_000_000;

/**
 * @param packed the records as kafkajs slices them out of the batch: the bytes before them are still in the same memory
 * @returns unpacked records in Kafka's format
 */
export function undecodableRecords(packed: Buffer, error: Error): Buffer {
  const count = announcedCount(packed);
  const name = Buffer.from(UNDECODABLE_HEADER);
  const why = Buffer.from(error.message.slice(0, 500));
  const records: Buffer[] = [];
  for (let offsetDelta = 0; offsetDelta < count; offsetDelta += 1) {
    const value = offsetDelta === 0 ? packed : undefined;
    const record = Buffer.concat([
      Buffer.from([0]),
      varint(0),
      varint(offsetDelta),
      varint(-1),
      value === undefined ? varint(-1) : Buffer.concat([varint(value.length), value]),
      varint(1),
      varint(name.length),
      name,
      varint(why.length),
      why,
    ]);
    records.push(varint(record.length), record);
  }
  return Buffer.concat(records);
}

function announcedCount(packed: Buffer): number {
  if (packed.byteOffset < COUNT_BYTES) return 1;
  const count = new DataView(packed.buffer, packed.byteOffset - COUNT_BYTES, COUNT_BYTES).getInt32(0);
  return Math.min(Math.max(count, 1), MAX_RECORDS);
}

/** A zigzag varint, as Kafka and Protocol Buffers write it. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = ((value << 1) ^ (value >> 31)) >>> 0;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}
