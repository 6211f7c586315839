import { describe, expect, it } from '@jest/globals';
import { toDocument, wiped, type KnownDocument } from '@wirefold/article-index';
import { documentId, enrichedArticle, type EnrichedArticle } from '@wirefold/contracts';
import { compareVersions, planDocument } from './plan-document.ts';

const at = '2026-03-02T00:00:00.000Z';
const uri = 'urn:plan';

function article(fields: Partial<EnrichedArticle> = {}): EnrichedArticle {
  return enrichedArticle.parse({
    id: documentId(uri),
    uri,
    version: 1,
    versionCreated: '2026-03-01T08:00:00.000Z',
    pubStatus: 'usable',
    contentHash: 'hash',
    origin: 't/0/1@1',
    steps: [],
    title: 'Titel',
    titleFrom: 'publisher',
    body: 'Text.',
    language: { tag: 'de', confidence: 1, from: 'text' },
    residue: [],
    extraction: { method: 'text', wordCount: 1 },
    translation: { status: 'untranslated', language: 'en' },
    entities: [],
    ...fields,
  });
}
const known = (fields: Partial<EnrichedArticle> = {}) => toDocument(article(fields), at) as KnownDocument;
const kill = (fields: Partial<EnrichedArticle> = {}) =>
  article({ pubStatus: 'canceled', origin: 't/0/9@9', ...fields });

interface Around {
  readonly reachedBy?: string;
  readonly wipedBy?: string;
}
/** `stale`, or what is written: its status, by whom it was killed, and its version. */
function planned(incoming: EnrichedArticle, there?: KnownDocument, { reachedBy, wipedBy }: Around = {}) {
  const plan = planDocument(incoming, { known: there, reachedBy, wipedBy }, at);
  if (plan.kind === 'stale') return plan.kind;
  const { pubStatus, killedBy, version, versionCreated } = plan.document;
  return [
    plan.kind === 'rewrite-tombstone' ? 'rewritten' : pubStatus,
    ...(killedBy === undefined ? [] : [killedBy]),
    version,
    versionCreated.slice(8, 13),
  ].join(' ');
}

const killed = known({ pubStatus: 'canceled', version: 2, origin: 't/0/9@9' });
const killedWithoutNumber = known({ pubStatus: 'canceled', version: 0 });
const fell = wiped(known(), 'urn:k', at);

describe('planDocument', () => {
  it.each<[string, EnrichedArticle, KnownDocument | undefined, Around, string]>([
    ['the first version', article(), undefined, {}, 'usable 1 01T08'],
    [
      'a first version that a kill reaches',
      article(),
      undefined,
      { reachedBy: 'urn:k' },
      'canceled urn:k 1 01T08',
    ],
    ['an older version, which Elasticsearch refuses', article(), known({ version: 2 }), {}, 'usable 1 01T08'],
    ['a kill', kill({ version: 2 }), known(), {}, 'canceled 2 01T08'],
    ['a kill that comes first', kill({ version: 2 }), undefined, {}, 'canceled 2 01T08'],

    ['text older than its kill', article(), killed, {}, 'stale'],
    ['text under the version of its kill', article({ version: 2 }), killed, {}, 'stale'],
    ['a scrape after a kill', article({ version: 3, versionFrom: 'scrape' }), killed, {}, 'stale'],
    ['a newer version after a kill', article({ version: 3 }), killed, {}, 'usable 3 01T08'],
    [
      'a newer version after a kill, which another kill reaches',
      article({ version: 3 }),
      killed,
      { reachedBy: 'urn:k' },
      'canceled urn:k 3 01T08',
    ],
    ['a number against a kill without one', article({ version: 3 }), killedWithoutNumber, {}, 'stale'],
    [
      'a later time against a kill without a number',
      article({ version: 3, versionCreated: '2026-03-01T09:00:00Z' }),
      killedWithoutNumber,
      {},
      'usable 3 01T09',
    ],

    ['what fell with another, again', article(), fell, {}, 'canceled urn:k 1 01T08'],
    ['what fell, scraped anew', article({ version: 2, versionFrom: 'scrape' }), fell, {}, 'stale'],
    [
      'what fell, under a new number, while the kill stands',
      article({ version: 2 }),
      fell,
      { wipedBy: 'urn:k' },
      'canceled urn:k 2 01T08',
    ],
    [
      'what fell, under a new number, when the killed came back',
      article({ version: 2 }),
      fell,
      {},
      'usable 2 01T08',
    ],
    [
      'what fell, with another text',
      article({ version: 2, body: 'Anders.' }),
      fell,
      { wipedBy: 'urn:k' },
      'usable 2 01T08',
    ],

    [
      'a kill without a number after a numbered text',
      kill({ version: 0, versionCreated: '2026-03-01T09:00:00Z' }),
      known({ version: 4 }),
      {},
      'canceled 4 01T09',
    ],
    [
      'a kill without a number that is older',
      kill({ version: 0, versionCreated: '2026-03-01T07:00:00Z' }),
      known({ version: 4 }),
      {},
      'canceled 0 01T07',
    ],
    [
      'a kill of what was only scraped later',
      kill({ versionCreated: '2026-03-01T07:00:00Z' }),
      known({ versionFrom: 'scrape' }),
      {},
      'canceled 1 01T08',
    ],
    [
      'a kill of an older number than what was scraped',
      kill({ version: 1 }),
      known({ version: 2, versionFrom: 'scrape' }),
      {},
      'canceled 1 01T08',
    ],
    [
      'a kill that was ranked higher before, again',
      kill({ version: 0 }),
      known({ pubStatus: 'canceled', version: 4, origin: 't/0/9@9' }),
      {},
      'canceled 4 01T08',
    ],
    [
      'text that came after its kill',
      kill({ version: 2, versionFrom: 'scrape', origin: 't/0/12@12' }),
      killed,
      {},
      'rewritten 2 01T08',
    ],
    ['the kill again', kill({ version: 2, versionFrom: 'scrape' }), killed, {}, 'canceled 2 01T08'],
  ])('%s', (_what, incoming, there, around, expected) => {
    expect(planned(incoming, there, around)).toBe(expected);
  });

  describe('the story of a kill', () => {
    const { why, ...asHead } = {
      id: documentId(uri),
      relation: 'original' as const,
      head: true,
      score: 1,
      why: [{ sign: 'names', reason: 'Geheimnis' }],
    };
    const { head: _head, ...asMember } = asHead;
    const other = { ...asMember, id: documentId('urn:other') };
    const there = known({ story: { ...asHead, why } });
    it.each([
      ['is the known one, without what was said about the text, where it tells none', undefined, asHead],
      ['is the known one where it tells another', other, asHead],
      ['is as it tells it where it is the known one: the head may have changed', asMember, asMember],
    ])('%s', (_what, told, expected) => {
      const incoming = kill({ version: 2, ...(told && { story: { ...told, why: [] } }) });
      const plan = planDocument(incoming, { known: there, reachedBy: undefined, wipedBy: undefined }, at);
      expect(plan).toMatchObject({ kind: 'write' });
      expect(plan.kind === 'write' && plan.document.story).toEqual(expected);
    });
  });
});

it('knows the text of a fallen copy although its message comes without one', () => {
  const story = { id: documentId('urn:k'), relation: 'copy' as const, of: 'urn:k', score: 1, why: [] };
  const emptied = article({ body: '', title: '', story: { ...story, killedBy: 'urn:k' } });
  const plan = planDocument(emptied, { known: fell, reachedBy: undefined, wipedBy: 'urn:k' }, at);
  expect(plan).toMatchObject({ kind: 'write', document: { killedBy: 'urn:k', hashes: fell.hashes } });
  expect(fell.hashes?.body).toMatch(/^.{11}$/);
});

describe('compareVersions', () => {
  it('orders by number, then by second', () => {
    const version = (number: number, seconds: number) => ({
      version: number,
      versionCreated: new Date(seconds * 1000).toISOString(),
    });
    expect(compareVersions(version(2, 1), version(1, 9))).toBe(1);
    expect(compareVersions(version(1, 1), version(1, 9))).toBe(-1);
    expect(compareVersions(version(1, 1.2), version(1, 1.9))).toBe(0);
  });
});
