import { describe, expect, it } from '@jest/globals';
import { documentId, ingestedArticle, limits, parseValue, scrapedArticle } from '@wirefold/contracts';
import { BadMessage, type Delivery } from '@wirefold/pipeline';
import * as fc from 'fast-check';
import { accept, acceptAsKill, incomingContract, prepare, type Incoming } from './ingest.ts';
import { decideVersion } from './version-order.ts';

const RECORD_MS = Date.UTC(2026, 0, 31, 12);
const delivery = (fields: object, timestampMs = RECORD_MS): Delivery<Incoming> => {
  const message = { uri: 'https://example.org/1', content: 'Text.', ...fields };
  const parsed = parseValue<Incoming>(incomingContract, message);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return { article: parsed.value, key: message.uri, origin: 'news.article.scraped.v1/0/1@2', timestampMs };
};
/** The article as it goes on, where it is the first of its uri. */
const ingest = (fields: object, timestampMs?: number) => {
  const prepared = prepare(delivery(fields, timestampMs));
  const decision = decideVersion(undefined, prepared.candidate);
  if (decision.kind !== 'newer') throw new Error(decision.kind);
  return accept(prepared, decision.next, decision.from);
};
const hash = (fields: object) => prepare(delivery(fields)).candidate.contentHash;
const wrap = (inner: object, fields: object = {}) =>
  ingest({ contentType: 'application/ninjs+json', content: JSON.stringify(inner), ...fields });
const reason = (fields: object) => {
  try {
    prepare(delivery(fields));
  } catch (error) {
    if (error instanceof BadMessage) return error.reason;
    throw error;
  }
  return undefined;
};

describe('ingest', () => {
  it('brings an article into its form', () => {
    const article = {
      url: 'https://Example.org/1?utm_source=a#top',
      title: 'T',
      language: 'de',
      versionCreated: '2026-01-31T13:00:00.250+01:00',
      keywords: ['ulm'],
    };
    expect(ingest(article)).toEqual({
      uri: 'https://example.org/1',
      id: documentId('https://example.org/1'),
      url: 'https://example.org/1',
      title: 'T',
      content: 'Text.',
      contentType: 'text/plain',
      language: 'de',
      source: { domain: 'example.org' },
      pubStatus: 'usable',
      version: 0,
      versionCreated: '2026-01-31T12:00:00.250Z',
      versionFrom: 'publisher',
      contentHash: expect.stringMatching(/^[\w-]{22}$/),
      origin: 'news.article.scraped.v1/0/1@2',
      steps: [],
      keywords: ['ulm'],
    });
  });

  it.each([
    ['the time of scraping', { fetchedAt: '2026-01-31T11:00:00Z' }, RECORD_MS, '2026-01-31T11:00:00.000Z'],
    ['the time of the record', {}, RECORD_MS, '2026-01-31T12:00:00.000Z'],
    ['the epoch where the record has no time', {}, -1, '1970-01-01T00:00:00.000Z'],
    ['the last day where the record is of no year', {}, 9e15, '2099-12-31T00:00:00.000Z'],
  ])('dates a version by %s', (_what, fields, timestampMs, versionCreated) => {
    expect(ingest(fields, timestampMs).versionCreated).toBe(versionCreated);
  });

  it.each([
    ['Text mit <3 und a<b.', undefined, 'text/plain'],
    ['Vorher\n<P class="a">Absatz</P>', undefined, 'text/html'],
    ['<!DOCTYPE html><title>x</title>', undefined, 'text/html'],
    ['<p>Absatz</p>', 'text/plain', 'text/plain'],
    ['Absatz', 'text/html', 'text/html'],
  ])('takes %j (%s) for %s', (content, contentType, expected) => {
    expect(ingest({ content, ...(contentType && { contentType }) }).contentType).toBe(expected);
  });

  it.each([
    ['a number', { version: 3 }, 'publisher'],
    ['a time of the version', { versionCreated: '2026-01-31T11:00:00Z' }, 'publisher'],
    ['a time of scraping', { fetchedAt: '2026-01-31T11:00:00Z' }, 'scrape'],
    ['nothing', {}, 'scrape'],
    ['nothing but a kill', { pubStatus: 'canceled' }, 'publisher'],
  ])('says by whose word it is a version: of %s', (_what, fields, versionFrom) => {
    expect(ingest(fields)).toMatchObject({ versionFrom });
  });

  it('takes no scraper’s word for the story that an article belongs to', () => {
    const story = { id: documentId('urn:other'), relation: 'original', head: true, score: 1, why: [] };
    expect(ingest({ story, pubStatus: 'canceled' })).not.toHaveProperty('story');
  });

  it('leaves out an address that is too long in its canonical form', () => {
    const url = `https://example.org/${'ü'.repeat(3000)}`;
    expect(ingest({ url })).not.toHaveProperty('url');
    const host = `https://${'a'.repeat(5000)}.example/`;
    expect(ingest({ url: host })).not.toHaveProperty('source');
  });

  it('has the same hash for the same content, whenever it was scraped and in whatever order of fields', () => {
    const times = { version: 2, versionCreated: '2026-01-31T11:00:00Z', fetchedAt: '2026-01-31T11:00:00Z' };
    expect(hash({ a: 1, b: { c: 1, d: 2 } })).toBe(hash({ b: { d: 2, c: 1 }, a: 1, ...times }));
    expect(hash({ title: 'x' })).not.toBe(hash({ title: 'y' }));
    expect(hash({ pubStatus: 'canceled' })).not.toBe(hash({}));
  });

  it.each([
    ['empty content', { content: '' }, 'unprocessable'],
    ['white space alone', { content: ' \n\t ' }, 'unprocessable'],
    ['content that was cut inside a character', { content: 'a\ud83d' }, 'unprocessable'],
    [
      'a ninjs item in content that is none',
      { contentType: 'application/ninjs+json', content: '{' },
      'broken-contract',
    ],
    ['a kill with empty content', { content: '', pubStatus: 'canceled' }, undefined],
  ])('%s: %s', (_what, fields, expected) => {
    expect(reason(fields)).toBe(expected);
  });

  describe('a ninjs item as content', () => {
    const item = {
      uri: 'urn:inner',
      headlines: [{ value: 'Innen' }],
      bodies: [{ value: 'Inhalt.' }],
      version: '4',
    };
    it('is read; what stands beside it wins', () => {
      expect(wrap(item, { title: 'Außen', byline: 'B' })).toMatchObject({
        uri: 'https://example.org/1',
        title: 'Außen',
        byline: 'B',
        content: 'Inhalt.',
        contentType: 'text/plain',
        version: 4,
      });
    });

    it('is killed from inside and from outside, with or without a body', () => {
      const { bodies: _bodies, ...bare } = item;
      expect(wrap({ ...item, pubStatus: 'canceled' }).pubStatus).toBe('canceled');
      expect(wrap(bare, { pubStatus: 'canceled' })).toMatchObject({ pubStatus: 'canceled', content: '' });
    });
  });

  it('gives what its own contract takes, for whatever the public contract takes', () => {
    const short = fc.string({ maxLength: 40, unit: 'binary' });
    const date = fc.date({ min: new Date('1971-01-01'), max: new Date('2099-01-01'), noInvalidDate: true });
    const iso = date.map((one) => one.toISOString());
    const optional = {
      url: fc.oneof(
        fc.webUrl({ withQueryParameters: true }),
        short.map((text) => `https://example.org/${text}`),
      ),
      title: short,
      contentType: fc.constantFrom('text/html', 'text/plain'),
      language: fc.constantFrom('de', 'zh-Hant'),
      publishedAt: iso,
      fetchedAt: iso,
      source: fc.record({ name: short, domain: short }, { requiredKeys: [] }),
      version: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      versionCreated: iso,
      pubStatus: fc.constantFrom('usable', 'withheld', 'canceled'),
      signal: fc.constantFrom('update', 'correction'),
      embargoedUntil: iso,
      byline: short,
      // Fields of the next stages, forged by a scraper.
      id: fc.jsonValue(),
      steps: fc.jsonValue(),
      origin: fc.jsonValue(),
      contentHash: fc.jsonValue(),
      story: fc.jsonValue(),
      versionFrom: fc.jsonValue(),
    };
    const message = fc.record(
      { uri: fc.oneof(fc.webUrl(), fc.uuid()), content: short.map((text) => `a${text}`), ...optional },
      { requiredKeys: ['uri', 'content'] },
    );
    let accepted = 0;
    fc.assert(
      fc.property(message, fc.maxSafeInteger(), (fields, timestampMs) => {
        if (!scrapedArticle.safeParse(fields).success || !fields.content.isWellFormed()) return;
        accepted += 1;
        const output = JSON.parse(JSON.stringify(ingest(fields, timestampMs))) as unknown;
        expect(ingestedArticle.safeParse(output).error).toBeUndefined();
      }),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(250);
  });

  it('passes text that came after its kill on as that kill, with the text', () => {
    const kill = prepare(delivery({ pubStatus: 'canceled', content: '', version: 2 }));
    const known = decideVersion(undefined, kill.candidate);
    const late = prepare({ ...delivery({ version: 1 }), origin: 'news.article.scraped.v1/0/7@2' });
    if (known.kind !== 'newer') throw new Error(known.kind);
    const decision = decideVersion(known.next, late.candidate);
    if (decision.kind !== 'killed') throw new Error(decision.kind);
    const output = acceptAsKill(late, decision.next);
    expect(ingestedArticle.parse(output)).toMatchObject({
      pubStatus: 'canceled',
      version: 2,
      versionCreated: accept(kill, known.next).versionCreated,
      versionFrom: 'scrape',
      content: 'Text.',
      origin: 'news.article.scraped.v1/0/7@2',
    });
  });

  it('takes content of the largest size', () => {
    expect(ingest({ content: 'ü'.repeat(limits.contentBytes / 2) }).content).toHaveLength(
      limits.contentBytes / 2,
    );
  });
});
