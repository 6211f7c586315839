import zlib from 'node:zlib';
import kafkajs, { type Kafka } from 'kafkajs';

/** A header as it stands in a record: its name may be any bytes, its value may be absent. */
export type RawHeader = readonly [name: string | Buffer, value: Buffer | null];

/** A record of Kafka's format v2, with headers that no client writes. Format: kafka.apache.org/documentation/#record */
export function rawRecord(
  record: { key: Buffer | null; value: Buffer | null; headers: readonly RawHeader[] },
  offsetDelta = 0,
): Buffer {
  const body = Buffer.concat([
    Buffer.from([0]),
    varint(0),
    varint(offsetDelta),
    ...sized(record.key),
    ...sized(record.value),
    varint(record.headers.length),
    ...record.headers.flatMap(([name, value]) => [...sized(Buffer.from(name as string)), ...sized(value)]),
  ]);
  return Buffer.concat([varint(body.length), body]);
}

const sized = (bytes: Buffer | null): Buffer[] =>
  bytes === null ? [varint(-1)] : [varint(bytes.length), bytes];

/** A zigzag varint. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = ((value << 1) ^ (value >> 31)) >>> 0;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}

export interface PackedBatch {
  /** Number of kafkajs's CompressionTypes. */
  readonly compression: number;
  /** The packed records, whatever is in them. */
  readonly packed: Buffer;
  /** How many records the batch announces. */
  readonly count: number;
  readonly partition?: number;
}

/** Publishes a batch whose packed records are given: kafkajs lets a codec have the last word. */
export async function publishPacked(kafka: Kafka, topic: string, batch: PackedBatch): Promise<void> {
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  const codecs = kafkajs.CompressionCodecs as unknown as Record<number, () => { decompress: unknown }>;
  const factory = codecs[batch.compression];
  if (factory === undefined)
    throw new Error(`no codec ${batch.compression}: make a client of @wirefold/kafka first`);
  codecs[batch.compression] = () => ({ ...factory(), compress: async () => batch.packed });
  try {
    const messages = Array.from({ length: batch.count }, () => ({
      value: null,
      partition: batch.partition ?? 0,
    }));
    await producer.send({ topic, acks: -1, compression: batch.compression, messages });
  } finally {
    codecs[batch.compression] = factory;
    await producer.disconnect();
  }
}

/** Publishes records as they are, in one batch. */
export const publishRecords = (
  kafka: Kafka,
  topic: string,
  records: readonly Buffer[],
  { partition = 0 }: { partition?: number } = {},
): Promise<void> =>
  publishPacked(kafka, topic, {
    compression: kafkajs.CompressionTypes.GZIP,
    packed: zlib.gzipSync(Buffer.concat(records)),
    count: records.length,
    partition,
  });

/** The first of a list that has one. */
export function firstOf<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined) throw new Error('there is none');
  return item;
}
