import { applyIndex, articleIndex, elasticsearchClient } from '@wirefold/article-index';
import { createPublisher, watchReceipts, type Publication, type ReceiptWatch } from '@wirefold/cli';
import {
  startTestPipeline,
  testEngines,
  testKafka,
  type TestKafka,
  type TestPipeline,
} from '@wirefold/testing';
import { commandLine, type CommandLine } from './command-line.ts';

type Client = ReturnType<typeof elasticsearchClient>;

/** A pipeline with what a test of its dead letters needs. */
export interface DeadLetterRun {
  readonly kafka: TestKafka;
  readonly pipeline: TestPipeline;
  readonly watch: ReceiptWatch;
  readonly elasticsearch: Client;
  readonly wirefold: CommandLine;
  /** Publishes and waits until each has ended. @throws Error where one has not */
  readonly publish: (publications: readonly Publication[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const ENDED_WITHIN_MS = 60_000;

export async function beginRun(): Promise<DeadLetterRun> {
  const engines = await testEngines();
  const kafka = await testKafka(engines.kafkaBrokers);
  const pipeline = await startTestPipeline(engines);
  const watch = await watchReceipts(kafka.kafka);
  const publisher = await createPublisher(kafka.kafka, 'zstd');
  const elasticsearch = elasticsearchClient({ urls: [engines.elasticsearchUrl], requestTimeoutMs: 30_000 });
  return {
    kafka,
    pipeline,
    watch,
    elasticsearch,
    wirefold: commandLine(engines, pipeline.prefix),
    publish: async (publications) => {
      const origins = (await publisher.publish(publications)).map(({ origin }) => origin);
      if (!(await watch.wait(origins, ENDED_WITHIN_MS))) throw new Error('a message has no receipt');
    },
    stop: async () => {
      await publisher.close();
      await watch.close();
      await pipeline.stop();
      await elasticsearch.close();
      await kafka.close();
      await engines.stop();
    },
  };
}

/** A dead letter as `dlq list --json` has it. */
export interface ListedLetter {
  readonly id: string;
  readonly offset: number;
  readonly stage: string;
  readonly reason: string;
  readonly uri: string;
  readonly origin: string;
  readonly redrives: number;
  readonly status: string;
}

/** A sound article, which an index that is broken by {@link breakIndex} refuses. */
export const article = (name: string): Publication => ({
  uri: `urn:dlq:${name}`,
  value: Buffer.from(
    JSON.stringify({
      uri: `urn:dlq:${name}`,
      content: `Die Meldung ${name} aus Köln. Sie hat einen zweiten Satz, damit sie ein Text ist.`,
      copyrightNotice: '© Beispiel',
    }),
  ),
});

/** Adds a mapping as an operator may by mistake: what {@link article} says of its copyright is no number. */
export async function breakIndex(client: Client, prefix: string): Promise<void> {
  await client.indices.putMapping({
    index: articleIndex({ prefix }).firstIndex,
    properties: { copyrightNotice: { type: 'long' } },
  });
}

/** Makes the index anew, without the mapping. */
export async function mendIndex(client: Client, prefix: string): Promise<void> {
  await client.indices.delete({ index: articleIndex({ prefix }).firstIndex });
  await applyIndex(client, { prefix });
}

/** @throws Error where the command fails */
export async function listLetters(wirefold: CommandLine, ...options: string[]): Promise<ListedLetter[]> {
  const { code, out, err } = await wirefold('dlq', 'list', '--json', ...options);
  if (code !== 0) throw new Error(`dlq list ended with ${code}: ${err}`);
  return (JSON.parse(out) as { letters: ListedLetter[] }).letters;
}

/** What `status --json` says. */
export const statusOf = async (wirefold: CommandLine) =>
  JSON.parse((await wirefold('status', '--json')).out) as {
    published: number;
    underway: number;
    outcomes: Record<string, number>;
    stages: { stage: string; deadLetters: number }[];
  };
