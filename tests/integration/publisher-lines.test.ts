import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRedisPublisherLines, publisherLineId, type PublisherLines, type Story } from '@wirefold/clean';
import { documentId } from '@wirefold/contracts';
import { systemClock } from '@wirefold/pipeline';
import { connectRedis, type GuardedRedis } from '@wirefold/redis';
import { testEngines, type TestEngines } from '@wirefold/testing';

/** What clean keeps in a real Redis of what publishers repeat; the stage around it is in clean-learning.test.ts. */
const PUBLISHER = 'seeschau.example';
const DAY_MS = 24 * 60 * 60 * 1000;
const closer = publisherLineId('Dieser Text ist zuerst in der Seeschau erschienen.') as string;

let engines: TestEngines;
let redis: GuardedRedis;
let prefix: string;
let nowMs: number;

const openLines = (): PublisherLines =>
  createRedisPublisherLines(redis, { prefix, days: 30, clock: { ...systemClock, nowMs: () => nowMs } });
const keyOf = (publisher: string) => `${prefix}:publisher-lines:${documentId(publisher)}`;
const paragraph = (text: string) => documentId(`paragraph ${text}`).slice(0, 4);

/** Story number so and so. */
const story = (number: number, lines: readonly string[] = [closer], more: Partial<Story> = {}): Story => ({
  publisher: PUBLISHER,
  story: documentId(`story ${number}`).slice(0, 4),
  paragraphs: [paragraph(`of ${number}`)],
  length: 10_000,
  lines: lines.map((id) => ({ id, length: 100 })),
  ...more,
});

/** A line that stands in one story alone. */
const lineOf = (number: number) => publisherLineId(`Only in ${number}`) as string;

/** What a process knows that has read nothing before. */
const readAnew = async (publisher = PUBLISHER) => (await openLines().read([publisher])).get(publisher) ?? [];

const learnEach = async (lines: PublisherLines, stories: readonly Story[]) => {
  for (const one of stories) await lines.learn([one]);
};
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

beforeAll(async () => {
  engines = await testEngines(['redis']);
  redis = await connectRedis({
    REDIS_URL: engines.redisUrl,
    REDIS_CLUSTER: false,
    REDIS_PREFIX: 'test',
    REDIS_TIMEOUT_MS: 5000,
  });
}, 60_000);
beforeEach(() => {
  prefix = `test-${randomUUID().slice(0, 8)}`;
  nowMs = Date.UTC(2026, 5, 1, 12);
});
afterAll(async () => {
  redis?.client.disconnect();
  await engines?.stop();
});

describe("a publisher's lines in Redis", () => {
  it('are known when they stand in four stories, of this publisher alone', async () => {
    const lines = openLines();
    await lines.learn(numbers(1, 3).map((number) => story(number)));
    expect(await readAnew()).toEqual([]);
    await lines.learn([story(4, [closer, lineOf(4)])]);
    expect(await readAnew()).toEqual([
      { id: closer, evidence: 'repeated', stories: numbers(1, 4).map((number) => story(number).story) },
    ]);
    expect(await readAnew('other.example')).toEqual([]);
  });

  it('know the latest five stories', async () => {
    await learnEach(
      openLines(),
      numbers(1, 9).map((number) => story(number)),
    );
    expect((await readAnew())[0]?.stories).toEqual(numbers(5, 9).map((number) => story(number).story));
  });

  it('learn nothing of versions, copies and redelivered messages', async () => {
    const lines = openLines();
    await learnEach(
      lines,
      numbers(1, 10).map((number) => story(1, [closer], { paragraphs: [paragraph(`version ${number}`)] })),
    );
    await learnEach(
      lines,
      numbers(1, 10).map((number) => story(number, [closer], { paragraphs: [paragraph('copy')] })),
    );
    await learnEach(
      lines,
      numbers(1, 10).map(() => story(1)),
    );
    expect(await readAnew()).toEqual([]);
  });

  it('learn nothing of copies that were edited: they have the longest paragraph, or most of the text', async () => {
    const lines = openLines();
    const longer = (number: number) => ({
      paragraphs: [
        paragraph(`added by ${number}`),
        ...numbers(1, number).map((one) => paragraph(`added by ${one}`)),
      ],
    });
    await learnEach(
      lines,
      numbers(1, 10).map((number) => story(number, [closer], longer(number))),
    );
    expect(await readAnew()).toEqual([]);
    const most = numbers(100, 105).map(lineOf);
    await learnEach(
      lines,
      numbers(11, 20).map((number) => story(number, [...most, lineOf(number)], { length: 1100 })),
    );
    expect(await readAnew()).toEqual([]);
    // With half of it they are stories of their own.
    await learnEach(
      lines,
      numbers(21, 24).map((number) => story(number, most, { length: 1200 })),
    );
    expect(await readAnew()).toHaveLength(most.length);
  });

  it('are the same whatever is learned twice', async () => {
    const stories = numbers(1, 5).map((number) => story(number, [closer, lineOf(number)]));
    const lines = openLines();
    await learnEach(lines, stories);
    const before = await redis.client.hgetall(keyOf(PUBLISHER));
    await learnEach(lines, stories);
    await lines.learn(stories.toReversed());
    expect(await redis.client.hgetall(keyOf(PUBLISHER))).toEqual(before);
  });

  it('are known at once to who learned them, and within a minute to others', async () => {
    const [learner, other] = [openLines(), openLines()];
    await learnEach(
      learner,
      numbers(1, 3).map((number) => story(number)),
    );
    for (const lines of [learner, other]) expect((await lines.read([PUBLISHER])).get(PUBLISHER)).toEqual([]);
    await learner.learn([story(4)]);
    expect((await learner.read([PUBLISHER])).get(PUBLISHER)).toHaveLength(1);
    expect((await other.read([PUBLISHER])).get(PUBLISHER)).toEqual([]);
    nowMs += 60_000;
    expect((await other.read([PUBLISHER])).get(PUBLISHER)).toHaveLength(1);
  });

  it('are regular after two days, and fade after thirty', async () => {
    const lines = openLines();
    await learnEach(
      lines,
      numbers(1, 5).map((number) => story(number)),
    );
    nowMs += 2 * DAY_MS;
    await learnEach(
      lines,
      numbers(6, 8).map((number) => story(number)),
    );
    expect(await readAnew()).toMatchObject([{ evidence: 'regular' }]);
    nowMs += 29 * DAY_MS;
    expect(await readAnew()).toEqual([]);
    await learnEach(lines, [story(9)]);
    expect((await readAnew())[0]).toMatchObject({
      evidence: 'regular',
      stories: [6, 7, 8, 9].map((number) => story(number).story),
    });
    nowMs += 40 * DAY_MS;
    await learnEach(
      lines,
      numbers(10, 13).map((number) => story(number)),
    );
    // Begun anew.
    expect(await readAnew()).toMatchObject([{ evidence: 'repeated' }]);
    expect(await redis.client.pttl(keyOf(PUBLISHER))).toBeGreaterThan(29 * DAY_MS);
  });

  it('are forgotten where they are rare', async () => {
    const lines = openLines();
    await learnEach(
      lines,
      numbers(1, 4).map((number) => story(number)),
    );
    await learnEach(
      lines,
      numbers(5, 100).map((number) => story(number, [lineOf(number)])),
    );
    expect(await readAnew()).toEqual([]);
  });
});

describe('memory', () => {
  const fields = () => redis.client.hlen(keyOf(PUBLISHER));

  it('is bounded, and what stands in many stories stays', async () => {
    const lines = openLines();
    for (const number of numbers(1, 60)) {
      const many = numbers(1, 39).map((line) => publisherLineId(`Line ${line} of story ${number}`) as string);
      await lines.learn([story(number, [closer, ...many])]);
      expect(await fields()).toBeLessThanOrEqual(501);
    }
    expect((await readAnew()).map(({ id }) => id)).toEqual([closer]);
  });

  it('stays under 64 KB for the worst that a publisher can send', async () => {
    const lines = openLines();
    for (const number of numbers(1, 5))
      for (const group of numbers(0, 12)) {
        const these = numbers(1, 40).map(
          (line) => publisherLineId(`Line ${group * 40 + line} of all`) as string,
        );
        await lines.learn([story(number, these)]);
      }
    expect(await redis.client.memory('USAGE', keyOf(PUBLISHER))).toBeLessThan(64 * 1024);
    expect(await redis.client.object('ENCODING', keyOf(PUBLISHER))).toMatch(/^(listpack|ziplist)$/);
    // And what of it is used.
    expect((await readAnew()).length).toBeLessThanOrEqual(200);
  });

  it.each([
    ['a text', (key: string) => redis.client.set(key, 'no hash')],
    ['a list', (key: string) => redis.client.rpush(key, '1', '2')],
    ['a count that is none', (key: string) => redis.client.hset(key, 'n', 'many', closer, 'x')],
    ['a count that is too large', (key: string) => redis.client.hset(key, 'n', '99999999999')],
    [
      'too many fields',
      (key: string) =>
        redis.client.hset(key, 'n', '1', ...numbers(1, 700).flatMap((one) => [`f${one}`, 'x'])),
    ],
    [
      'values of other lengths',
      (key: string) =>
        redis.client.hset(
          key,
          'n',
          '1',
          'short',
          'x',
          Buffer.from(closer, 'base64url'),
          Buffer.alloc(500),
          'eightbyt',
          '',
        ),
    ],
  ])('that somebody spoiled is made good: %s', async (_what, spoil) => {
    await spoil(keyOf(PUBLISHER));
    expect(await readAnew()).toEqual([]);
    await learnEach(
      openLines(),
      numbers(1, 4).map((number) => story(number)),
    );
    expect(await readAnew()).toMatchObject([{ id: closer, evidence: 'repeated' }]);
  });
});
