import { describe, expect, it } from '@jest/globals';
import type { Outcome, RejectReason } from '@wirefold/contracts';
import { seededRandom } from '../../../bench/shared/random.ts';
import { checkBooks, type Findings, type PublishedRecord } from './books.ts';
import { planStories } from './stories.ts';

/** What a pipeline without a fault makes of the stories. */
function balanced(): Findings & { readonly published: PublishedRecord[] } {
  const stories = planStories(seededRandom(7), 'books', 2000);
  const published = stories.map((story, index) => ({ story, origin: `o${index}` }));
  const newest = new Map<string, { version: number; origin: string }>();
  const receipts = new Map<string, { outcome: Outcome; reason?: RejectReason }[]>();
  for (const { origin, story } of published) {
    if (story.article === undefined) {
      receipts.set(origin, [{ outcome: 'rejected', ...(story.poison && { reason: story.poison }) }]);
      continue;
    }
    const { uri, version } = story.article;
    const before = newest.get(uri)?.version ?? -1;
    if (version > before) newest.set(uri, { version, origin });
    receipts.set(origin, [
      { outcome: version > before ? 'indexed' : version < before ? 'stale' : 'unchanged' },
    ]);
  }
  return {
    published,
    receipts,
    deadLetters: published.filter(({ story }) => story.poison).map(({ origin }) => origin),
    documents: [...newest].map(([uri, { version, origin }]) => ({ uri, version, origin })),
    memoryLost: false,
  };
}

const kindsOf = (findings: Findings) => [...new Set(checkBooks(findings).map(({ kind }) => kind))];
const books = balanced();
const good = books.published.find(({ story }) => story.article !== undefined) as PublishedRecord;
const poison = books.published.find(({ story }) => story.poison !== undefined) as PublishedRecord;
const repeat = books.published.find(({ origin }) => books.receipts.get(origin)?.[0]?.outcome === 'unchanged');
const withReceipt = (origin: string, outcome: Outcome) =>
  new Map([...books.receipts, [origin, [{ outcome }]] as const]);

describe('the books', () => {
  it('balance where nothing went wrong, with every kind of message in them', () => {
    expect(checkBooks(books)).toEqual([]);
    const outcomes = new Set([...books.receipts.values()].map(([first]) => first?.outcome));
    expect(outcomes).toEqual(new Set(['indexed', 'rejected', 'stale', 'unchanged']));
  });

  it('show a message without a receipt, and an article without a document', () => {
    const receipts = new Map(books.receipts);
    receipts.delete(good.origin);
    expect(kindsOf({ ...books, receipts })).toEqual(['lost']);
    expect(kindsOf({ ...books, documents: books.documents.slice(1) })).toEqual(['lost']);
  });

  it('show a document too many, and a receipt of what was never published', () => {
    const [first] = books.documents;
    if (first === undefined) throw new Error('no documents');
    expect(kindsOf({ ...books, documents: [...books.documents, first] })).toEqual(['doubled']);
    expect(kindsOf({ ...books, documents: [...books.documents, { ...first, uri: 'urn:foreign' }] })).toEqual([
      'doubled',
    ]);
    expect(kindsOf({ ...books, receipts: withReceipt('foreign', 'indexed') })).toEqual(['doubled']);
  });

  it('show an old version in the index', () => {
    const documents = books.documents.map((document, index) =>
      index === 0 ? { ...document, version: document.version - 1 } : document,
    );
    expect(kindsOf({ ...books, documents })).toEqual(['stale']);
    const foreign = books.documents.map((document) => ({ ...document, origin: 'o-none' }));
    expect(kindsOf({ ...books, documents: foreign })).toEqual(['stale']);
  });

  it('show a good message among the dead, and poison that is not', () => {
    expect(kindsOf({ ...books, receipts: withReceipt(good.origin, 'rejected') })).toEqual(['falsely-dead']);
    expect(kindsOf({ ...books, deadLetters: [...books.deadLetters, good.origin] })).toEqual(['falsely-dead']);
    const deadLetters = books.deadLetters.filter((origin) => origin !== poison.origin);
    expect(kindsOf({ ...books, deadLetters })).toEqual(['not-dead']);
    expect(kindsOf({ ...books, receipts: withReceipt(poison.origin, 'indexed') })).toEqual(['wrong-outcome']);
  });

  it('let a repeat be indexed again only where Redis lost its memory', () => {
    const receipts = withReceipt(repeat?.origin ?? '', 'indexed');
    expect(kindsOf({ ...books, receipts })).toEqual(['wrong-outcome']);
    expect(kindsOf({ ...books, receipts, memoryLost: true })).toEqual([]);
  });

  it('let the repeat of an old version be unchanged only where Redis lost its memory', () => {
    const seen = new Set<string>();
    const staleRepeat = books.published.find(({ origin, story: { article } }) => {
      const key = `${article?.uri} ${article?.version}`;
      const isRepeat = seen.has(key);
      seen.add(key);
      return isRepeat && books.receipts.get(origin)?.[0]?.outcome === 'stale';
    });
    const receipts = withReceipt(staleRepeat?.origin ?? '', 'unchanged');
    expect(kindsOf({ ...books, receipts })).toEqual(['wrong-outcome']);
    expect(kindsOf({ ...books, receipts, memoryLost: true })).toEqual([]);
  });

  it('count the first receipt of a message', () => {
    const receipts = new Map(
      [...books.receipts].map(([origin, list]) => [origin, [...list, { outcome: 'stale' as const }]]),
    );
    expect(kindsOf({ ...books, receipts })).toEqual([]);
  });
});

describe('stories', () => {
  it('are the same for the same seed', () => {
    const make = (seed: number) => planStories(seededRandom(seed), 'run', 500);
    expect(make(3)).toEqual(make(3));
    expect(make(3)).not.toEqual(make(4));
  });
});
