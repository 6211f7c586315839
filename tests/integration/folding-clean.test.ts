import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { cleanEnvironment, createFullCleanStage } from '@wirefold/clean';
import { documentId, type CleanedArticle, type IngestedArticle } from '@wirefold/contracts';
import { systemClock, type AssembledStage, type Delivery, type Settled } from '@wirefold/pipeline';
import { eventually, testEngines, type TestEngines } from '@wirefold/testing';
import { Redis } from 'ioredis';
import { articleOf } from '../articles.ts';
import { TEXTS, textOf } from '../folding.ts';

/** The clean stage as its service runs it, with a real Redis: what becomes of copies by each policy, and of kills. */
jest.setTimeout(40_000);

type Stage = AssembledStage<IngestedArticle, CleanedArticle>;

let engines: TestEngines;
let admin: Redis;
const left: (() => unknown)[] = [];
let origins = 0;

beforeAll(async () => {
  engines = await testEngines(['redis']);
  admin = new Redis(engines.redisUrl);
}, 60_000);

afterAll(async () => {
  for (const end of left.toReversed()) await end();
  admin?.disconnect();
  await engines?.stop();
});

const prefixOf = () => `test-${randomUUID().slice(0, 8)}`;

async function stageWith(variables: Readonly<Record<string, unknown>>): Promise<Stage> {
  const config = cleanEnvironment.parse({
    REDIS_URL: engines.redisUrl,
    REDIS_PREFIX: prefixOf(),
    ...variables,
  });
  const stage = await createFullCleanStage(config, { clock: systemClock });
  left.push(stage.close);
  return stage;
}

const incoming = (name: string, content: string, fields: Partial<IngestedArticle> = {}) => {
  const uri = `urn:clean:${name}`;
  return articleOf({ id: documentId(uri), uri, content, language: 'en', ...fields });
};

const deliveriesOf = (articles: readonly IngestedArticle[]): Delivery<IngestedArticle>[] =>
  articles.map((article) => ({
    article,
    key: article.uri,
    origin: `t/0/${(origins += 1)}@1`,
    timestampMs: 1,
  }));

/** Handles articles as the service does: what passes or ends is confirmed. */
async function send({ stage }: Stage, ...articles: IngestedArticle[]) {
  const deliveries = deliveriesOf(articles);
  const results = await stage.handle(deliveries, { signal: new AbortController().signal });
  const published = deliveries.filter((_, index) => ['pass', 'drop'].includes(results[index]?.kind ?? ''));
  await stage.confirm?.(published);
  return results;
}

const storyOf = (result: Settled<CleanedArticle> | undefined): CleanedArticle['story'] =>
  result?.kind === 'pass' ? result.output.story : undefined;

it.each([
  ['link', { relation: 'copy', of: 'urn:clean:a', covered: true }],
  ['full', { relation: 'copy', of: 'urn:clean:a' }],
  ['drop', 'folded'],
] as const)('policy %s: a copy of what is published is %j', async (policy, outcome) => {
  const stage = await stageWith({ FOLD_POLICY: policy });
  const text = textOf(300_001);
  const [original] = await send(stage, incoming('a', text));
  expect(storyOf(original)).toMatchObject({ relation: 'original', head: true });
  // With what every publisher puts around it.
  const [copy] = await send(stage, incoming('b', `${text}\n\nShare this article\n\n© 2026 Daily Example`));
  if (typeof outcome === 'string') expect(copy).toEqual({ kind: 'drop', outcome });
  else expect(storyOf(copy)).toMatchObject({ id: documentId('urn:clean:a'), ...outcome });
  if (policy === 'full') expect(storyOf(copy)).not.toHaveProperty('covered');
});

it('drop keeps a copy while nobody knows whether the other one is published, and one that passed before', async () => {
  const stage = await stageWith({ FOLD_POLICY: 'drop' });
  const text = textOf(300_002);
  const [original, copy, edited] = [
    incoming('first', text),
    incoming('second', text),
    incoming('third', `${text} ${textOf(300_003, 3)}`),
  ];
  const unpublished = deliveriesOf([original]);
  await stage.stage.handle(unpublished, { signal: new AbortController().signal });
  expect((await send(stage, copy)).map(({ kind }) => kind)).toEqual(['pass']);
  // It passed: it stays, though the other one is published by now.
  await stage.stage.confirm?.(unpublished);
  expect((await send(stage, copy)).map(({ kind }) => kind)).toEqual(['pass']);
  expect((await send(stage, edited)).map(({ kind }) => kind)).toEqual(['pass']);
  expect((await send(stage, incoming('fourth', text))).map(({ kind }) => kind)).toEqual(['drop']);
  // In one batch.
  const other = textOf(300_004);
  const both = await send(stage, incoming('fifth', other), incoming('sixth', other));
  expect(both.map(({ kind }) => kind)).toEqual(['pass', 'drop']);
});

it('a translation is found, and keeps its text', async () => {
  const stage = await stageWith({});
  await send(stage, incoming('bridge', TEXTS.bridge, { title: TEXTS.title }));
  const [german] = await send(stage, incoming('bruecke', TEXTS.bridgeInGerman, { language: 'de' }));
  expect(german).toMatchObject({
    kind: 'pass',
    output: {
      story: { id: documentId('urn:clean:bridge'), relation: 'translation' },
      body: expect.stringContaining('Hängebrücke'),
    },
  });
  expect(storyOf(german)).not.toHaveProperty('covered');
});

it('a kill wipes what comes behind it of its story, and itself', async () => {
  const stage = await stageWith({});
  const text = textOf(300_005);
  await send(stage, incoming('killed', text));
  const kill = incoming('killed', '', { version: 2, pubStatus: 'canceled' });
  const [tombstone] = await send(stage, kill);
  expect(tombstone).toMatchObject({
    kind: 'pass',
    output: { pubStatus: 'canceled', body: '', title: '', story: { id: documentId('urn:clean:killed') } },
  });
  const [copy] = await send(stage, incoming('copy of it', text));
  expect(copy).toMatchObject({
    kind: 'pass',
    output: { pubStatus: 'canceled', body: '', title: '', story: { killedBy: 'urn:clean:killed', why: [] } },
  });
});

it('another worker finds the same, as they share a memory', async () => {
  const REDIS_PREFIX = prefixOf();
  const [one, other] = [await stageWith({ REDIS_PREFIX }), await stageWith({ REDIS_PREFIX })];
  const text = textOf(300_006);
  const [[first], [second]] = await Promise.all([
    send(one, incoming('here', text)),
    send(other, incoming('there', text)),
  ]);
  const ids = [first, second].map((result) => storyOf(result)?.id);
  expect(new Set(ids).size).toBe(1);
});

it('of what is not confirmed nothing is left after the lease', async () => {
  const REDIS_PREFIX = prefixOf();
  const { stage } = await stageWith({ REDIS_PREFIX, FOLD_LEASE_MS: 1000 });
  const deliveries = deliveriesOf([incoming('unconfirmed', textOf(300_007))]);
  await stage.handle(deliveries, { signal: new AbortController().signal });
  const articles = () => admin.keys(`{${REDIS_PREFIX}:fold:*:article:*`);
  expect(await articles()).toHaveLength(1);
  await eventually('it is forgotten', async () => ((await articles()).length === 0 ? true : undefined));
  await stage.confirm?.(deliveries);
  expect(await articles()).toHaveLength(1);
});

it('a Redis that is away is an outage of the whole batch', async () => {
  const stage = await stageWith({ REDIS_TIMEOUT_MS: 500, REDIS_URL: 'redis://127.0.0.1:1' });
  const results = await send(stage, incoming('x', textOf(300_008)), incoming('y', textOf(300_009)));
  expect(results.map(({ kind }) => kind)).toEqual(['outage', 'outage']);
});
