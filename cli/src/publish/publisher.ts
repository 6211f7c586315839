import { randomBytes, randomUUID } from 'node:crypto';
import { eventHeaders, nextTraceparent, topics } from '@wirefold/contracts';
import {
  compressionType,
  createBatchProducer,
  partitionOfKey,
  sendUntilTaken,
  topicRanges,
  withAdmin,
  type Kafka,
} from '@wirefold/kafka';
import { silentLog } from '@wirefold/pipeline';

/** A message on its way to the topic of scraped articles. */
export interface Publication {
  readonly uri: string;
  /** The value as bytes: what is published is up to the caller, bad messages included. */
  readonly value: Buffer;
}

/** A published message, by the identity that its receipt will have. */
export interface Published {
  readonly uri: string;
  readonly origin: string;
}

export interface Publisher {
  /**
   * Publishes in order, acknowledged by all in-sync replicas. Where the broker fails meanwhile some may be there twice.
   * @throws Error where the broker has not taken them for half a minute, or refuses them
   */
  readonly publish: (publications: readonly Publication[]) => Promise<Published[]>;
  readonly close: () => Promise<void>;
}

/** A publisher as scrapers are: key is the uri, CloudEvents headers. */
export async function createPublisher(
  kafka: Kafka,
  compression: keyof typeof compressionType,
): Promise<Publisher> {
  const ranges = await withAdmin(kafka, (admin) => topicRanges(admin, topics.scraped.name));
  const producer = createBatchProducer(kafka, silentLog);
  await producer.connect();
  const publishBatch = async (publications: readonly Publication[]): Promise<Published[]> => {
    const timestamp = Date.now();
    const placed = publications.map((publication) => ({
      ...publication,
      partition: partitionOfKey(topics.scraped.name, publication.uri, ranges.length),
    }));
    const messages = placed.map(({ uri, value, partition }) => ({
      key: uri,
      value,
      partition,
      timestamp: String(timestamp),
      headers: { ...scrapedHeaders(uri, timestamp) },
    }));
    const records = await sendUntilTaken(producer, {
      compression: compressionType[compression],
      topicMessages: [{ topic: topics.scraped.name, messages }],
    });
    const next = new Map(records.map(({ partition, baseOffset }) => [partition, BigInt(baseOffset ?? 0)]));
    return placed.map(({ uri, partition }) => {
      const offset = next.get(partition) ?? 0n;
      next.set(partition, offset + 1n);
      return { uri, origin: `${topics.scraped.name}/${partition}/${offset}@${timestamp}` };
    });
  };
  return {
    publish: async (publications) => {
      const published: Published[] = [];
      for (const batch of batches(publications)) published.push(...(await publishBatch(batch)));
      return published;
    },
    close: () => producer.disconnect(),
  };
}

const scrapedHeaders = (uri: string, timestamp: number) =>
  eventHeaders({
    id: randomUUID(),
    source: '/wirefold/cli',
    type: topics.scraped.eventType,
    time: new Date(timestamp).toISOString(),
    subject: uri,
    traceparent: nextTraceparent(undefined, (digits) => randomBytes(digits / 2).toString('hex')),
  });

const BATCH_MESSAGES = 500;
const BATCH_BYTES = 4_000_000;

function* batches(publications: readonly Publication[]): Generator<Publication[]> {
  let batch: Publication[] = [];
  let bytes = 0;
  for (const publication of publications) {
    if (
      batch.length > 0 &&
      (batch.length >= BATCH_MESSAGES || bytes + publication.value.length > BATCH_BYTES)
    ) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(publication);
    bytes += publication.value.length;
  }
  if (batch.length > 0) yield batch;
}
