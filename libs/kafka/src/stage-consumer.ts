import {
  asError,
  type BatchContext,
  type Clock,
  type Health,
  type Log,
  type StageMetrics,
} from '@wirefold/pipeline';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { ChunkResult } from './chunk-runner.ts';
import { chunksOf } from './chunks.ts';
import { consumerSettings } from './consumer-settings.ts';
import { OffsetCommits } from './offset-commits.ts';
import { PartitionWaits } from './partition-waits.ts';
import type { Position } from './records.ts';
import { settledWithin } from './settled-within.ts';

export interface StageConsumerOptions {
  readonly kafka: Kafka;
  readonly groupId: string;
  readonly topic: string;
  /** Partitions that are worked on at once. */
  readonly concurrency: number;
  /** Messages of a partition that are handled, sent and acknowledged together. */
  readonly chunkMessages: number;
  readonly sessionTimeoutMs: number;
  /** Longest pause of a partition whose dependency is down. */
  readonly maxBackoffMs: number;
  /** Liveness fails when the poll loop made no progress for so long. */
  readonly stallMs: number;
  readonly runChunk: (
    position: Position,
    messages: readonly KafkaMessage[],
    context: BatchContext,
  ) => Promise<ChunkResult>;
  readonly metrics: StageMetrics;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when the consumer could not be kept running: the process should end with a non-zero code. */
  readonly onFatal: (error: Error) => void;
}

const COMMIT_INTERVAL_MS = 200;
/** A crashed consumer is started again so often, without progress between, before the process gives up. */
const RESTARTS = 20;
const RESTART_PAUSE_MS = 1000;
/** Leaving takes milliseconds, unless the brokers are away: then they would have to find out by themselves anyway. */
const LEAVE_MS = 2500;

/**
 * Keeps one consumer of a group running: chunks of a partition in order, commits after acknowledgement, pauses a
 * partition while a dependency is down, finishes the chunk in hand before it lets go of its partitions, and starts
 * kafkajs's consumer again when it has crashed.
 */
export class StageConsumer implements Health {
  readonly #options: StageConsumerOptions;
  readonly #commits: OffsetCommits;
  readonly #inFlight = new Set<Promise<unknown>>();
  readonly #waits: PartitionWaits;
  #consumer: Consumer | undefined;
  #assigned: readonly number[] | undefined;
  /** Counts joins of the group: what began in an older generation is not committed in a newer one. */
  #generation = 0;
  #rebalance: Error | undefined;
  #aborter = new AbortController();
  #stopping = false;
  #commitDue = false;
  #lastProgressMs: number;
  #restarts = 0;
  #commitTimer: NodeJS.Timeout | undefined;

  constructor(options: StageConsumerOptions) {
    this.#options = options;
    this.#commits = new OffsetCommits(options.topic, options.log, options.clock);
    this.#waits = new PartitionWaits({
      ...options,
      pause: (partitions) => this.#pause(partitions),
      resume: (partitions) => this.#resume(partitions),
    });
    this.#lastProgressMs = options.clock.nowMs();
  }

  async start(): Promise<void> {
    this.#commitTimer = setInterval(() => this.#commitSoon(), COMMIT_INTERVAL_MS);
    await this.#run();
  }

  /** Drains: no new chunk is begun, chunks in hand are finished and committed, then the group is left. */
  async stop(withinMs: number): Promise<void> {
    this.#stopping = true;
    this.#pause();
    this.#waits.stop();
    await settledWithin(this.#options.clock, withinMs, Promise.allSettled(this.#inFlight));
    this.#aborter.abort();
    clearInterval(this.#commitTimer);
    const leave = this.#commits.flush().then(() => this.#consumer?.disconnect());
    await settledWithin(this.#options.clock, LEAVE_MS, leave);
    this.#assigned = undefined;
  }

  /** To be called while the brokers are away: neither the silence nor a crash is the consumer's fault then. */
  excuse(): void {
    this.#progress();
    this.#commits.excuse();
    this.#restarts = 0;
  }

  live(): string | undefined {
    const { clock, stallMs, topic } = this.#options;
    const silentMs = clock.nowMs() - this.#lastProgressMs;
    if (silentMs > stallMs)
      return `the poll loop of ${topic} has made no progress for ${Math.round(silentMs / 1000)} s`;
    const refusedMs = this.#commits.refusedForMs();
    if (refusedMs > stallMs)
      return `no offset of ${topic} could be committed for ${Math.round(refusedMs / 1000)} s`;
    return undefined;
  }

  ready(): string | undefined {
    if (this.#stopping) return 'stopping';
    if (this.#assigned === undefined) return 'has not joined its consumer group';
    const stall = this.live();
    if (stall !== undefined) return stall;
    const outage = this.#waits.outage();
    return outage === undefined ? undefined : `${outage.dependency} is down: ${outage.message}`;
  }

  async #run(): Promise<void> {
    const { kafka, groupId, topic, concurrency, sessionTimeoutMs } = this.#options;
    const consumer = kafka.consumer(consumerSettings(groupId, sessionTimeoutMs));
    this.#consumer = consumer;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) =>
      this.#joined(payload.memberAssignment[topic] ?? []),
    );
    consumer.on(consumer.events.FETCH, () => this.#progress());
    consumer.on(consumer.events.CRASH, ({ payload }) => void this.#restart(payload.error));
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: concurrency,
        eachBatch: (payload) => this.#eachBatch(payload),
      });
    } catch (thrown) {
      await this.#restart(asError(thrown));
    }
  }

  #joined(partitions: readonly number[]): void {
    this.#generation += 1;
    this.#rebalance = undefined;
    this.#commits.forget();
    this.#waits.forget();
    this.#assigned = partitions;
    this.#progress();
    this.#options.log.info({ topic: this.#options.topic, partitions }, 'joined the consumer group');
  }

  async #restart(error: Error): Promise<void> {
    if (this.#stopping) return;
    const { log, clock, metrics, onFatal } = this.#options;
    this.#assigned = undefined;
    this.#restarts += 1;
    if (this.#restarts > RESTARTS) {
      onFatal(new Error(`the consumer crashed ${this.#restarts} times without progress`, { cause: error }));
      return;
    }
    log.warn({ err: error, restart: this.#restarts }, 'the consumer crashed; starting it again');
    metrics.consumerRestarted();
    // Trying to come back is progress: killing the process would not bring the broker back.
    this.#lastProgressMs = clock.nowMs();
    this.#waits.stop();
    await this.#consumer?.disconnect().catch(() => undefined);
    await clock.sleep(RESTART_PAUSE_MS);
    if (!this.#stopping) await this.#run();
  }

  async #eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, heartbeat, isRunning, isStale } = payload;
    const generation = this.#generation;
    const beat = () => heartbeat().catch((error: unknown) => this.#heartbeatFailed(error));
    const beating = setInterval(() => void beat(), 1000);
    try {
      for (const chunk of chunksOf(batch.messages, this.#options.chunkMessages)) {
        if (
          this.#stopping ||
          this.#rebalance ||
          this.#waits.isPaused(batch.partition) ||
          !isRunning() ||
          isStale()
        )
          break;
        const goOn = await this.#track(this.#handleChunk(payload, chunk, generation));
        if (!goOn) return;
      }
      // kafkajs would ask right after this batch, and join anew with other partitions' chunks still in hand.
      await beat();
    } finally {
      clearInterval(beating);
    }
    if (this.#rebalance !== undefined && generation === this.#generation) await this.#letGo(this.#rebalance);
  }

  /** Returns whether the partition is still ours. */
  async #handleChunk(payload: EachBatchPayload, chunk: KafkaMessage[], generation: number): Promise<boolean> {
    const { batch, resolveOffset, commitOffsetsIfNecessary } = payload;
    const { topic, partition } = batch;
    const { done, outage } = await this.#options.runChunk({ topic, partition }, chunk, {
      signal: this.#aborter.signal,
      progress: () => this.#progress(),
    });
    // The partition may be another's by now: then nothing of this is ours to say any more.
    if (generation !== this.#generation) return false;
    const last = chunk[done - 1];
    if (last !== undefined) {
      resolveOffset(last.offset);
      this.#commits.done(partition, last.offset, (offsets) => commitOffsetsIfNecessary(offsets));
      if (this.#commitDue) this.#commit();
      this.#madeProgress(partition, batch.highWatermark, last.offset);
    }
    if (outage !== undefined && !this.#stopping) this.#waits.wait(partition, outage);
    return true;
  }

  /**
   * A commit shares the connection with the fetch of the next messages and holds it up: the best time for it is the moment
   * after a chunk. Where none comes within an interval, it is now.
   */
  #commitSoon(): void {
    if (this.#commitDue) this.#commit();
    else this.#commitDue = true;
  }

  #commit(): void {
    this.#commitDue = false;
    void this.#commits.flush();
  }

  /** Before the group is joined anew, every chunk in hand is finished and committed: nothing is handled twice. */
  async #letGo(rebalance: Error): Promise<never> {
    await Promise.allSettled(this.#inFlight);
    await this.#commits.flush();
    throw rebalance;
  }

  async #track<Result>(work: Promise<Result>): Promise<Result> {
    this.#inFlight.add(work);
    try {
      return await work;
    } finally {
      this.#inFlight.delete(work);
    }
  }

  #heartbeatFailed(thrown: unknown): void {
    const error = asError(thrown) as Error & { type?: string };
    const rejoin = [
      'REBALANCE_IN_PROGRESS',
      'NOT_COORDINATOR_FOR_GROUP',
      'ILLEGAL_GENERATION',
      'UNKNOWN_MEMBER_ID',
    ];
    if (rejoin.includes(error.type ?? '')) this.#rebalance ??= error;
  }

  #madeProgress(partition: number, highWatermark: string, offset: string): void {
    this.#progress();
    this.#restarts = 0;
    this.#waits.over(partition);
    this.#options.metrics.lag(partition, Number(BigInt(highWatermark) - BigInt(offset)) - 1);
  }

  #progress(): void {
    this.#lastProgressMs = this.#options.clock.nowMs();
  }

  #pause(partitions?: number[]): void {
    this.#whileRunning((consumer) =>
      consumer.pause([{ topic: this.#options.topic, ...(partitions && { partitions }) }]),
    );
  }

  #resume(partitions: number[]): void {
    this.#whileRunning((consumer) => consumer.resume([{ topic: this.#options.topic, partitions }]));
  }

  /** kafkajs throws where a consumer has crashed or has not joined yet: then nothing is read that could be paused. */
  #whileRunning(act: (consumer: Consumer) => void): void {
    try {
      if (this.#consumer !== undefined) act(this.#consumer);
    } catch (error) {
      this.#options.log.debug({ err: error }, 'the consumer does not run');
    }
  }
}
