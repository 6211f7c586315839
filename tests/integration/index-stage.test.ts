import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { articleIndex, elasticsearchClient, type ArticleDocument } from '@wirefold/article-index';
import { receipt, type EnrichedArticle, type Receipt } from '@wirefold/contracts';
import { createIndexStage, indexEnvironment } from '@wirefold/index';
import { parseEnvironment, systemClock, type Settled } from '@wirefold/pipeline';
import { testEngines } from '@wirefold/testing';
import { anArticle } from './enriched-articles.ts';

const engines = await testEngines(['elasticsearch']);
const { elasticsearchUrl } = engines;

jest.setTimeout(60_000);

const client = elasticsearchClient({ urls: [elasticsearchUrl], requestTimeoutMs: 30_000 });
const prefix = `test-${randomUUID().slice(0, 8)}`;
const { readAlias, writeAlias, firstIndex, templateName } = articleIndex({ prefix });

function newStage(environment: Record<string, string> = {}) {
  const config = parseEnvironment(indexEnvironment, {
    ELASTICSEARCH_URL: elasticsearchUrl,
    INDEX_PREFIX: prefix,
    ...environment,
  });
  return createIndexStage(config, { clock: systemClock });
}

const { stage, dependencies, close } = newStage();

async function handle(articles: readonly EnrichedArticle[], by = stage): Promise<Settled<Receipt>[]> {
  const deliveries = articles.map((article) => ({
    article,
    key: article.uri,
    origin: article.origin,
    timestampMs: 0,
  }));
  return await by.handle(deliveries, { signal: new AbortController().signal });
}

const kinds = async (articles: readonly EnrichedArticle[]) =>
  (await handle(articles)).map(({ kind }) => kind);

/** A document as it is stored, past the read alias's filter. */
async function stored(article: EnrichedArticle): Promise<ArticleDocument> {
  const { _source: document } = await client.get<ArticleDocument>({ index: firstIndex, id: article.id });
  if (document === undefined) throw new Error('no _source');
  return document;
}

/** How many documents with this uri the read alias shows. */
async function visible(article: EnrichedArticle): Promise<number> {
  await client.indices.refresh({ index: firstIndex });
  return (await client.count({ index: readAlias, query: { term: { uri: article.uri } } })).count;
}

let next = 0;
const fresh = (fields: Partial<EnrichedArticle> = {}) => {
  next += 1;
  return anArticle({ uri: `https://kuestenbote.example/${next}`, ...fields });
};

const block = (value: boolean | null, name: string) =>
  client.indices.putSettings({ index: firstIndex, settings: { [`index.blocks.${name}`]: value } });

/** No article of the contract conflicts with the mapping; one that gets past it must not take others along. */
const conflicting = (uri: string): EnrichedArticle => ({
  ...fresh({ uri }),
  entities: [{ type: 'place', text: 'Ein', start: 0, end: 3, location: { lat: 999, lon: 0 } }],
});

afterAll(async () => {
  await client.indices.delete({ index: firstIndex }, { ignore: [404] });
  await client.indices.deleteIndexTemplate({ name: templateName }, { ignore: [404] });
  await close();
  await client.close();
  await engines.stop();
});

describe('the index stage', () => {
  it('starts on an empty cluster: the first batch creates the index', async () => {
    const article = fresh();
    const [result] = await handle([article]);
    expect(result?.kind).toBe('pass');
    expect(await client.indices.existsAlias({ name: writeAlias })).toBe(true);
    expect(await stored(article)).toMatchObject({ uri: article.uri, title: { de: 'Ein Titel' } });
  });

  it('answers with a receipt of its contract', async () => {
    const article = fresh();
    const [result] = await handle([article]);
    if (result?.kind !== 'pass') throw new Error(`expected pass, got ${result?.kind}`);
    expect(receipt.parse(result.output)).toMatchObject({
      outcome: 'indexed',
      origin: article.origin,
      id: article.id,
      title: 'Ein Titel',
      steps: article.steps,
    });
  });

  it('is ready, and says so through its dependency', async () => {
    await expect(dependencies[0]?.check()).resolves.toBeUndefined();
  });

  it('answers an empty batch with nothing', async () => {
    expect(await handle([])).toEqual([]);
  });
});

describe('versions', () => {
  it('writes the same version again without a second document', async () => {
    const article = fresh();
    expect(await kinds([article])).toEqual(['pass']);
    expect(await kinds([article])).toEqual(['pass']);
    expect(await visible(article)).toBe(1);
  });

  it('drops an older version as stale and keeps the newer', async () => {
    const newer = fresh({ version: 2, title: 'Neu' });
    const older = { ...newer, version: 1, title: 'Alt' };
    await handle([newer]);
    expect(await handle([older])).toEqual([{ kind: 'drop', outcome: 'stale' }]);
    expect((await stored(newer)).title.de).toBe('Neu');
  });

  it('orders equal version numbers by versionCreated', async () => {
    const newer = fresh({ versionCreated: '2026-03-01T10:00:00+01:00', title: 'Neu' });
    await handle([newer]);
    expect(await kinds([{ ...newer, versionCreated: '2026-03-01T08:59:59Z', title: 'Alt' }])).toEqual([
      'drop',
    ]);
    expect(await kinds([{ ...newer, versionCreated: '2026-03-01T09:00:01Z', title: 'Neuer' }])).toEqual([
      'pass',
    ]);
    expect((await stored(newer)).title.de).toBe('Neuer');
  });

  it('lets the later of two versions of the same second win', async () => {
    const first = fresh({ title: 'Erste' });
    expect(await kinds([first, { ...first, title: 'Zweite' }])).toEqual(['pass', 'pass']);
    expect((await stored(first)).title.de).toBe('Zweite');
  });

  it('orders external versions beyond 2^53, one second apart', async () => {
    const base = fresh({ version: 2 ** 31 - 1, versionCreated: '2099-12-31T23:59:57Z', title: 'Mitte' });
    await handle([base]);
    const at = (second: number, title: string) => ({
      ...base,
      versionCreated: `2099-12-31T23:59:${second}Z`,
      title,
    });
    expect(await kinds([at(56, 'Älter')])).toEqual(['drop']);
    expect(await kinds([at(58, 'Neuer')])).toEqual(['pass']);
    expect(await kinds([at(57, 'Mitte')])).toEqual(['drop']);
    expect((await stored(base)).title.de).toBe('Neuer');
  });

  it('keeps the order of one uri over several requests in flight', async () => {
    const splitting = newStage({ INDEX_BULK_BYTES: '10000', INDEX_REQUESTS_IN_FLIGHT: '4' });
    const uris = Array.from({ length: 20 }, () => fresh({ body: 'Wort '.repeat(400) }));
    const batch = [0, 1, 2].flatMap((round) =>
      uris.map((article) => ({ ...article, title: `Runde ${round}` })),
    );
    const results = await handle(batch, splitting.stage);
    await splitting.close();
    expect(results.map(({ kind }) => kind)).toEqual(batch.map(() => 'pass'));
    for (const article of uris) expect((await stored(article)).title.de).toBe('Runde 2');
  });
});

describe('withheld, canceled and embargoed articles', () => {
  it('keeps a withheld article, hidden', async () => {
    const article = fresh();
    await handle([article]);
    expect(await visible(article)).toBe(1);
    await handle([{ ...article, version: 2, pubStatus: 'withheld' }]);
    expect(await visible(article)).toBe(0);
    expect((await stored(article)).body.de).toBe('Ein Text.');
  });

  it('shows an embargoed article when its time has come, without being touched again', async () => {
    const until = new Date(Date.now() + 2_500).toISOString();
    const article = fresh({ embargoedUntil: until });
    await handle([article]);
    expect(await visible(article)).toBe(0);
    await sleep(Date.parse(until) - Date.now() + 300);
    expect(await visible(article)).toBe(1);
  });

  it('wipes the text of a canceled article and lets no older version bring it back', async () => {
    const article = fresh({
      title: 'Geheimnis',
      body: 'Geheimnis im Text.',
      byline: 'Geheimnis',
      residue: [{ kind: 'caption', text: 'Geheimnis' }],
      entities: [{ type: 'person', text: 'Geheimnis', start: 0, end: 9 }],
      translation: { status: 'translated', language: 'en', title: 'Geheimnis', body: 'Geheimnis' },
    });
    await handle([article]);
    const [killed] = await handle([{ ...article, version: 2, pubStatus: 'canceled' }]);
    expect(JSON.stringify(killed)).not.toContain('Geheimnis');
    const tombstone = await stored(article);
    expect(tombstone).toMatchObject({ uri: article.uri, version: 2, pubStatus: 'canceled' });
    expect(JSON.stringify(tombstone)).not.toContain('Geheimnis');
    expect(await visible(article)).toBe(0);
    expect(await kinds([article])).toEqual(['drop']);
    expect(JSON.stringify(await stored(article))).not.toContain('Geheimnis');
  });
});

describe('bad documents', () => {
  it('rejects a mapping conflict alone', async () => {
    const results = await handle([fresh(), conflicting('https://kuestenbote.example/conflict'), fresh()]);
    expect(results.map(({ kind }) => kind)).toEqual(['pass', 'reject', 'pass']);
    expect(results[1]).toMatchObject({
      reason: 'mapping-conflict',
      error: expect.stringContaining('places'),
    });
  });

  it('takes a conflict of most of a batch for a wrong mapping: an outage', async () => {
    const batch = Array.from({ length: 6 }, (_, n) =>
      conflicting(`https://kuestenbote.example/conflict-${n}`),
    );
    expect(await kinds(batch)).toEqual(batch.map(() => 'outage'));
  });

  it('takes words, names and unknown fields of any size and kind', async () => {
    const immense = 'ü'.repeat(100_000);
    const article = fresh({
      uri: `https://kuestenbote.example/${'ä'.repeat(1000)}`,
      body: `${immense} ${immense}`,
      byline: immense.slice(0, 4000),
      source: { name: '火'.repeat(4000), domain: 'x'.repeat(4000), '': { '..': 1 } },
      entities: [
        { type: 'person', text: immense, start: 0, end: 100_000 },
        { type: 'date', text: 'immer', start: 0, end: 5, value: 'immer' },
      ],
      residue: [{ kind: 'other', text: immense }],
      translation: { status: 'untranslated', language: 'en', reason: immense, engine: immense },
      '': { '': [1, { ' ': null }] },
      'a..b': '\uD800',
      entities_by: { person: { deep: true } },
    });
    expect(await handle([article])).toEqual([expect.objectContaining({ kind: 'pass' })]);
    expect(await visible(article)).toBe(1);
    expect((await stored(article)).extra).toEqual({
      '': { '': [1, { ' ': null }] },
      'a..b': '\uD800',
      entities_by: { person: { deep: true } },
      source: { '': { '..': 1 } },
    });
  });
});

describe('outages', () => {
  for (const name of ['read_only', 'read_only_allow_delete', 'write']) {
    it(`waits while the index has the block ${name}, and goes on after it`, async () => {
      const articles = [fresh(), fresh()];
      await block(true, name);
      try {
        const results = await handle(articles);
        expect(results.map(({ kind }) => kind)).toEqual(['outage', 'outage']);
        expect(results[0]).toMatchObject({ outage: { dependency: 'elasticsearch', code: 'BLOCKED' } });
        await expect(dependencies[0]?.check()).rejects.toMatchObject({ name: 'Outage', code: 'BLOCKED' });
      } finally {
        await block(null, name);
      }
      expect(await kinds(articles)).toEqual(['pass', 'pass']);
      await expect(dependencies[0]?.check()).resolves.toBeUndefined();
    });
  }

  it('waits where there is no index and may not make one, and says what to do', async () => {
    const empty = newStage({ INDEX_PREFIX: `${prefix}-none`, INDEX_APPLY_ON_START: 'false' });
    const [result] = await handle([fresh()], empty.stage);
    expect(result).toMatchObject({ kind: 'outage', outage: { code: 'NO_INDEX' } });
    expect(result).toMatchObject({ outage: { message: expect.stringContaining('wirefold index apply') } });
    await expect(empty.dependencies[0]?.check()).rejects.toMatchObject({ code: 'NO_INDEX' });
    await empty.close();
    expect(await client.indices.exists({ index: `${prefix}-none-articles-write` })).toBe(false);
  });

  it('waits while nothing answers', async () => {
    const unreachable = newStage({ ELASTICSEARCH_URL: 'http://127.0.0.1:9' });
    const results = await handle([fresh(), fresh()], unreachable.stage);
    expect(results.map(({ kind }) => kind)).toEqual(['outage', 'outage']);
    expect(results[0]).toMatchObject({ outage: { code: 'ECONNREFUSED' } });
    await expect(unreachable.dependencies[0]?.check()).rejects.toMatchObject({ name: 'Outage' });
    await unreachable.close();
  });

  it('gives up when its result is no longer wanted', async () => {
    const article = fresh();
    const deliveries = [{ article, key: article.uri, origin: article.origin, timestampMs: 0 }];
    const [result] = await stage.handle(deliveries, { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ kind: 'outage', outage: { code: 'ABORTED' } });
  });
});
