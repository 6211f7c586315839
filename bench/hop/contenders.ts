import { stageTopics, type Topic } from '@wirefold/contracts';
import type { ContenderSettings } from './job.ts';

/** One way to do the hop. */
export interface Contender {
  readonly name: string;
  readonly title: string;
  /** Its program, relative to this folder. */
  readonly program: string;
  readonly settings: ContenderSettings;
  readonly input: Topic;
  /** Compression of the input; kafkajs by itself reads none but gzip. */
  readonly inputCompression: 'none' | 'zstd';
  readonly outputTopic: string;
}

const PLAIN = stageTopics.clean;
const PACKED = stageTopics.enrich;

const wirefold = (
  name: string,
  title: string,
  stage: 'clean' | 'enrich',
  compression: 'none' | 'zstd',
): Contender => ({
  name,
  title,
  program: 'contenders/wirefold.ts',
  settings: { stage, compression },
  input: stageTopics[stage].input,
  inputCompression: compression,
  outputTopic: stageTopics[stage].output.name,
});

const other = (name: string, title: string, program: string, concurrency?: number): Contender => ({
  name,
  title,
  program,
  settings: concurrency === undefined ? {} : { concurrency },
  input: PLAIN.input,
  inputCompression: 'none',
  outputTopic: PLAIN.output.name,
});

/** All contenders, in the order of the tables. */
export const contenders: readonly Contender[] = [
  wirefold('wirefold', 'Wirefold, uncompressed', 'clean', 'none'),
  wirefold('wirefold-zstd', 'Wirefold, zstd in and out', 'enrich', 'zstd'),
  other('nest', 'Nest ServerKafka', 'contenders/nest-server-kafka.ts'),
  other('nest-6', 'Nest ServerKafka, 6 partitions at once', 'contenders/nest-server-kafka.ts', 6),
  other('each-batch', 'kafkajs eachBatch', 'contenders/each-batch.ts'),
  other('each-batch-6', 'kafkajs eachBatch, 6 partitions at once', 'contenders/each-batch.ts', 6),
];

/** Topics that are filled before the first round. */
export const inputs = [
  { topic: PLAIN.input, compression: 'none' },
  { topic: PACKED.input, compression: 'zstd' },
] as const;
