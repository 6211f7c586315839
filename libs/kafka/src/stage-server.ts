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
import { watchBrokers, type BrokerWatch } from './broker-watch.ts';
import { createChunkRunner, type Handle } from './chunk-runner.ts';
import { createOutputProducer, type OutputProducer } from './output-producer.ts';
import { settledWithin } from './settled-within.ts';
import { unlessAborted } from './unless-aborted.ts';
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
  readonly #stopped = new AbortController();
  #brokers: BrokerWatch | undefined;
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

  /** @throws Error where the handlers don't fit the topology, a topic is missing, or it is closed while it waits */
  async #start(): Promise<void> {
    const { kafka, stage, metrics, clock, log } = this.#options;
    const handler = this.#onlyHandler();
    const output = stageTopics[stage.name].output as Topic;
    this.#brokers = watchBrokers(kafka, clock, () => this.#consumer?.excuse());
    await this.#untilBrokersAnswer([this.#input, output, topics.indexed, deadLetterTopic(stage.name)]);
    const handle: Handle = async (batch, context) =>
      lastValueFrom(
        this.transformToObservable(await handler(batch, context as unknown as BaseRpcContext)),
      ) as Promise<Settled<object>[]>;
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

  /** Brokers that are not there yet are an outage like any other: it is waited for them. */
  async #untilBrokersAnswer(wanted: readonly Topic[]): Promise<void> {
    const { kafka, clock, log } = this.#options;
    for (;;) {
      try {
        // Brokers that hang answer nothing for half a minute: who is told to stop does not wait for them.
        await unlessAborted(
          this.#stopped.signal,
          requireTopics(kafka, wanted).then(() => this.#producer.connect()),
        );
        return;
      } catch (error) {
        if (error instanceof MissingTopics) throw error;
        this.#stopped.signal.throwIfAborted();
        log.warn({ err: error }, 'Kafka does not answer; waiting for it');
      }
      await clock.sleep(START_RETRY_MS, this.#stopped.signal);
      this.#stopped.signal.throwIfAborted();
    }
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
      this.#stopped.abort(new Error('stopped while it waited for Kafka'));
      await this.#brokers?.stop();
      // What is in hand can't be acknowledged while the brokers are away: it will come again.
      const isAway = this.#brokers?.problem() !== undefined;
      await this.#consumer?.stop(isAway ? 0 : this.#options.drainMs);
      await settledWithin(this.#options.clock, DISCONNECT_MS, this.#producer.disconnect());
    })();
    return this.#closing;
  }

  /** Name of the topic that the stage reads. */
  get inputTopic(): string {
    return this.#input.name;
  }

  live(): string | undefined {
    // A restart would not bring the brokers back.
    return this.#brokers?.problem() === undefined ? this.#consumer?.live() : undefined;
  }

  ready(): string | undefined {
    const problem = this.#brokers?.problem();
    if (problem !== undefined) return `kafka is down: ${problem}`;
    return this.#consumer === undefined ? 'not started' : this.#consumer.ready();
  }

  override on(): never {
    throw new Error('this transport emits no events');
  }

  override unwrap<Client>(): Client {
    return this.#options.kafka as Client;
  }
}

const START_RETRY_MS = 1000;
const DISCONNECT_MS = 1000;

/** Topics of the topology that the brokers don't have; waiting would not make them. */
class MissingTopics extends Error {
  override readonly name = 'MissingTopics';
}

async function requireTopics(kafka: Kafka, wanted: readonly Topic[]): Promise<void> {
  const admin = kafka.admin({ retry: { retries: 1 } });
  try {
    await admin.connect();
    const missing = await missingTopics(admin, wanted);
    if (missing.length > 0)
      throw new MissingTopics(
        `missing topics: ${missing.join(', ')}; create them with: wirefold topics apply`,
      );
  } finally {
    await admin.disconnect();
  }
}
