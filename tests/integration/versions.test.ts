import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { MAX_HISTORY } from '@wirefold/article-index';
import type { EnrichedArticle } from '@wirefold/contracts';
import { anArticle } from './enriched-articles.ts';
import { openIndexBed, permutations } from './index-bed.ts';

/** The versions of one article in the index, in every order: what is there at the end, what is seen of it, and its history. */
jest.setTimeout(90_000);

const bed = await openIndexBed();
afterAll(bed.close);

let next = 0;
const fresh = (fields: Partial<EnrichedArticle> = {}) => {
  next += 1;
  return anArticle({ uri: `urn:versions:${next}`, ...fields });
};

/** A version of an article, made a minute after the one before it. */
const versionOf = (article: EnrichedArticle, version: number, fields: Partial<EnrichedArticle> = {}) => ({
  ...article,
  version,
  versionCreated: new Date(Date.UTC(2026, 2, 1, 8, version)).toISOString(),
  body: `Ein Text, Fassung ${version}.`,
  origin: `news.article.scraped.v1/0/${version}@${Date.UTC(2026, 2, 1)}`,
  ...fields,
});

/** What lasts of a document: not when it was worked on, nor what was there before it. */
async function lasting(uri: string) {
  const document = await bed.stored(uri);
  if (document === undefined) throw new Error(`no document of ${uri}`);
  const { indexedAt: _at, history = [], changed: _changed, ...rest } = document;
  return { rest, isVisible: await bed.visible(uri), numbers: history.map(({ version }) => version) };
}

describe('in every order of arrival', () => {
  const sets: Readonly<Record<string, readonly Partial<EnrichedArticle>[]>> = {
    'usable, corrected, canceled': [{}, { signal: 'correction' }, { pubStatus: 'canceled' }],
    'usable, withheld, usable': [{}, { pubStatus: 'withheld' }, {}],
    'usable, canceled, usable': [{}, { pubStatus: 'canceled' }, {}],
    'embargoed, embargoed longer, free': [
      { embargoedUntil: '2098-01-01T00:00:00Z' },
      { embargoedUntil: '2099-01-01T00:00:00Z' },
      {},
    ],
    'usable, updated, canceled, withheld': [
      {},
      { signal: 'update' },
      { pubStatus: 'canceled' },
      { pubStatus: 'withheld' },
    ],
  };

  for (const [what, set] of Object.entries(sets)) {
    it.each(['one by one', 'in one batch', 'twice over'])(`${what}: the newest stands, %s`, async (how) => {
      const newest = set.length;
      const arrived: { readonly uri: string; readonly order: readonly number[] }[] = [];
      for (const order of permutations(set.map((_fields, place) => place + 1))) {
        const article = fresh();
        const messages = order.map((version) => versionOf(article, version, set[version - 1]));
        const batches = how === 'in one batch' ? [messages] : messages.map((message) => [message]);
        for (const batch of how === 'twice over' ? [...batches, ...batches] : batches)
          await bed.handle(batch);
        arrived.push({ uri: article.uri, order });
      }
      for (const { uri, order } of arrived) {
        const { rest, isVisible, numbers } = await lasting(uri);
        const last = set[newest - 1] ?? {};
        expect(rest).toMatchObject({ version: newest, pubStatus: last.pubStatus ?? 'usable' });
        expect(rest.embargoedUntil).toBe(last.embargoedUntil);
        expect(isVisible).toBe(last.pubStatus === undefined && last.embargoedUntil === undefined);
        expect(rest.body?.de).toBe(
          last.pubStatus === 'canceled' ? undefined : `Ein Text, Fassung ${newest}.`,
        );
        // History is what was there: each version that was newer than all before it, once.
        const shown = order.filter((version, place) => order.slice(0, place).every((one) => one < version));
        expect([order, numbers]).toEqual([order, shown.slice(0, -1)]);
      }
    });
  }

  it('from two processes at once: one document, the newest, and a history in order', async () => {
    const stages = [bed.newStage(), bed.newStage()];
    const articles = Array.from({ length: 40 }, () => fresh());
    const versions = [1, 2, 3, 4, 5, 6];
    await Promise.all(
      stages.map(async (stage, half) => {
        for (const version of versions.filter((one) => one % 2 === half)) {
          await bed.handle(
            articles.map((article) => versionOf(article, version)),
            stage,
          );
        }
      }),
    );
    for (const { uri } of articles) {
      const { rest, numbers } = await lasting(uri);
      expect(rest.body.de).toBe('Ein Text, Fassung 6.');
      expect(numbers).toEqual([...new Set(numbers)].toSorted((one, other) => one - other));
    }
  });
});

describe('the history of an article', () => {
  it('says what each version changed, and when it was indexed', async () => {
    const article = fresh();
    await bed.handle([
      versionOf(article, 1),
      versionOf(article, 2, { title: 'Neuer Titel', byline: 'Wiebke Petersen', signal: 'update' }),
    ]);
    const second = await bed.stored(article.uri);
    expect(second).toMatchObject({ signal: 'update', changed: ['title', 'body', 'byline'] });
    await bed.handle([versionOf(article, 3, { pubStatus: 'canceled', title: '', body: '' })]);
    const { history = [], ...killed } = (await bed.stored(article.uri)) ?? {};
    expect(killed).toMatchObject({ version: 3, changed: ['pubStatus'] });
    expect(history).toEqual([
      {
        version: 1,
        versionCreated: '2026-03-01T08:01:00.000Z',
        pubStatus: 'usable',
        at: expect.stringMatching(/^20.*Z$/),
      },
      {
        version: 2,
        versionCreated: '2026-03-01T08:02:00.000Z',
        pubStatus: 'usable',
        at: second?.indexedAt,
        changed: ['title', 'body', 'byline'],
      },
    ]);
    expect(JSON.stringify(history)).not.toContain('Titel');
  });

  it('is the same after a redelivery, and learns nothing from what is stale', async () => {
    const article = fresh();
    const [one, two] = [versionOf(article, 1), versionOf(article, 2, { title: 'Neu' })];
    await bed.handle([one, two]);
    const before = await bed.stored(article.uri);
    await bed.handle([two]);
    await bed.handle([one, two, one]);
    const after = await bed.stored(article.uri);
    expect(after).toEqual({ ...before, indexedAt: after?.indexedAt });
    expect(before?.history).toHaveLength(1);
  });

  it('keeps the newest hundred versions', async () => {
    const article = fresh();
    const count = MAX_HISTORY + 5;
    const versions = Array.from({ length: count }, (_, place) => versionOf(article, place + 1));
    await bed.handle(versions.slice(0, 40));
    await bed.handle(versions.slice(40));
    const { numbers } = await lasting(article.uri);
    expect(numbers).toEqual(Array.from({ length: MAX_HISTORY }, (_, place) => place + 5));
  });

  it('has only what was written: a version that is refused is none', async () => {
    const article = fresh();
    const broken = versionOf(article, 2, {
      entities: [{ type: 'place', text: 'Ein', start: 0, end: 3, location: { lat: 999, lon: 0 } }],
    });
    expect(await bed.kinds([versionOf(article, 1), broken, versionOf(article, 3)])).toEqual([
      'pass',
      'reject',
      'pass',
    ]);
    expect((await lasting(article.uri)).numbers).toEqual([1]);
  });
});

describe('what is seen', () => {
  it('is nothing of a withheld article, and all of it when it is usable again', async () => {
    const article = fresh();
    const seen: boolean[] = [];
    for (const pubStatus of ['usable', 'withheld', 'usable'] as const) {
      await bed.handle([versionOf(article, seen.length + 1, { pubStatus, body: 'Derselbe Text.' })]);
      seen.push(await bed.visible(article.uri));
      expect((await bed.stored(article.uri))?.body.de).toBe('Derselbe Text.');
    }
    expect(seen).toEqual([true, false, true]);
    const { history, changed } = (await bed.stored(article.uri)) ?? {};
    expect([history?.[1]?.changed, changed]).toEqual([['pubStatus'], ['pubStatus']]);
  });

  it('is an embargoed article from its time on, with no write in between', async () => {
    const until = new Date(Date.now() + 2_000).toISOString();
    const article = fresh({ embargoedUntil: until });
    await bed.handle([article]);
    expect(await bed.visible(article.uri)).toBe(false);
    const version = async () => (await bed.client.get({ index: bed.firstIndex, id: article.id }))._seq_no;
    const written = await version();
    await sleep(Date.parse(until) - Date.now() + 200);
    const { count } = await bed.client.count({
      index: bed.readAlias,
      query: { term: { uri: article.uri } },
    });
    expect(count).toBe(1);
    expect(await version()).toBe(written);
  });

  it('follows an embargo that a newer version ends, begins or moves', async () => {
    const article = fresh({ embargoedUntil: '2099-01-01T00:00:00Z' });
    const embargoes = ['2099-01-01T00:00:00Z', undefined, '2098-01-01T00:00:00Z', '2020-01-01T00:00:00Z'];
    const seen: boolean[] = [];
    for (const [place, embargoedUntil] of embargoes.entries()) {
      const { embargoedUntil: _before, ...free } = article;
      await bed.handle([
        versionOf(free as EnrichedArticle, place + 1, {
          body: 'Derselbe Text.',
          ...(embargoedUntil && { embargoedUntil }),
        }),
      ]);
      seen.push(await bed.visible(article.uri));
      if (place > 0) expect((await bed.stored(article.uri))?.changed).toEqual(['embargoedUntil']);
    }
    expect(seen).toEqual([false, true, false, true]);
  });
});

describe('while an index is rebuilt', () => {
  it('versions are compared in the index that is written to, where the write alias has two', async () => {
    const old = `${bed.firstIndex.slice(0, -1)}0`;
    await bed.handle([fresh()]);
    await bed.client.indices.create({ index: old, aliases: { [bed.writeAlias]: { is_write_index: false } } });
    try {
      const article = fresh();
      expect(await bed.kinds([versionOf(article, 1), versionOf(article, 2)])).toEqual(['pass', 'pass']);
      expect(await bed.kinds([versionOf(article, 3)])).toEqual(['pass']);
      expect((await lasting(article.uri)).numbers).toEqual([1, 2]);
    } finally {
      await bed.client.indices.delete({ index: old });
    }
  });
});
