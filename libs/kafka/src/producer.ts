import { setTimeout as sleep } from 'node:timers/promises';
import { asError, type Log } from '@wirefold/pipeline';
import type { Kafka, Producer, ProducerBatch, RecordMetadata } from 'kafkajs';
import kafkajs from './kafkajs.ts';

/** Sends batches in order; after a failed one it begins anew. */
export interface BatchProducer {
  readonly connect: () => Promise<void>;
  /**
   * One try, acknowledged by all in-sync replicas.
   *
   * @returns where the first message of each partition was written
   * @throws the broker's error: some messages may have been written, so the batch is to be sent again whole
   */
  readonly send: (batch: Pick<ProducerBatch, 'compression' | 'topicMessages'>) => Promise<RecordMetadata[]>;
  readonly disconnect: () => Promise<void>;
}

/** How long the broker may wait for its replicas. */
const ACKNOWLEDGE_MS = 15_000;

/**
 * An idempotent producer that never sends a part of a batch again by itself: a second try of kafkajs's own leaves a broker out
 * that has answered the first one, so messages of a partition that has moved there meanwhile would be neither sent nor missed.
 * A failed send leaves it with sequence numbers that the broker may not agree with: the next send begins with a new producer.
 *
 * Every producer of Wirefold is one of these.
 */
export function createBatchProducer(kafka: Kafka, log: Pick<Log, 'debug'>): BatchProducer {
  let current: Promise<Producer> | undefined;

  const open = async (): Promise<Producer> => {
    const producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      // Idempotent producers refuse 0 retries; this is none.
      retry: { retries: Number.NaN },
    });
    await producer.connect();
    return producer;
  };
  const discard = async (broken: Promise<Producer> | undefined) => {
    if (broken === current) current = undefined;
    try {
      await (await broken)?.disconnect();
    } catch (error) {
      log.debug({ err: error }, 'a producer did not disconnect');
    }
  };
  // Those who send at the same time share one producer, and each gives up only the one that it used.
  const attempt = async <Result>(use: (producer: Producer) => Promise<Result>): Promise<Result> => {
    const used = (current ??= open());
    try {
      return await use(await used);
    } catch (error) {
      await discard(used);
      throw error;
    }
  };

  return {
    connect: () => attempt(() => Promise.resolve()),
    send: (batch) =>
      attempt((producer) => producer.sendBatch({ ...batch, acks: -1, timeout: ACKNOWLEDGE_MS })),
    disconnect: () => discard(current),
  };
}

/** What the broker or the network said. */
export interface BrokerError extends Error {
  /** As Kafka's protocol names it: MESSAGE_TOO_LARGE. */
  readonly type?: string;
  /** As the operating system names it: ECONNREFUSED. */
  readonly code?: string | number;
  readonly retriable?: boolean;
}

/** kafkajs wraps what a try ended with in what became of its tries: gives what is innermost. */
export function innermostError(thrown: unknown): BrokerError {
  const error = asError(thrown);
  return error.cause instanceof Error ? innermostError(error.cause) : error;
}

const AGAIN_AFTER_MS = 500;

/**
 * Sends a batch until the broker has taken it, so that what was acknowledged is there once at least; messages of a failed try may
 * be there twice.
 *
 * @throws the broker's error, where it says that it will never take the batch, or has not for so long
 */
export async function sendUntilTaken(
  producer: BatchProducer,
  batch: Parameters<BatchProducer['send']>[0],
  withinMs = 30_000,
): Promise<RecordMetadata[]> {
  const until = performance.now() + withinMs;
  for (;;) {
    try {
      return await producer.send(batch);
    } catch (error) {
      if (innermostError(error).retriable === false || performance.now() > until) throw error;
      await sleep(AGAIN_AFTER_MS);
    }
  }
}
