/** Sends messages at a steady rate, each by itself and without waiting for the one before. A process of its own. */
import { createKafka, compressionType } from '@wirefold/kafka';
import { allTopics, type Topic } from '@wirefold/contracts';
import { silentLog } from '@wirefold/pipeline';
import kafkajs from 'kafkajs';
import { createHopMessages, monotonicNs } from './hop-messages.ts';

/** What it is to do, as JSON on its command line. */
export interface PacedJob {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly compression: 'none' | 'zstd';
  readonly messages: number;
  readonly perSecond: number;
  readonly seed: number;
}

const PREPARED_EARLY_MS = 1000;

process.once('disconnect', () => process.exit(1));
const job = JSON.parse(process.argv[2] ?? '') as PacedJob;
const topic = allTopics.find(({ name }) => name === job.topic) as Topic;
const config = { KAFKA_BROKERS: [...job.brokers], KAFKA_TLS: false, KAFKA_COMPRESSION: job.compression };
const producer = createKafka(config, 'bench-paced', silentLog).producer({
  createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
});
await producer.connect();
const message = createHopMessages(job.seed, topic);
const startNs = monotonicNs() + PREPARED_EARLY_MS * 1e6;
const sends: Promise<unknown>[] = [];
let index = 0;

await new Promise<void>((resolve) => {
  const sendDue = () => {
    const due = Math.min(job.messages, Math.floor(((monotonicNs() - startNs) / 1e9) * job.perSecond) + 1);
    for (; index < due; index += 1) {
      const sent = producer.send({
        topic: job.topic,
        compression: compressionType[job.compression],
        messages: [message(index, monotonicNs())],
      });
      sends.push(sent);
    }
    if (index < job.messages) setTimeout(sendDue, 1);
    else resolve();
  };
  sendDue();
});
await Promise.all(sends);
await producer.disconnect();
process.exit(0);
