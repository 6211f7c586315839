import { elasticsearchClient } from '@wirefold/article-index';
import { createPublisher, watchReceipts, type Publisher, type ReceiptWatch } from '@wirefold/cli';
import {
  startTestPipeline,
  testEngines,
  testKafka,
  type TestKafka,
  type TestPipeline,
} from '@wirefold/testing';
import { commandLine, type CommandLine } from './command-line.ts';

/** A pipeline, and what publishers, readers and operators have of it. */
export interface PipelineRun {
  readonly kafka: TestKafka;
  readonly pipeline: TestPipeline;
  readonly publisher: Publisher;
  readonly watch: ReceiptWatch;
  readonly elasticsearch: ReturnType<typeof elasticsearchClient>;
  readonly wirefold: CommandLine;
  readonly stop: () => Promise<void>;
}

/** @param environment variables of the services, beside those that a test's always have */
export async function beginRun(environment: Record<string, string> = {}): Promise<PipelineRun> {
  const engines = await testEngines();
  const kafka = await testKafka(engines.kafkaBrokers);
  const pipeline = await startTestPipeline(engines, environment);
  const watch = await watchReceipts(kafka.kafka);
  const publisher = await createPublisher(kafka.kafka, 'zstd');
  const elasticsearch = elasticsearchClient({ urls: [engines.elasticsearchUrl], requestTimeoutMs: 30_000 });
  return {
    kafka,
    pipeline,
    publisher,
    watch,
    elasticsearch,
    wirefold: commandLine(engines, pipeline.prefix),
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
