import { setTimeout as sleep } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { eventHeaders, nextTraceparent, topics } from '@wirefold/contracts';
import { compressionType, createBatchProducer, sendUntilTaken, type Kafka } from '@wirefold/kafka';
import { silentLog } from '@wirefold/pipeline';
import type { Story } from './stories.ts';

const BATCH_STORIES = 200;
const LONGEST_OUTAGE_MS = 300_000;

/**
 * Publishes stories in their order, evenly over some seconds, whatever the broker does: what was not acknowledged is sent
 * again, as a scraper would; the topic may then hold it twice.
 */
export async function publishStories(kafka: Kafka, stories: readonly Story[], overMs: number): Promise<void> {
  const begun = performance.now();
  const producer = createBatchProducer(kafka, silentLog);
  for (let at = 0; at < stories.length; at += BATCH_STORIES) {
    const messages = stories.slice(at, at + BATCH_STORIES).map(messageOf);
    await sendUntilTaken(
      producer,
      { compression: compressionType.zstd, topicMessages: [{ topic: topics.scraped.name, messages }] },
      LONGEST_OUTAGE_MS,
    );
    const due = begun + (overMs * (at + messages.length)) / stories.length;
    await sleep(Math.max(0, due - performance.now()));
  }
  await producer.disconnect();
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
