import { setTimeout as sleep } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { eventHeaders, nextTraceparent, topics } from '@wirefold/contracts';
import { compressionType, type Kafka } from '@wirefold/kafka';
import { Partitioners, type Producer } from 'kafkajs';
import type { Story } from './stories.ts';

const BATCH_STORIES = 200;
const RETRY_MS = 500;

/**
 * Publishes stories in their order, evenly over some seconds, whatever the broker does: what was not acknowledged is sent
 * again, as a scraper would; the topic may then hold it twice.
 */
export async function publishStories(kafka: Kafka, stories: readonly Story[], overMs: number): Promise<void> {
  const begun = performance.now();
  let producer: Producer | undefined;
  for (let at = 0; at < stories.length; at += BATCH_STORIES) {
    const batch = stories.slice(at, at + BATCH_STORIES);
    for (;;) {
      try {
        producer ??= await connect(kafka);
        await producer.send({
          topic: topics.scraped.name,
          acks: -1,
          compression: compressionType.zstd,
          messages: batch.map(messageOf),
        });
        break;
      } catch {
        await producer?.disconnect().catch(() => undefined);
        producer = undefined;
        await sleep(RETRY_MS);
      }
    }
    await sleep(Math.max(0, begun + (overMs * (at + batch.length)) / stories.length - performance.now()));
  }
  await producer?.disconnect();
}

async function connect(kafka: Kafka): Promise<Producer> {
  const producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  return producer;
}

const messageOf = ({ id, key, value }: Story) => ({
  key,
  value,
  headers: {
    ...eventHeaders({
      id,
      source: '/faults',
      type: topics.scraped.eventType,
      time: new Date().toISOString(),
      subject: key,
      traceparent: nextTraceparent(undefined, (digits) => randomBytes(digits / 2).toString('hex')),
    }),
  },
});
