import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Contract, Topic } from '@wirefold/contracts';
import {
  asError,
  Outage,
  type BatchContext,
  type Clock,
  type Delivery,
  type Settled,
  type Stage,
  type StageMetrics,
} from '@wirefold/pipeline';
import type { KafkaMessage } from 'kafkajs';
import type { OutboundContext } from './outbound-messages.ts';
import type { OutputProducer } from './output-producer.ts';
import { planChunk, type Plan, type PlannedRecord } from './plan.ts';
import { readRecord, type Position } from './records.ts';
import { Unconfirmed } from './unconfirmed.ts';

/** Calls the stage's handler, by whatever way the framework has it. */
export type Handle = (
  batch: readonly Delivery<unknown>[],
  context: BatchContext,
) => Promise<Settled<object>[]>;

export interface ChunkRunnerDeps {
  readonly stage: Pick<Stage<unknown, object>, 'name' | 'contract' | 'confirm'>;
  readonly input: Topic;
  readonly output: Topic;
  readonly handle: Handle;
  readonly producer: OutputProducer;
  readonly metrics: StageMetrics;
  readonly clock: Clock;
}

/** How far a chunk came. */
export interface ChunkResult {
  /** So many of its first messages are done: their offsets may be committed. */
  readonly done: number;
  /** Why the next message has to wait. */
  readonly outage: Outage | undefined;
}

/**
 * Runs a chunk of one partition's messages: read by contract, handle, send outputs, receipts and dead letters, confirm.
 * Never throws; what is `done` is safe on the broker.
 */
export function createChunkRunner(deps: ChunkRunnerDeps) {
  const { stage, input, output, producer, metrics, clock } = deps;
  const contract = (stage.contract ?? input.schema) as Contract<unknown>;
  const randomHex = pooledHex();
  const ownTurn = turns();
  const unconfirmed = new Unconfirmed();

  return async (
    position: Position,
    messages: readonly KafkaMessage[],
    context: BatchContext,
  ): Promise<ChunkResult> => {
    await ownTurn();
    const before = unconfirmed.take(position.partition, messages);
    if (before.length === 0) return run(position, messages, context);
    const outage = await confirm(position.partition, before);
    if (outage !== undefined) return { done: 0, outage };
    count(before);
    if (before.length === messages.length) return { done: before.length, outage: undefined };
    const rest = await run(position, messages.slice(before.length), context);
    return { ...rest, done: before.length + rest.done };
  };

  async function run(
    position: Position,
    messages: readonly KafkaMessage[],
    context: BatchContext,
  ): Promise<ChunkResult> {
    const startedAtMs = clock.nowMs();
    const records = messages.map((message) => readRecord(input, contract, position, message));
    const deliveries = records.flatMap(({ delivery }) => (delivery === undefined ? [] : [delivery]));
    const results = deliveries.length === 0 ? [] : await callHandler(deps.handle, deliveries, context);
    if (context.signal.aborted)
      return { done: 0, outage: new Outage('stage', 'ABORTED', 'the process stops') };
    const outbound: OutboundContext = {
      stage: stage.name,
      output,
      position,
      startedAtMs,
      nowMs: clock.nowMs(),
      randomHex,
    };
    const plan = planChunk(records, results, outbound);
    const outage = (await publish(plan)) ?? (await confirm(position.partition, plan.settled));
    if (outage !== undefined) return { done: 0, outage };
    count(plan.settled);
    metrics.chunk(plan.settled.length, (clock.nowMs() - startedAtMs) / 1000);
    return { done: plan.settled.length, outage: plan.outage };
  }

  async function publish(plan: Plan): Promise<Outage | undefined> {
    try {
      await producer.send(plan.settled.flatMap(({ messages }) => messages));
      return undefined;
    } catch (thrown) {
      return outageOf(thrown, 'PUBLISH');
    }
  }

  async function confirm(
    partition: number,
    published: readonly PlannedRecord[],
  ): Promise<Outage | undefined> {
    try {
      await stage.confirm?.(publishedDeliveries(published));
      return undefined;
    } catch (thrown) {
      unconfirmed.keep(partition, published);
      return outageOf(thrown, 'CONFIRM');
    }
  }

  function count(settled: readonly PlannedRecord[]): void {
    const counts = new Map<string, { planned: PlannedRecord; count: number }>();
    for (const planned of settled) {
      const key = `${planned.handled} ${planned.reason ?? ''}`;
      const entry = counts.get(key);
      if (entry === undefined) counts.set(key, { planned, count: 1 });
      else entry.count += 1;
    }
    for (const entry of counts.values())
      metrics.handled(entry.planned.handled, entry.count, entry.planned.reason);
  }
}

async function callHandler(
  handle: Handle,
  deliveries: readonly Delivery<unknown>[],
  context: BatchContext,
): Promise<Settled<object>[]> {
  let error: Error;
  try {
    const results = await handle(deliveries, context);
    if (Array.isArray(results) && results.length === deliveries.length) return results;
    error = new Error(`the handler gave no list of ${deliveries.length} results`);
  } catch (thrown) {
    error = asError(thrown);
  }
  return deliveries.map(() => ({ kind: 'unexpected', error }));
}

const outageOf = (thrown: unknown, code: string): Outage =>
  thrown instanceof Outage ? thrown : new Outage('unknown', code, asError(thrown).message, { cause: thrown });

/** Deliveries whose output or receipt is now on the broker, for the stage to confirm. */
const publishedDeliveries = (settled: readonly PlannedRecord[]): Delivery<unknown>[] =>
  settled.flatMap(({ record, handled }) =>
    record.delivery !== undefined && handled !== 'rejected' && handled !== 'redelivered'
      ? [record.delivery]
      : [],
  );

/**
 * Lets chunks begin one at a time, each in an iteration of the event loop of its own. Those of several partitions arrive at the
 * same moment: they would be read, handled and written side by side, and then all wait for the broker. This way one is on
 * its way to the broker while the next is read.
 */
function turns(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(() => setImmediate());
    return last;
  };
}

const HEX_POOL_BYTES = 32 * 1024;

/** Random hex digits out of a pool: a call to the kernel for each message would cost more than the rest of its headers. */
function pooledHex(): (digits: number) => string {
  let pool = '';
  let used = 0;
  return (digits) => {
    if (pool.length - used < digits) {
      pool = randomBytes(HEX_POOL_BYTES).toString('hex');
      used = 0;
    }
    used += digits;
    return pool.slice(used - digits, used);
  };
}
