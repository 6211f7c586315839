import zlib from 'node:zlib';
import type { Topic } from '@wirefold/contracts';
import type { Kafka } from '@wirefold/kafka';
import kafkajs from 'kafkajs';
import { rawRecord } from '../../integration/raw-records.ts';
import type { Packing, PoisonRecord } from './poison.ts';

/** A record whose bytes are made. */
export interface PackedRecord {
  readonly topic: Topic;
  readonly partition: number;
  readonly key: Buffer | null;
  /** What a dead letter of it must hold: the value, or all of it where it can't be unpacked. */
  readonly value: Buffer | null;
  readonly compression: number;
  readonly packed: Buffer;
  readonly timestampMs: number | undefined;
}

/** A record that is on the broker. */
export interface Published {
  /** Place and time, by which the pipeline knows it. */
  readonly origin: string;
  /** When it was sent, milliseconds since 1970. */
  readonly sentAtMs: number;
}

export interface PoisonPublisher {
  /** Publishes a batch of this one record. One at a time. @throws Error where the broker refuses it */
  readonly publish: (record: PackedRecord) => Promise<Published>;
  readonly close: () => Promise<void>;
}

const usual: Packing = {
  compression: kafkajs.CompressionTypes.ZSTD,
  pack: (record) => zlib.zstdCompressSync(record),
};

/** Makes a record's bytes, which takes longer than to send them. */
export async function packRecord(
  place: { readonly topic: Topic; readonly partition: number; readonly uri: string },
  record: PoisonRecord,
  packing = usual,
): Promise<PackedRecord> {
  const { uri, ...where } = place;
  const { key = Buffer.from(uri), value, headers = [], timestampMs } = record;
  const packed = await packing.pack(rawRecord({ key, value, headers }));
  return { ...where, key, value, compression: packing.compression, packed, timestampMs };
}

type Codec = { readonly compress: unknown; readonly decompress?: unknown };

/** Publishes records of which kafkajs would write none like it: it lets a codec have the last word. */
export async function poisonPublisher(kafka: Kafka): Promise<PoisonPublisher> {
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    retry: { retries: 2 },
  });
  await producer.connect();
  const codecs = kafkajs.CompressionCodecs as unknown as Record<number, (() => Codec) | undefined>;
  return {
    publish: async ({ topic, partition, compression, packed, timestampMs }) => {
      const known = codecs[compression];
      codecs[compression] = () => ({ ...known?.(), compress: async () => packed });
      const sentAtMs = Date.now();
      const timestamp = String(timestampMs ?? sentAtMs);
      try {
        const [sent] = await producer.send({
          topic: topic.name,
          acks: -1,
          compression,
          messages: [{ value: null, partition, timestamp }],
        });
        return { origin: `${topic.name}/${partition}/${sent?.baseOffset}@${timestamp}`, sentAtMs };
      } finally {
        codecs[compression] = known;
      }
    },
    close: () => producer.disconnect(),
  };
}
