import { describe, expect, it } from '@jest/globals';
import { stageTopics, topics } from '@wirefold/contracts';
import { Outage, pass, systemClock, type Delivery, type StageMetrics } from '@wirefold/pipeline';
import type { KafkaMessage } from 'kafkajs';
import { z } from 'zod';
import { createChunkRunner } from './chunk-runner.ts';
import type { Outbound } from './outbound-messages.ts';

const POSITION = { topic: topics.scraped.name, partition: 3 };

const messagesFrom = (first: number, count: number): KafkaMessage[] =>
  Array.from({ length: count }, (_, index) => ({
    key: null,
    value: Buffer.from(JSON.stringify({ uri: `urn:${first + index}` })),
    offset: String(first + index),
    timestamp: '1000',
    attributes: 0,
  })) as unknown as KafkaMessage[];

/** A runner of a stage whose confirmation fails while `redisIsDown`. */
function aRunner() {
  const state = {
    redisIsDown: false,
    handled: [] as string[],
    sent: [] as string[],
    confirmed: [] as string[],
    counted: 0,
  };
  const metrics: StageMetrics = {
    handled: (_result, count) => (state.counted += count),
    chunk: () => {},
    lag: () => {},
    outage: () => {},
    consumerRestarted: () => {},
  };
  const uris = (deliveries: readonly Delivery<unknown>[]) => deliveries.map(({ key }) => key);
  const run = createChunkRunner({
    stage: {
      name: 'ingest',
      contract: z.looseObject({ uri: z.string() }),
      confirm: async (deliveries) => {
        if (state.redisIsDown) throw new Outage('redis', 'READONLY', 'a replica');
        state.confirmed.push(...uris(deliveries));
      },
    },
    ...stageTopics.ingest,
    handle: async (batch) => {
      state.handled.push(...uris(batch));
      return batch.map(({ article }) => pass(article as object));
    },
    producer: {
      connect: async () => {},
      disconnect: async () => {},
      send: async (messages: readonly Outbound[]) => {
        state.sent.push(...messages.map(({ message }) => String(message.key)));
      },
    },
    metrics,
    clock: systemClock,
  });
  const { signal } = new AbortController();
  return { state, run: (messages: KafkaMessage[]) => run(POSITION, messages, { signal }) };
}

const uris = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => `urn:${first + index}`);

describe('a chunk whose confirmation fails', () => {
  it('is not published again: only its confirmation is tried again', async () => {
    const { state, run } = aRunner();
    state.redisIsDown = true;
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const { done, outage } = await run(messagesFrom(10, 4));
      expect({ done, code: outage?.code }).toEqual({ done: 0, code: 'READONLY' });
    }
    state.redisIsDown = false;
    expect(await run(messagesFrom(10, 4))).toEqual({ done: 4, outage: undefined });
    expect(state).toMatchObject({
      handled: uris(10, 4),
      sent: uris(10, 4),
      confirmed: uris(10, 4),
      counted: 4,
    });
  });

  it.each([
    { how: 'with more behind it', counts: [7] },
    { how: 'in smaller chunks', counts: [1, 3, 3] },
  ])('may come again $how', async ({ counts }) => {
    const { state, run } = aRunner();
    state.redisIsDown = true;
    await run(messagesFrom(10, 4));
    state.redisIsDown = false;
    let first = 10;
    for (const count of counts) {
      expect(await run(messagesFrom(first, count))).toEqual({ done: count, outage: undefined });
      first += count;
    }
    expect(state).toMatchObject({
      handled: uris(10, 7),
      sent: uris(10, 7),
      confirmed: uris(10, 7),
      counted: 7,
    });
  });

  it('is handled from the start where the partition goes on elsewhere', async () => {
    const { state, run } = aRunner();
    state.redisIsDown = true;
    await run(messagesFrom(10, 4));
    state.redisIsDown = false;
    await run(messagesFrom(12, 2));
    await run(messagesFrom(10, 2));
    expect(state.handled).toEqual([...uris(10, 4), ...uris(12, 2), ...uris(10, 2)]);
    expect(state.confirmed).toEqual([...uris(12, 2), ...uris(10, 2)]);
  });
});
