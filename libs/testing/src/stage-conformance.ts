import { randomUUID } from 'node:crypto';
import {
  deadLetterTopic,
  readHeader,
  stageNames,
  stageTopics,
  topics,
  type StageName,
  type Topic,
} from '@wirefold/contracts';
import type { EngineAddresses, EngineName } from '@wirefold/engines';
import { eventually } from './eventually.ts';
import { sampleEvent, type SampleOptions } from './sample-messages.ts';
import { startServiceProcess, type ServiceProcess } from './service-process.ts';
import { jsonOf, type TappedMessage, type TestKafka, type TestMessage } from './test-kafka.ts';

/** A stage as the conformance suite sees it: what it stands on, beside Kafka. */
export interface StageSubject {
  readonly stage: StageName;
  readonly input: Topic;
  readonly output: Topic;
  /** What a good message is counted as. */
  readonly handled: 'passed' | 'indexed';
  /** The engine that it can't work without, and the variable with its address. */
  readonly dependency?: { readonly engine: Exclude<EngineName, 'kafka'>; readonly variable: string };
  /** Variables of its own; `run` keeps what one run stores apart from another's. */
  readonly environment: (addresses: EngineAddresses, run: string) => Record<string, string>;
}

const own: Record<StageName, Pick<StageSubject, 'dependency' | 'environment'>> = {
  ingest: {
    dependency: { engine: 'redis', variable: 'REDIS_URL' },
    environment: ({ redisUrl }, run) => ({ REDIS_URL: redisUrl, REDIS_PREFIX: run }),
  },
  clean: {
    dependency: { engine: 'redis', variable: 'REDIS_URL' },
    environment: ({ redisUrl }, run) => ({ REDIS_URL: redisUrl, REDIS_PREFIX: run }),
  },
  translate: { environment: () => ({}) },
  enrich: { environment: () => ({}) },
  index: {
    dependency: { engine: 'elasticsearch', variable: 'ELASTICSEARCH_URL' },
    environment: ({ elasticsearchUrl }, run) => ({ ELASTICSEARCH_URL: elasticsearchUrl, INDEX_PREFIX: run }),
  },
};

/** Every stage of the pipeline. */
export const stageSubjects: readonly StageSubject[] = stageNames.map((stage) => ({
  stage,
  input: stageTopics[stage].input as Topic,
  output: stageTopics[stage].output as Topic,
  handled: stage === 'index' ? 'indexed' : 'passed',
  ...own[stage],
}));

/** Engines that a stage needs, Kafka among them. */
export const enginesOf = ({ dependency }: StageSubject): EngineName[] =>
  dependency === undefined ? ['kafka'] : ['kafka', dependency.engine];

/**
 * One run of a stage: a consumer group of its own that begins at the end of the input topic, and articles of its own,
 * so that runs share a broker without seeing each other.
 */
export interface StageRun {
  readonly name: string;
  readonly group: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly uri: (number: number) => string;
  /** A good message about article `number`. */
  readonly good: (number: number, options?: Partial<SampleOptions>) => TestMessage;
  readonly publish: (...messages: TestMessage[]) => Promise<void>;
  readonly start: (more?: Readonly<Record<string, string>>) => Promise<ServiceProcess>;
  /** What the stage passed on, as soon as there is enough of it. */
  readonly outputs: (atLeast: number, withinMs?: number) => Promise<TappedMessage[]>;
  /** Receipts of messages whose way ended in this stage otherwise than by being indexed. */
  readonly receipts: (atLeast: number) => Promise<TappedMessage[]>;
  readonly deadLetters: (atLeast: number) => Promise<TappedMessage[]>;
  /** How many messages of the run are committed. */
  readonly committed: () => Promise<number>;
  /** Resolves when so many are, and no more. */
  readonly untilCommitted: (count: number, withinMs?: number) => Promise<void>;
  /** Takes the group back to where the run began; the group must have no member. */
  readonly rewind: () => Promise<void>;
}

export async function beginStageRun(
  subject: StageSubject,
  addresses: EngineAddresses,
  kafka: TestKafka,
): Promise<StageRun> {
  const { stage, input, output } = subject;
  const name = `c-${stage}-${randomUUID().slice(0, 8)}`;
  const group = `${name}.${stage}`;
  const environment = {
    KAFKA_BROKERS: addresses.kafkaBrokers.join(','),
    CONSUMER_GROUP_PREFIX: name,
    LOG_LEVEL: 'info',
    ...subject.environment(addresses, name),
  };
  const begin = (await kafka.admin.fetchTopicOffsets(input.name)).map(({ partition, high }) => ({
    partition,
    offset: high,
  }));
  const rewind = () => commitOffsets(kafka, group, input.name, begin);
  await rewind();
  const before = begin.reduce((sum, { offset }) => sum + Number(offset), 0);

  const uri = (number: number) => `urn:conformance:${name}:${number}`;
  const ofRun = (message: TappedMessage) =>
    message.key?.toString('utf8').startsWith(uri(0).slice(0, -1)) ?? false;
  const isReceipt = (message: TappedMessage) => jsonOf(message)['outcome'] !== 'indexed';
  const isOutput = (message: TappedMessage) =>
    output.name !== topics.indexed.name || jsonOf(message)['outcome'] === 'indexed';
  const isOfStage = (message: TappedMessage) => jsonOf(message)['stage'] === stage;
  const committed = async () => (await kafka.committed(group, input)) - before;

  return {
    name,
    group,
    environment,
    uri,
    good: (number, options = {}) => sampleEvent(stage, { uri: uri(number), record: number, ...options }),
    publish: (...messages) => kafka.publish(input, ...messages),
    start: (more = {}) => startServiceProcess(stage, { ...environment, ...more }),
    outputs: (atLeast, withinMs) =>
      kafka.messages(output, atLeast, (message) => ofRun(message) && isOutput(message), withinMs),
    receipts: (atLeast) =>
      kafka.messages(
        topics.indexed,
        atLeast,
        (message) => ofRun(message) && isOfStage(message) && isReceipt(message),
      ),
    deadLetters: (atLeast) => kafka.messages(deadLetterTopic(stage), atLeast, ofRun),
    committed,
    untilCommitted: async (count, withinMs) => {
      await eventually(
        `${count} messages of ${group} are committed`,
        async () => ((await committed()) >= count ? true : undefined),
        withinMs,
      );
      const now = await committed();
      if (now !== count) throw new Error(`${now} messages of ${group} are committed; expected ${count}`);
    },
    rewind,
  };
}

/** Sets the offsets of a group without members. (The admin client takes five seconds for it.) */
export async function commitOffsets(
  { kafka }: TestKafka,
  groupId: string,
  topic: string,
  offsets: readonly { readonly partition: number; readonly offset: string }[],
): Promise<void> {
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 10 });
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [topic] });
    await consumer.run({ autoCommit: false, eachBatch: () => Promise.resolve() });
    await consumer.commitOffsets(offsets.map((offset) => ({ topic, ...offset })));
  } finally {
    await consumer.disconnect();
  }
}

/** The ids of events, in order: the same message handled twice has one id twice. */
export const eventIds = (messages: readonly TappedMessage[]): string[] =>
  messages.map(({ headers }) => readHeader(headers, 'ce_id') ?? '');

/** Ends a service the way an orchestrator does; gives its exit code and how long it took. */
export async function terminate(service: {
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly exited: Promise<number | NodeJS.Signals>;
}): Promise<{ readonly code: number | NodeJS.Signals; readonly tookMs: number }> {
  const begunMs = performance.now();
  service.kill('SIGTERM');
  const code = await service.exited;
  return { code, tookMs: performance.now() - begunMs };
}
