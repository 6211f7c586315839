import {
  Server,
  type BaseRpcContext,
  type CustomTransportStrategy,
  type MessageHandler,
} from '@nestjs/microservices';
import { stageTopics, deadLetterTopic, topics, type Topic } from '@wirefold/contracts';
import type { Clock, Health, Log, Settled, Stage, StageMetrics } from '@wirefold/pipeline';
import type { Kafka } from 'kafkajs';
import { lastValueFrom } from 'rxjs';
import { createChunkRunner, type Handle } from './chunk-runner.ts';
import { createOutputProducer, type OutputProducer } from './output-producer.ts';
import { StageConsumer } from './stage-consumer.ts';
import { missingTopics } from './topic-admin.ts';

export interface StageServerOptions {
  readonly kafka: Kafka;
  readonly stage: Pick<Stage<unknown, object>, 'name' | 'contract' | 'confirm'>;
  readonly groupId: string;
  readonly concurrency: number;
  readonly chunkMessages: number;
  readonly sessionTimeoutMs: number;
  readonly maxBackoffMs: number;
  readonly stallMs: number;
  readonly drainMs: number;
  /** Number of {@link compressionType}. */
  readonly compression: number;
  readonly metrics: StageMetrics;
  readonly clock: Clock;
  readonly log: Log;
  readonly onFatal: (error: Error) => void;
}

/**
 * Nest transport of a stage: hands batches of checked messages to the one handler of the stage's input topic and takes
 * a result for each. How a chunk is run: {@link createChunkRunner}; how the consumer lives: {@link StageConsumer}.
 */
export class StageServer extends Server implements CustomTransportStrategy, Health {
  override readonly transportId = Symbol('wirefold-kafka');
  readonly #options: StageServerOptions;
  readonly #input: Topic;
  readonly #producer: OutputProducer;
  readonly #handlers = new Map<string, number>();
  #consumer: StageConsumer | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: StageServerOptions) {
    super();
    this.#options = options;
    this.#input = stageTopics[options.stage.name].input;
    this.#producer = createOutputProducer(options.kafka, options.compression, options.log);
  }

  override addHandler(
    pattern: unknown,
    callback: MessageHandler,
    isEventHandler?: boolean,
    extras?: object,
  ): void {
    super.addHandler(pattern, callback, isEventHandler, extras as Record<string, never>);
    const topic = this.normalizePattern(pattern as string);
    this.#handlers.set(topic, (this.#handlers.get(topic) ?? 0) + 1);
  }

  override listen(callback: (error?: unknown) => void): void {
    this.#start().then(() => callback(), callback);
  }

  /** @throws Error where the handlers don't fit the topology, or a topic is missing */
  async #start(): Promise<void> {
    const { kafka, stage, metrics, clock, log } = this.#options;
    const handler = this.#onlyHandler();
    const output = stageTopics[stage.name].output as Topic;
    await requireTopics(kafka, [this.#input, output, topics.indexed, deadLetterTopic(stage.name)]);
    const handle: Handle = async (batch, context) =>
      lastValueFrom(
        this.transformToObservable(await handler(batch, context as unknown as BaseRpcContext)),
      ) as Promise<Settled<object>[]>;
    await this.#producer.connect();
    this.#consumer = new StageConsumer({
      ...this.#options,
      topic: this.#input.name,
      runChunk: createChunkRunner({
        stage,
        input: this.#input,
        output,
        handle,
        producer: this.#producer,
        metrics,
        clock,
      }),
      log,
    });
    await this.#consumer.start();
  }

  #onlyHandler(): MessageHandler {
    const { name } = this.#input;
    const unknown = [...this.#handlers.keys()].filter((topic) => topic !== name);
    if (unknown.length > 0)
      throw new Error(`a handler for ${unknown.join(', ')}, which ${this.#options.stage.name} does not read`);
    const count = this.#handlers.get(name) ?? 0;
    if (count !== 1) throw new Error(`${name} has ${count} handlers; expected exactly one`);
    return this.messageHandlers.get(name) as MessageHandler;
  }

  override close(): Promise<void> {
    this.#closing ??= (async () => {
      await this.#consumer?.stop(this.#options.drainMs);
      await this.#producer.disconnect();
    })();
    return this.#closing;
  }

  /** Name of the topic that the stage reads. */
  get inputTopic(): string {
    return this.#input.name;
  }

  live(): string | undefined {
    return this.#consumer?.live();
  }

  ready(): string | undefined {
    return this.#consumer === undefined ? 'not started' : this.#consumer.ready();
  }

  override on(): never {
    throw new Error('this transport emits no events');
  }

  override unwrap<Client>(): Client {
    return this.#options.kafka as Client;
  }
}

async function requireTopics(kafka: Kafka, wanted: readonly Topic[]): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const missing = await missingTopics(admin, wanted);
    if (missing.length > 0)
      throw new Error(`missing topics: ${missing.join(', ')}; create them with: wirefold topics apply`);
  } finally {
    await admin.disconnect();
  }
}
