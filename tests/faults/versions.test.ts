import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { articleIndex, elasticsearchClient, type ArticleDocument } from '@wirefold/article-index';
import { documentId, stageNames, topics, type Receipt } from '@wirefold/contracts';
import { createBatchProducer, sendUntilTaken, type BatchProducer } from '@wirefold/kafka';
import { silentLog } from '@wirefold/pipeline';
import {
  buildServices,
  jsonOf,
  sampleMessage,
  startTestPipeline,
  testEngines,
  testKafka,
  type TestEngines,
  type TestKafka,
  type TestPipeline,
} from '@wirefold/testing';
import { Redis } from 'ioredis';

/** Repeats, old versions and wrong clocks, through the whole pipeline: every outcome, and what is in the index at the end. */
jest.setTimeout(90_000);

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const ARTICLES = 12;

let engines: TestEngines;
let kafka: TestKafka;
let pipeline: TestPipeline;
let elasticsearch: ReturnType<typeof elasticsearchClient>;
let redis: Redis;
let producer: BatchProducer;

beforeAll(async () => {
  await buildServices(stageNames);
  engines = await testEngines();
  kafka = await testKafka(engines.kafkaBrokers);
  pipeline = await startTestPipeline(engines);
  elasticsearch = elasticsearchClient({ urls: [engines.elasticsearchUrl], requestTimeoutMs: 30_000 });
  redis = new Redis(engines.redisUrl);
  producer = createBatchProducer(kafka.kafka, silentLog);
}, 180_000);

afterAll(async () => {
  await producer?.disconnect();
  redis?.disconnect();
  await elasticsearch?.close();
  await pipeline?.stop();
  await kafka?.close();
  await engines?.stop();
}, 60_000);

/** One message about an article, as a scraper publishes it. */
interface Published {
  readonly text: string;
  readonly version?: number;
  readonly versionCreatedMs?: number;
  readonly fetchedMs?: number;
  /** The record's own time, by the scraper's clock. */
  readonly recordMs?: number;
}

const iso = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

const uriOf = (topic: string, article: number) => `urn:versions:${pipeline.prefix}:${topic}:${article}`;

/** Publishes the same messages about each of some articles, all articles in turn, in one request. */
async function publish(topic: string, messages: readonly Published[]): Promise<void> {
  const records = messages.flatMap(({ text, version, versionCreatedMs, fetchedMs, recordMs }) =>
    Array.from({ length: ARTICLES }, (_, article) => {
      const uri = uriOf(topic, article);
      const { content } = sampleMessage('ingest', { uri }) as { content: string };
      const value = sampleMessage('ingest', {
        uri,
        fields: {
          title: text,
          content: `${content}\n\n${text}`,
          version,
          versionCreated: iso(versionCreatedMs),
          fetchedAt: iso(fetchedMs),
        },
      });
      return {
        key: uri,
        value: JSON.stringify(value),
        ...(recordMs === undefined ? {} : { timestamp: String(recordMs) }),
      };
    }),
  );
  await sendUntilTaken(producer, { topicMessages: [{ topic: topics.scraped.name, messages: records }] });
}

/** Outcomes of an article's messages in the order they were published; each has exactly one. */
async function outcomesOf(topic: string, count: number): Promise<string[][]> {
  const uris = new Set(Array.from({ length: ARTICLES }, (_, article) => uriOf(topic, article)));
  const receipts = await kafka.messages(
    topics.indexed,
    count * ARTICLES,
    ({ key }) => uris.has(key?.toString('utf8') ?? ''),
    60_000,
  );
  const offset = ({ origin }: Receipt) => Number(/\/(\d+)@/.exec(origin)?.[1]);
  const all = receipts.map((message) => jsonOf<Receipt>(message));
  expect(new Set(all.map(({ origin }) => origin)).size).toBe(count * ARTICLES);
  return [...uris].map((uri) =>
    all
      .filter((one) => one.uri === uri)
      .toSorted((one, other) => offset(one) - offset(other))
      .map(({ outcome }) => outcome),
  );
}

async function expectOutcomes(topic: string, expected: readonly string[]): Promise<void> {
  const outcomes = await outcomesOf(topic, expected.length);
  expect(outcomes).toEqual(outcomes.map(() => [...expected]));
}

/** Each article has one document, and it is this one. */
async function expectIndexed(topic: string, text: string): Promise<void> {
  const { firstIndex } = articleIndex({ prefix: pipeline.prefix });
  await elasticsearch.indices.refresh({ index: firstIndex });
  const ids = Array.from({ length: ARTICLES }, (_, article) => documentId(uriOf(topic, article)));
  const found = await elasticsearch.search<ArticleDocument>({
    index: firstIndex,
    size: 1000,
    query: { ids: { values: ids } },
  });
  expect(found.hits.hits.map(({ _source }) => _source?.title.de)).toEqual(ids.map(() => text));
}

const repeat = <One>(count: number, one: One): One[] => Array.from({ length: count }, () => one);

describe('of the same article', () => {
  it('ten copies are one document', async () => {
    const createdMs = Date.UTC(2026, 2, 1);
    await publish('copies', repeat(10, { text: 'Einmal', version: 1, versionCreatedMs: createdMs }));
    await expectOutcomes('copies', ['indexed', ...repeat(9, 'unchanged')]);
    await expectIndexed('copies', 'Einmal');
  });

  it('ten copies without a number, scraped at ten times, are one document', async () => {
    const fetchedMs = Date.UTC(2026, 2, 1);
    await publish(
      'scrapes',
      Array.from({ length: 10 }, (_, hour) => ({ text: 'Einmal', fetchedMs: fetchedMs + hour * HOUR_MS })),
    );
    await expectOutcomes('scrapes', ['indexed', ...repeat(9, 'unchanged')]);
    await expectIndexed('scrapes', 'Einmal');
  });

  it.each([
    ['numbers', (version: number) => ({ version })],
    ['times', (version: number) => ({ versionCreatedMs: Date.UTC(2026, 2, 1) + version * 1000 })],
    ['scrapes', (version: number) => ({ fetchedMs: Date.UTC(2026, 2, 1) + version * 1000 })],
  ])('versions that come in reverse are stale, by their %s', async (by, order) => {
    const versions = Array.from({ length: 10 }, (_, position) => 10 - position);
    await publish(
      `reverse-${by}`,
      versions.map((version) => ({ text: `Fassung ${version}`, ...order(version) })),
    );
    await expectOutcomes(`reverse-${by}`, ['indexed', ...repeat(9, 'stale')]);
    await expectIndexed(`reverse-${by}`, 'Fassung 10');
  });

  it('an old version is refused by the index where ingest has forgotten the newer one', async () => {
    const at = (version: number) => ({
      text: `Fassung ${version}`,
      version,
      versionCreatedMs: Date.UTC(2026, 2, version),
    });
    await publish('forgotten', [at(5)]);
    await outcomesOf('forgotten', 1);
    const keys = await redis.keys(`${pipeline.prefix}:version:*`);
    expect(keys.length).toBeGreaterThanOrEqual(ARTICLES);
    await redis.del(...keys);
    await publish('forgotten', [at(3), at(4), at(5), at(6), at(2)]);
    await expectOutcomes('forgotten', ['indexed', 'stale', 'stale', 'indexed', 'indexed', 'stale']);
    await expectIndexed('forgotten', 'Fassung 6');
  });
});

describe('with a clock that is a day off', () => {
  const nowMs = Math.floor(Date.now() / 1000) * 1000;

  it('in the time of the version: the number decides', async () => {
    await publish('version-clock', [
      { text: 'Erste', version: 1, versionCreatedMs: nowMs + DAY_MS },
      { text: 'Zweite', version: 2, versionCreatedMs: nowMs },
      { text: 'Dritte', version: 3, versionCreatedMs: nowMs - DAY_MS },
    ]);
    await expectOutcomes('version-clock', ['indexed', 'indexed', 'indexed']);
    await expectIndexed('version-clock', 'Dritte');
  });

  it('in the time of scraping: what claims to be older is stale, and its copy is unchanged', async () => {
    await publish('fetch-clock', [
      { text: 'Heute', fetchedMs: nowMs },
      { text: 'Gestern', fetchedMs: nowMs - DAY_MS },
      { text: 'Heute', fetchedMs: nowMs - DAY_MS },
      { text: 'Morgen', fetchedMs: nowMs + DAY_MS },
      { text: 'Später', fetchedMs: nowMs + HOUR_MS },
      { text: 'Übermorgen', fetchedMs: nowMs + 2 * DAY_MS },
    ]);
    await expectOutcomes('fetch-clock', ['indexed', 'stale', 'unchanged', 'indexed', 'stale', 'indexed']);
    await expectIndexed('fetch-clock', 'Übermorgen');
  });

  it('in the record, where the message has no time itself', async () => {
    await publish('record-clock', [
      { text: 'Gestern', recordMs: nowMs - DAY_MS },
      { text: 'Heute', recordMs: nowMs },
      { text: 'Von gestern', recordMs: nowMs - DAY_MS },
      { text: 'Heute', recordMs: nowMs - DAY_MS },
    ]);
    await expectOutcomes('record-clock', ['indexed', 'indexed', 'stale', 'unchanged']);
    await expectIndexed('record-clock', 'Heute');
  });

  it('in the record, where the message has a number: the record does not matter', async () => {
    await publish('record-number', [
      { text: 'Erste', version: 1, fetchedMs: nowMs, recordMs: nowMs },
      { text: 'Zweite', version: 2, fetchedMs: nowMs, recordMs: nowMs - DAY_MS },
      { text: 'Zweite', version: 2, fetchedMs: nowMs, recordMs: nowMs },
    ]);
    await expectOutcomes('record-number', ['indexed', 'indexed', 'unchanged']);
    await expectIndexed('record-number', 'Zweite');
  });

  it('ahead, a scraper is told so by the broker, and nothing is taken', async () => {
    const ahead = publish('ahead', [{ text: 'Morgen', recordMs: nowMs + DAY_MS }]);
    await expect(ahead).rejects.toThrow(/timestamp/i);
    const isAhead = ({ key }: { key: Buffer | null }) => key?.toString('utf8').includes(':ahead:') ?? false;
    expect(await kafka.messages(topics.scraped, 0, isAhead)).toEqual([]);
  });
});

it('nothing of all this is a dead letter', async () => {
  for (const stage of stageNames) expect(await kafka.messages(`${stage}.dlq.v1`, 0)).toEqual([]);
});
