import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { articleIndex, searchArticles, type ArticleHits } from '@wirefold/article-index';
import { demoMessages, type Publication, type Publisher, type ReceiptWatch } from '@wirefold/cli';
import { documentId, limits, type Outcome, type Receipt } from '@wirefold/contracts';
import { eventually, repositoryRoot, type TestKafka, type TestPipeline } from '@wirefold/testing';
import { beginRun, type PipelineRun } from './pipeline-run.ts';

const SEED = join(repositoryRoot, '../shared/data/seed/article.de.txt');
const hasSeed = existsSync(SEED);

let run: PipelineRun;
let kafka: TestKafka;
let pipeline: TestPipeline;
let publisher: Publisher;
let watch: ReceiptWatch;
let elasticsearch: PipelineRun['elasticsearch'];

beforeAll(async () => {
  // A killed process keeps its partitions until its session times out.
  run = await beginRun({ SESSION_TIMEOUT_MS: '6000' });
  ({ kafka, pipeline, publisher, watch, elasticsearch } = run);
}, 120_000);

afterAll(() => run?.stop(), 60_000);

const article = (fields: object): Publication => ({
  uri: String((fields as { uri?: unknown }).uri ?? ''),
  value: Buffer.from(JSON.stringify(fields)),
});

/** Publishes, waits, and gives the receipt of each message, in order. */
async function receiptsOf(publications: readonly Publication[], withinMs = 60_000): Promise<Receipt[]> {
  const published = await publisher.publish(publications);
  const origins = published.map(({ origin }) => origin);
  const all = await watch.wait(origins, withinMs);
  const receipts = origins.map((origin) => watch.received.get(origin));
  if (!all)
    throw new Error(
      `no receipt for ${published
        .filter((_one, index) => receipts[index] === undefined)
        .map(({ uri }) => uri)
        .join(', ')}`,
    );
  return receipts as Receipt[];
}

const search = (words: string): Promise<ArticleHits> =>
  eventually(`an article with ${words}`, async () => {
    const found = await searchArticles(elasticsearch, { words }, { prefix: pipeline.prefix });
    return found.total > 0 ? found : undefined;
  });

async function documentOf(uri: string): Promise<Record<string, unknown>> {
  const answer = await elasticsearch.get({
    index: articleIndex({ prefix: pipeline.prefix }).writeAlias,
    id: documentId(uri),
  });
  return answer._source as Record<string, unknown>;
}

describe('the pipeline, from publish to search', () => {
  (hasSeed ? it : it.skip)(
    'finds the seed article in German, with its residue cut and labelled',
    async () => {
      const uri = 'https://news.example/kosmodrom';
      const content = readFileSync(SEED, 'utf8');
      const [receipt] = await receiptsOf([article({ uri, content, language: 'de' })]);
      expect(receipt).toMatchObject({
        outcome: 'indexed',
        stage: 'index',
        uri,
        id: documentId(uri),
        language: 'de',
      });
      expect(receipt?.steps.map(({ stage }) => stage)).toEqual([
        'ingest',
        'clean',
        'translate',
        'enrich',
        'index',
      ]);

      // By another form of the word than the text has: the German analyzer is at work.
      const found = await search('Raketenabschuss Militärübung');
      expect(found.hits.map((hit) => hit.uri)).toEqual([uri]);

      const { body, residue } = (await documentOf(uri)) as {
        body: { de: string };
        residue: Record<string, string[]>;
      };
      for (const cut of ['Minh Duc', '[Anzeige_2]', 'Kommentar (0)', 'Quelle'])
        expect(body.de).not.toContain(cut);
      expect(body.de).toContain('In einem Kommentar zur Tagesordnung');
      expect(body.de).toMatch(/antwortete er\.$/);
      expect(Object.keys(residue).toSorted()).toEqual(['advert', 'byline', 'caption', 'comments', 'source']);
    },
    60_000,
  );
  if (!hasSeed) process.stderr.write('the seed article is not there (../shared): its test is skipped\n');

  it('ends every sample story as it should', async () => {
    const messages = demoMessages(join(repositoryRoot, 'cli/stories'));
    const receipts = await receiptsOf(messages);
    const outcomes = new Map(messages.map(({ label }, index) => [label, receipts[index]?.outcome]));
    const exceptions: Record<string, Outcome> = {
      poison: 'rejected',
      'flood first version late': 'stale',
      'flood update repeated': 'unchanged',
    };
    const expected = new Map(messages.map(({ label }) => [label, exceptions[label] ?? 'indexed']));
    expect(outcomes).toEqual(expected);

    const found = await search('Wasserstofffähre Bodensee');
    expect(found.hits[0]?.language).toBe('de');
    // Under embargo until 2099: indexed, and not to be found.
    const embargoed = messages.find(({ label }) => label.includes('embargo'))?.uri ?? '';
    expect(await documentOf(embargoed)).toMatchObject({ uri: embargoed });
    const all = await searchArticles(elasticsearch, { words: '', limit: 100 }, { prefix: pipeline.prefix });
    expect(all.hits.map(({ uri }) => uri)).not.toContain(embargoed);
  }, 90_000);

  it('keeps one document of an article, its newest version', async () => {
    const uri = 'urn:test:versions';
    const version = (number: number, text: string) =>
      article({
        uri,
        version: number,
        content: `${text} in der Fassung ${number}. Es folgt ein zweiter Satz.`,
      });
    const receipts = await receiptsOf([
      version(1, 'Anfangs'),
      version(3, 'Zuletzt'),
      version(2, 'Dazwischen'),
      version(3, 'Zuletzt'),
    ]);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['indexed', 'indexed', 'stale', 'unchanged']);
    expect(await documentOf(uri)).toMatchObject({
      version: 3,
      body: { de: expect.stringContaining('Zuletzt') },
    });
  }, 60_000);

  it('wipes the text of a killed article and lets no old version come back', async () => {
    const uri = 'urn:test:kill';
    const content = 'Dieser Bericht wird zurückgezogen. Er enthielt einen schweren Fehler.';
    const receipts = await receiptsOf([
      article({ uri, version: 1, content }),
      article({ uri, version: 2, pubStatus: 'canceled' }),
      article({ uri, version: 1, content }),
    ]);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['indexed', 'indexed', 'stale']);
    const document = await documentOf(uri);
    expect(document).toMatchObject({ uri, pubStatus: 'canceled', version: 2 });
    expect(JSON.stringify(document)).not.toContain('Fehler');
  }, 60_000);

  it('rejects what is over a limit, with the reason, and does the rest', async () => {
    const good = (name: string) =>
      article({ uri: `urn:test:good:${name}`, content: 'Ein guter Text. Er hat zwei Sätze.' });
    const nested = (depth: number): unknown => (depth === 0 ? 1 : { deeper: nested(depth - 1) });
    const cases: [Publication, Partial<Receipt>][] = [
      [good('first'), { outcome: 'indexed' }],
      [
        { uri: 'x', value: Buffer.from('{"uri": "urn:cut') },
        { outcome: 'rejected', reason: 'malformed-json' },
      ],
      [
        { uri: 'x', value: Buffer.from([0xff, 0xfe, 0x00]) },
        { outcome: 'rejected', reason: 'malformed-json' },
      ],
      [article({ content: 'Ohne Adresse.' }), { outcome: 'rejected', reason: 'broken-contract' }],
      [article({ uri: 'with space', content: 'x' }), { outcome: 'rejected', reason: 'broken-contract' }],
      [
        article({ uri: `urn:${'x'.repeat(limits.uriBytes)}`, content: 'x' }),
        { outcome: 'rejected', reason: 'broken-contract' },
      ],
      [
        article({ uri: 'urn:test:nothing', content: '  \n ' }),
        { outcome: 'rejected', reason: 'unprocessable' },
      ],
      [
        article({ uri: 'urn:test:large', content: 'ä'.repeat(limits.contentBytes / 2 + 1) }),
        { outcome: 'rejected', reason: 'too-large' },
      ],
      [
        article({ uri: 'urn:test:deep', content: 'x', nested: nested(limits.jsonDepth + 1) }),
        { outcome: 'rejected', reason: 'broken-contract' },
      ],
      [
        article({ uri: 'urn:test:date', content: 'x', publishedAt: '9999-01-01T00:00:00Z' }),
        { outcome: 'rejected', reason: 'broken-contract' },
      ],
      [
        article({ uri: 'urn:test:title', content: 'x', title: 'x'.repeat(limits.titleCharacters + 1) }),
        { outcome: 'rejected', reason: 'broken-contract' },
      ],
      [good('last'), { outcome: 'indexed' }],
    ];
    const receipts = await receiptsOf(cases.map(([publication]) => publication));
    receipts.forEach((receipt, index) => expect(receipt).toMatchObject(cases[index]?.[1] ?? {}));
    for (const receipt of receipts.filter(({ outcome }) => outcome === 'rejected')) {
      expect(receipt).toMatchObject({
        stage: 'ingest',
        deadLetter: 'ingest.dlq.v1',
        error: expect.stringMatching(/\w{3}/),
      });
    }
    const dead = await kafka.messages('ingest.dlq.v1', 10);
    expect(dead.map(({ value }) => value?.toString('hex'))).toContain(
      Buffer.from('{"uri": "urn:cut').toString('hex'),
    );
  }, 60_000);

  it('goes on after each service was killed and started again in the middle of the work', async () => {
    const stories = Array.from({ length: 400 }, (_, number) =>
      article({
        uri: `urn:test:restart:${number}`,
        content: `Meldung Nummer ${number} aus Köln. Sie hat einen zweiten Satz, damit sie ein Text ist.`,
      }),
    );
    const half = stories.length / 2;
    const first = await publisher.publish(stories.slice(0, half));
    for (const name of ['ingest', 'clean', 'translate', 'enrich', 'index'] as const) {
      const service = pipeline.services.get(name);
      service?.kill('SIGKILL');
      await service?.exited;
    }
    const second = await publisher.publish(stories.slice(half));
    await Promise.all(
      (['index', 'enrich', 'translate', 'clean', 'ingest'] as const).map((name) => pipeline.start(name)),
    );
    const origins = [...first, ...second].map(({ origin }) => origin);
    expect(await watch.wait(origins, 90_000)).toBe(true);
    const outcomes = new Set(origins.map((origin) => watch.received.get(origin)?.outcome));
    expect([...outcomes]).toEqual(['indexed']);

    await elasticsearch.indices.refresh({ index: articleIndex({ prefix: pipeline.prefix }).writeAlias });
    const { count } = await elasticsearch.count({
      index: articleIndex({ prefix: pipeline.prefix }).writeAlias,
      query: { prefix: { uri: 'urn:test:restart:' } },
    });
    expect(count).toBe(stories.length);
  }, 150_000);
});
