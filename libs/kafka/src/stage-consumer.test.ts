import { afterEach, describe, expect, it } from '@jest/globals';
import { Outage, silentLog, systemClock, type StageMetrics } from '@wirefold/pipeline';
import type { EachBatchHandler, Kafka, KafkaMessage, OffsetsByTopicPartition } from 'kafkajs';
import type { ChunkResult } from './chunk-runner.ts';
import { StageConsumer, type StageConsumerOptions } from './stage-consumer.ts';

const TOPIC = 'news';

/** kafkajs's consumer, as far as {@link StageConsumer} leans on it; like kafkajs's, it throws where it does not run. */
class FakeConsumer {
  readonly events = { GROUP_JOIN: 'join', FETCH: 'fetch', CRASH: 'crash' };
  readonly listeners = new Map<string, (event: { payload: unknown }) => void>();
  readonly calls: string[] = [];
  readonly committed: Record<number, string>[] = [];
  readonly resolved: string[] = [];
  eachBatch: EachBatchHandler | undefined;
  failConnect: Error | undefined;
  failHeartbeat: Error | undefined;

  on(event: string, listener: (event: { payload: unknown }) => void): void {
    this.listeners.set(event, listener);
  }
  emit(event: string, payload: unknown): void {
    this.listeners.get(event)?.({ payload });
  }
  async connect(): Promise<void> {
    if (this.failConnect) throw this.failConnect;
  }
  async subscribe(): Promise<void> {}
  async run({ eachBatch }: { eachBatch: EachBatchHandler }): Promise<void> {
    this.eachBatch = eachBatch;
    this.emit('join', { memberAssignment: { [TOPIC]: [0, 1] } });
  }
  async disconnect(): Promise<void> {
    this.calls.push('disconnect');
    this.eachBatch = undefined;
  }
  #record(name: string, [{ partitions }]: [{ partitions?: number[] }]): void {
    if (this.eachBatch === undefined) throw new Error('Consumer group was not initialized');
    this.calls.push(`${name} ${partitions?.join() ?? 'all'}`);
  }
  pause(topics: [{ partitions?: number[] }]): void {
    this.#record('pause', topics);
  }
  resume(topics: [{ partitions?: number[] }]): void {
    this.#record('resume', topics);
  }

  /** Hands over a batch, as kafkajs does. */
  batch(partition: number, ...offsets: number[]): Promise<void> {
    const messages = offsets.map((offset) => ({ offset: String(offset) })) as KafkaMessage[];
    const { eachBatch } = this;
    if (eachBatch === undefined) throw new Error('it does not run');
    return eachBatch({
      batch: { topic: TOPIC, partition, highWatermark: '100', messages },
      heartbeat: async () => {
        if (this.failHeartbeat) throw this.failHeartbeat;
      },
      isRunning: () => true,
      isStale: () => false,
      resolveOffset: (offset: string) => this.resolved.push(offset),
      commitOffsetsIfNecessary: async ({ topics }: OffsetsByTopicPartition) => {
        const partitions = topics[0]?.partitions ?? [];
        this.committed.push(Object.fromEntries(partitions.map((one) => [one.partition, one.offset])));
      },
    } as never);
  }
}

const started: StageConsumer[] = [];
afterEach(async () => {
  for (const consumer of started.splice(0)) await consumer.stop(0);
});

async function start(
  runChunk: (partition: number, offsets: number[], signal: AbortSignal) => ChunkResult | Promise<ChunkResult>,
  more: Partial<StageConsumerOptions> = {},
) {
  const fakes: FakeConsumer[] = [];
  const seen = {
    fatal: [] as Error[],
    lag: [] as [number, number][],
    outages: [] as [string, number][],
    restarts: 0,
  };
  const prepare = { next: (_fake: FakeConsumer): void => {} };
  const kafka = {
    consumer: () => {
      const fake = new FakeConsumer();
      prepare.next(fake);
      fakes.push(fake);
      return fake;
    },
  } as unknown as Kafka;
  const metrics: StageMetrics = {
    handled: () => {},
    chunk: () => {},
    lag: (partition, messages) => seen.lag.push([partition, messages]),
    outage: (dependency, partitions) => seen.outages.push([dependency, partitions]),
    consumerRestarted: () => (seen.restarts += 1),
  };
  const consumer = new StageConsumer({
    kafka,
    groupId: 'g',
    topic: TOPIC,
    concurrency: 2,
    chunkMessages: 2,
    sessionTimeoutMs: 30_000,
    maxBackoffMs: 400,
    stallMs: 1000,
    runChunk: async ({ partition }, messages, { signal }) =>
      runChunk(
        partition,
        messages.map(({ offset }) => Number(offset)),
        signal,
      ),
    metrics,
    clock: { ...systemClock, sleep: async (ms, signal) => systemClock.sleep(Math.min(ms, 5), signal) },
    log: silentLog,
    onFatal: (error) => seen.fatal.push(error),
    ...more,
  });
  started.push(consumer);
  await consumer.start();
  const fake = (index: number) => fakes.at(index) as FakeConsumer;
  return { consumer, fakes, fake, seen, prepare };
}

const all = (_partition: number, offsets: number[]): ChunkResult => ({
  done: offsets.length,
  outage: undefined,
});
const outage = new Outage('redis', 'ECONNREFUSED', 'away');
const sleep = (ms: number) => systemClock.sleep(ms);

describe('StageConsumer', () => {
  it('runs a batch in chunks, in order, and commits what is done', async () => {
    const chunks: number[][] = [];
    const { fake, consumer, seen } = await start((partition, offsets) => {
      chunks.push(offsets);
      return all(partition, offsets);
    });
    expect(consumer.ready()).toBeUndefined();
    await fake(0).batch(0, 5, 6, 7, 8, 9);
    expect(chunks).toEqual([[5, 6], [7, 8], [9]]);
    expect(fake(0).resolved).toEqual(['6', '8', '9']);
    expect(seen.lag.at(-1)).toEqual([0, 90]);
    await consumer.stop(0);
    expect(fake(0).committed.at(-1)).toEqual({ 0: '10' });
    expect(fake(0).calls.at(-1)).toBe('disconnect');
  });

  it('pauses a partition whose dependency is down, longer each time, and goes on after it', async () => {
    let down = true;
    const { fake, consumer, seen } = await start((_partition, offsets) =>
      down ? { done: 1, outage } : { done: offsets.length, outage: undefined },
    );
    await fake(0).batch(1, 1, 2, 3, 4);
    expect(fake(0).resolved).toEqual(['1']);
    expect(fake(0).calls).toEqual(['pause 1']);
    expect(consumer.ready()).toMatch(/redis is down: away/);
    expect(seen.outages.at(-1)).toEqual(['redis', 1]);
    await fake(0).batch(0, 1);
    await sleep(330);
    expect(fake(0).calls).toContain('resume 1');
    down = false;
    await fake(0).batch(1, 2, 3, 4);
    await fake(0).batch(0, 2);
    expect(fake(0).resolved.slice(-3)).toEqual(['3', '4', '2']);
    expect(consumer.ready()).toBeUndefined();
    expect(seen.outages.at(-1)).toEqual(['redis', 0]);
  });

  it('outlives a pause that ends while kafkajs is not running', async () => {
    const errors: unknown[] = [];
    const note = (error: unknown) => errors.push(error);
    process.on('uncaughtException', note);
    try {
      const { fake, fakes, prepare } = await start(() => ({ done: 0, outage }));
      await fake(0).batch(0, 1);
      prepare.next = (next) => (next.failConnect = new Error('no broker'));
      fake(0).eachBatch = undefined;
      fake(0).emit('crash', { error: new Error('connection lost') });
      await sleep(450);
      expect(fakes.length).toBeGreaterThan(2);
      expect(errors).toEqual([]);
    } finally {
      process.off('uncaughtException', note);
    }
  });

  it('starts a crashed consumer again, and gives up when that never helps', async () => {
    const { fake, fakes, seen, prepare, consumer } = await start(all);
    fake(0).emit('crash', { error: new Error('once') });
    expect(consumer.ready()).toMatch(/not joined/);
    await sleep(30);
    expect(consumer.ready()).toBeUndefined();
    await fake(1).batch(0, 1);
    prepare.next = (next) => (next.failConnect = new Error('for ever'));
    fake(1).emit('crash', { error: new Error('again') });
    for (let tries = 0; seen.fatal.length === 0 && tries < 100; tries += 1) await sleep(20);
    expect(seen.fatal).toHaveLength(1);
    expect(seen.fatal[0]?.cause).toMatchObject({ message: 'for ever' });
    expect(fakes).toHaveLength(22);
    expect(seen.restarts).toBe(21);
  });

  it('stops cleanly while it is crashed', async () => {
    const { fake, fakes, consumer } = await start(all);
    fake(0).eachBatch = undefined;
    fake(0).emit('crash', { error: new Error('once') });
    await expect(consumer.stop(10)).resolves.toBeUndefined();
    await sleep(30);
    expect(fakes).toHaveLength(1);
    expect(consumer.ready()).toBe('stopping');
  });

  it('finishes the chunk in hand on stop, and begins no other', async () => {
    const chunk = Promise.withResolvers<ChunkResult>();
    const seen: number[][] = [];
    const { fake, consumer } = await start(
      (_partition, offsets) => {
        seen.push(offsets);
        return chunk.promise;
      },
      { clock: systemClock },
    );
    const batch = fake(0).batch(0, 1, 2, 3, 4);
    const stopped = consumer.stop(5000);
    chunk.resolve({ done: 2, outage: undefined });
    await Promise.all([batch, stopped]);
    expect(seen).toEqual([[1, 2]]);
    expect(fake(0).committed).toEqual([{ 0: '3' }]);
  });

  it('gives up a chunk that takes longer than the time to drain', async () => {
    const { fake, consumer } = await start(
      (_partition, _offsets, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () =>
            resolve({ done: 0, outage: new Outage('stage', 'ABORTED', '') }),
          );
        }),
    );
    const batch = fake(0).batch(0, 1);
    await consumer.stop(10);
    await batch;
    expect(fake(0).committed).toEqual([]);
  });

  it('finishes and commits all chunks in hand before it joins its group anew', async () => {
    const chunks = [Promise.withResolvers<ChunkResult>(), Promise.withResolvers<ChunkResult>()];
    const { fake } = await start(
      (partition) => (chunks[partition] as PromiseWithResolvers<ChunkResult>).promise,
    );
    const rebalance = Object.assign(new Error('rebalance'), { type: 'REBALANCE_IN_PROGRESS' });
    const [one, other] = [fake(0).batch(0, 1, 2, 3), fake(0).batch(1, 11)];
    fake(0).failHeartbeat = rebalance;
    chunks[0]?.resolve({ done: 2, outage: undefined });
    const early = await Promise.race([sleep(1500).then(() => 'waits'), one.catch(() => 'joins')]);
    expect(early).toBe('waits');
    chunks[1]?.resolve({ done: 1, outage: undefined });
    await expect(one).rejects.toBe(rebalance);
    await expect(other).rejects.toBe(rebalance);
    expect(Object.assign({}, ...fake(0).committed)).toEqual({ 0: '3', 1: '12' });
  });

  it('says nothing about what began before the group was joined anew', async () => {
    const chunk = Promise.withResolvers<ChunkResult>();
    const { fake, consumer } = await start(() => chunk.promise);
    const batch = fake(0).batch(0, 1, 2);
    fake(0).emit('join', { memberAssignment: { [TOPIC]: [1] } });
    chunk.resolve({ done: 2, outage });
    await batch;
    await consumer.stop(0);
    expect(fake(0).resolved).toEqual([]);
    expect(fake(0).committed).toEqual([]);
  });

  it('is alive while a long chunk makes progress', async () => {
    let nowMs = 0;
    const { promise: finished, resolve: finish } = Promise.withResolvers<ChunkResult>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<() => void>();
    const { consumer, fake } = await start(all, {
      clock: { ...systemClock, nowMs: () => nowMs },
      runChunk: (_position, _messages, { progress }) => {
        begin(progress ?? (() => undefined));
        return finished;
      },
    });
    const batch = fake(0).batch(0, 1, 2);
    const progress = await begun;
    nowMs = 1500;
    expect(consumer.live()).toMatch(/no progress/);
    progress();
    expect(consumer.live()).toBeUndefined();
    finish({ done: 2, outage: undefined });
    await batch;
  });

  it('is not alive when the poll loop stands still', async () => {
    let nowMs = 0;
    const { fake, consumer } = await start(all, { clock: { ...systemClock, nowMs: () => nowMs } });
    nowMs = 1001;
    expect(consumer.live()).toMatch(/no progress for 1 s/);
    expect(consumer.ready()).toMatch(/no progress/);
    fake(0).emit('fetch', {});
    expect(consumer.live()).toBeUndefined();
  });
});
