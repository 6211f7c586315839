import { describe, expect, it } from '@jest/globals';
import type { Clock } from '@wirefold/pipeline';
import type { Kafka } from 'kafkajs';
import { watchBrokers } from './broker-watch.ts';

/** A clock whose sleepers wake up when it is told so. */
function manualClock() {
  const sleepers: { readonly ms: number; readonly wake: () => void }[] = [];
  const clock: Clock = {
    nowMs: () => 0,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        signal?.addEventListener('abort', () => resolve());
        sleepers.push({ ms, wake: resolve });
      }),
  };
  const pass = async (ms: number) => {
    for (const sleeper of sleepers.splice(0)) if (sleeper.ms <= ms) sleeper.wake();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  };
  return { clock, pass };
}

/** Brokers that answer as they are told. */
function brokers() {
  const state = { answer: (): Promise<void> => Promise.resolve(), connections: 0, disconnects: 0 };
  const admin = () => ({
    connect: async () => {
      state.connections += 1;
    },
    describeCluster: () => state.answer(),
    disconnect: async () => {
      state.disconnects += 1;
    },
  });
  return { state, kafka: { admin } as unknown as Kafka };
}

const settled = () =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

describe('watchBrokers', () => {
  it('says what is wrong while the brokers are away, each time, and nothing when they are back', async () => {
    const { clock, pass } = manualClock();
    const { kafka, state } = brokers();
    const down: string[] = [];
    const watch = watchBrokers(kafka, clock, (problem) => down.push(problem));
    await settled();
    expect(watch.problem()).toBeUndefined();

    state.answer = () => Promise.reject(new Error('connect ECONNREFUSED'));
    await pass(2000);
    await pass(2000);
    expect(watch.problem()).toBe('connect ECONNREFUSED');
    expect(down).toEqual(['connect ECONNREFUSED', 'connect ECONNREFUSED']);

    state.answer = () => Promise.resolve();
    await pass(2000);
    expect(watch.problem()).toBeUndefined();
    expect(state.connections).toBe(3);
    await watch.stop();
    expect(state.disconnects).toBe(3);
  });

  it('takes brokers that hang for away', async () => {
    const { clock, pass } = manualClock();
    const { kafka, state } = brokers();
    state.answer = () => new Promise(() => undefined);
    const watch = watchBrokers(kafka, clock, () => undefined);
    await settled();
    expect(watch.problem()).toBeUndefined();
    await pass(3000);
    expect(watch.problem()).toBe('no answer within 3000 ms');
    await watch.stop();
  });

  it('stops while it waits for an answer', async () => {
    const { clock } = manualClock();
    const { kafka, state } = brokers();
    state.answer = () => new Promise(() => undefined);
    const down: string[] = [];
    const watch = watchBrokers(kafka, clock, (problem) => down.push(problem));
    await settled();
    await watch.stop();
    expect(down).toEqual([]);
  });
});
