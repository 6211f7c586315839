import { describe, expect, it, jest } from '@jest/globals';
import { documentId, type CleanedArticle, type StoryLink } from '@wirefold/contracts';
import type { ArticleRecord, Folded, FoldPolicy, Folding } from '@wirefold/folding';
import { drop, Outage, pass, reject, type Delivery, type Settled } from '@wirefold/pipeline';
import { foldingBatch } from './folding-batch.ts';

const context = { signal: new AbortController().signal };

const cleaned = (name: string, fields: Partial<CleanedArticle> = {}): CleanedArticle => ({
  id: documentId(`urn:${name}`),
  uri: `urn:${name}`,
  version: 1,
  versionCreated: '2026-01-31T12:00:00Z',
  pubStatus: 'usable',
  contentHash: 'hash',
  origin: 'topic/0/1@1',
  steps: [],
  title: `Title of ${name}`,
  titleFrom: 'publisher',
  byline: 'By Wiebke Petersen',
  body: `Body of ${name}`,
  language: { tag: 'en', confidence: 1, from: 'text' },
  residue: [{ kind: 'share', text: 'Share this', reason: 'share bar' }],
  extraction: { method: 'text', wordCount: 3 },
  ...fields,
});

interface Found {
  readonly link: Partial<StoryLink>;
  readonly isKnown?: boolean;
  readonly isBasisPublished?: boolean;
}

/** Folding that finds what the test says, by the article's name; what isn't said is an original. */
function foldingOf(
  found: Readonly<Record<string, Found | 'too short'>>,
  kills: Record<string, StoryLink> = {},
) {
  const said: string[] = [];
  const folding: Folding = {
    fold: async (articles) => {
      said.push(`fold ${articles.map(({ uri }) => uri).join()}`);
      return articles.map(({ uri, id }): Folded | undefined => {
        const of = found[uri.replace('urn:', '')] ?? { link: {} };
        if (of === 'too short') return undefined;
        const { link, isKnown = false, isBasisPublished = false } = of;
        return {
          link: { id, relation: 'original', score: 1, why: [{ sign: 'text', reason: 'alike' }], ...link },
          record: { uri } as ArticleRecord,
          isKnown,
          isBasisPublished,
        };
      });
    },
    kill: async ({ uri }) => {
      said.push(`kill ${uri}`);
      return kills[uri.replace('urn:', '')];
    },
    confirm: async (records) => {
      said.push(`confirm ${records.map(({ uri }) => uri).join()}`);
    },
    forget: async (records) => {
      said.push(`forget ${records.map(({ uri }) => uri).join()}`);
    },
  };
  return { folding, said };
}

const deliveriesOf = (articles: readonly unknown[]): Delivery<unknown>[] =>
  articles.map((article, index) => ({
    article,
    key: String(index),
    origin: `t/0/${index}@1`,
    timestampMs: 1,
  }));

type Given = CleanedArticle | Settled<CleanedArticle>;
const resultOf = (given: Given): Settled<CleanedArticle> =>
  'kind' in given ? (given as Settled<CleanedArticle>) : pass(given);

async function handled(folding: Folding, policy: FoldPolicy, ...given: Given[]) {
  const deliveries = deliveriesOf(given);
  const batch = foldingBatch<unknown>(folding, policy, async () => given.map(resultOf));
  const results = await batch.handle(deliveries, context);
  return { results, deliveries, batch };
}

const outputOf = (result: Settled<CleanedArticle> | undefined): CleanedArticle => {
  if (result?.kind !== 'pass') throw new Error(`it is ${result?.kind}`);
  return result.output;
};

const copy = { relation: 'copy', of: 'urn:a', covered: true } as const;

describe('policy', () => {
  it('link marks what another article has the text of', async () => {
    const { folding } = foldingOf({ b: { link: copy, isBasisPublished: true } });
    const { results } = await handled(folding, 'link', cleaned('a'), cleaned('b'));
    expect(outputOf(results[0]).story).toMatchObject({ id: documentId('urn:a'), relation: 'original' });
    expect(outputOf(results[1])).toEqual({ ...cleaned('b'), story: expect.objectContaining(copy) });
  });

  it('full treats it as any other', async () => {
    const { folding } = foldingOf({ b: { link: copy, isBasisPublished: true } });
    const { results } = await handled(folding, 'full', cleaned('a'), cleaned('b'));
    const { story } = outputOf(results[1]);
    expect(story).toMatchObject({ relation: 'copy', of: 'urn:a' });
    expect(story).not.toHaveProperty('covered');
  });

  it.each<[string, Found, 'drop' | 'pass']>([
    ['the other one is published', { link: copy, isBasisPublished: true }, 'drop'],
    ['nobody knows whether the other one will be', { link: copy }, 'pass'],
    ['it was there before', { link: copy, isBasisPublished: true, isKnown: true }, 'pass'],
    [
      'it says more than the other one',
      { link: { ...copy, covered: undefined }, isBasisPublished: true },
      'pass',
    ],
    ['it has to be wiped', { link: { ...copy, killedBy: 'urn:a' }, isBasisPublished: true }, 'pass'],
  ])('drop, where %s: %j', async (_when, found, kind) => {
    const { folding } = foldingOf({ b: found });
    const { results } = await handled(folding, 'drop', cleaned('b'));
    expect(results).toEqual([kind === 'drop' ? drop('folded') : expect.objectContaining({ kind: 'pass' })]);
  });

  it('drop, where the other one passes in the same batch, before it', async () => {
    const { folding } = foldingOf({ b: { link: copy } });
    const kindsOf = async (...given: Given[]) =>
      (await handled(folding, 'drop', ...given)).results.map(({ kind }) => kind);
    expect(await kindsOf(cleaned('a'), cleaned('b'))).toEqual(['pass', 'drop']);
    expect(await kindsOf(cleaned('b'), cleaned('a'))).toEqual(['pass', 'pass']);
    expect(await kindsOf(reject('unprocessable', 'no text') as Given, cleaned('b'))).toEqual([
      'reject',
      'pass',
    ]);
  });

  it('drop keeps a copy of what was dropped itself', async () => {
    const { folding } = foldingOf({ b: { link: copy }, c: { link: { ...copy, of: 'urn:b' } } });
    const { results } = await handled(folding, 'drop', cleaned('a'), cleaned('b'), cleaned('c'));
    expect(results.map(({ kind }) => kind)).toEqual(['pass', 'drop', 'pass']);
  });
});

describe('what passes', () => {
  it('is confirmed; what is dropped is forgotten, and of what is rejected or short nothing is said', async () => {
    const { folding, said } = foldingOf({ b: { link: copy }, short: 'too short' });
    const { batch, deliveries } = await handled(
      folding,
      'drop',
      cleaned('a'),
      cleaned('b'),
      drop('unchanged'),
      cleaned('short'),
      cleaned('c'),
    );
    await batch.confirm(deliveries);
    expect(said).toEqual(['fold urn:a,urn:b,urn:short,urn:c', 'confirm urn:a,urn:c', 'forget urn:b']);
  });

  it('is confirmed by the delivery, and nobody else’s', async () => {
    const { folding, said } = foldingOf({});
    const { batch, deliveries } = await handled(folding, 'link', cleaned('a'), cleaned('b'));
    await batch.confirm(deliveriesOf([cleaned('a')]));
    await batch.confirm([]);
    expect(said).toEqual(['fold urn:a,urn:b']);
    await batch.confirm(deliveries.slice(1));
    expect(said.at(-1)).toBe('confirm urn:b');
  });

  it('and is too short to be told has a story of its own; without a text it has none', async () => {
    const { folding, said } = foldingOf({ a: 'too short' });
    const { results } = await handled(folding, 'drop', cleaned('a'), cleaned('b', { body: '' }));
    expect(outputOf(results[0]).story).toMatchObject({
      id: documentId('urn:a'),
      relation: 'original',
      head: true,
    });
    expect(outputOf(results[1])).toEqual(cleaned('b', { body: '' }));
    expect(said).toEqual(['fold urn:a']);
  });

  it('is told to folding with what names an agency', async () => {
    const fold = jest.fn<Folding['fold']>(async () => [undefined]);
    const folding: Folding = { ...foldingOf({}).folding, fold };
    const residue = [
      { kind: 'agency-credit', text: '(dpa)', reason: 'credit' } as const,
      { kind: 'share', text: 'Share', reason: 'share' } as const,
    ];
    const source = { domain: 'dpa.com' };
    await handled(
      folding,
      'link',
      cleaned('a', { residue, source, copyrightNotice: '© dpa', publishedAt: '2026-01-30T00:00:00Z' }),
    );
    expect(fold.mock.calls[0]?.[0]).toEqual([
      {
        id: documentId('urn:a'),
        uri: 'urn:a',
        language: 'en',
        title: 'Title of a',
        body: 'Body of a',
        publishedMs: Date.UTC(2026, 0, 30),
        source,
        credits: ['By Wiebke Petersen', '© dpa', '(dpa)'],
      },
    ]);
  });
});

describe('a kill', () => {
  const wiped = { title: '', titleFrom: 'none', body: '', residue: [], pubStatus: 'canceled' };
  const link: StoryLink = {
    id: documentId('urn:a'),
    relation: 'copy',
    score: 1,
    why: [{ sign: 'text', reason: 'a quotation of it' }],
    of: 'urn:a',
  };

  it.each([
    ['with a text', {}],
    ['without a text', { body: '', title: '' }],
  ])('%s is wiped, and says which story it is of', async (_what, fields) => {
    const { folding } = foldingOf({}, { b: link });
    const { results } = await handled(folding, 'link', cleaned('b', { pubStatus: 'canceled', ...fields }));
    const output = outputOf(results[0]);
    expect(output).toMatchObject({ ...wiped, story: { ...link, why: [] } });
    expect(JSON.stringify(output)).not.toMatch(/Body of|Title of|Petersen|Share|quotation/);
  });

  it('of what nobody knows is wiped as well', async () => {
    const { folding } = foldingOf({});
    const { results } = await handled(folding, 'drop', cleaned('b', { pubStatus: 'canceled', body: '' }));
    expect(outputOf(results[0])).toMatchObject(wiped);
  });

  it('that reaches an article wipes it, and it is canceled', async () => {
    const { folding } = foldingOf({ b: { link: { ...copy, killedBy: 'urn:a' }, isBasisPublished: true } });
    for (const policy of ['link', 'drop', 'full'] as const) {
      const { results } = await handled(folding, policy, cleaned('b'));
      const output = outputOf(results[0]);
      expect(output).toMatchObject({ ...wiped, story: { killedBy: 'urn:a', why: [] } });
      expect(JSON.stringify(output)).not.toMatch(/Body of|Title of|Petersen/);
    }
  });

  it('is known to what comes behind it in the batch, and not to what comes before', async () => {
    const { folding, said } = foldingOf({});
    await handled(
      folding,
      'link',
      cleaned('a'),
      cleaned('k', { pubStatus: 'canceled', body: '' }),
      cleaned('b'),
      cleaned('c', { pubStatus: 'canceled' }),
    );
    expect(said).toEqual(['fold urn:a', 'kill urn:k', 'fold urn:b,urn:c', 'kill urn:c']);
  });

  it('is not confirmed: folding has kept it already', async () => {
    const { folding, said } = foldingOf({}, { b: link });
    const { batch, deliveries } = await handled(folding, 'link', cleaned('b', { pubStatus: 'canceled' }));
    await batch.confirm(deliveries);
    expect(said).toEqual(['fold urn:b', 'kill urn:b']);
  });
});

describe('an outage', () => {
  const outage = new Outage('redis', 'ECONNREFUSED', 'Redis is away');
  const refuse = async () => {
    throw outage;
  };

  it.each(['fold', 'kill'] as const)('of folding’s %s is one of the whole batch', async (call) => {
    const folding: Folding = { ...foldingOf({}).folding, [call]: refuse };
    const given = [cleaned('a'), drop('unchanged'), cleaned('b', { pubStatus: 'canceled' })];
    const { results, batch, deliveries } = await handled(folding, 'link', ...(given as Given[]));
    expect(results).toEqual(given.map(() => ({ kind: 'outage', outage })));
    await batch.confirm(deliveries);
  });

  it('behind the batch is told to whoever confirms', async () => {
    const folding: Folding = { ...foldingOf({}).folding, confirm: refuse };
    const { batch, deliveries } = await handled(folding, 'link', cleaned('a'));
    await expect(batch.confirm(deliveries)).rejects.toBe(outage);
  });

  it('is not what a mistake is', async () => {
    const folding: Folding = {
      ...foldingOf({}).folding,
      fold: async () => {
        throw new TypeError('a mistake');
      },
    };
    const { results } = await handled(folding, 'link', cleaned('a'));
    expect(results).toEqual([{ kind: 'unexpected', error: new TypeError('a mistake') }]);
  });
});
