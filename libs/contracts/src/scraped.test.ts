import { describe, expect, it } from '@jest/globals';
import { cleanedArticle, translatedArticle } from './article.ts';
import { limits } from './limits.ts';
import { parseValue } from './parse.ts';
import { scrapedArticle } from './scraped.ts';

const base64 = (bytes: number) => Buffer.alloc(bytes, 0xe4).toString('base64');
const sent = (content: string, fields: object = {}) =>
  parseValue(scrapedArticle, { uri: 'urn:example:1', content, contentEncoding: 'base64', ...fields });

const accepts = (fields: object) =>
  scrapedArticle.safeParse({ uri: 'urn:example:1', content: 'Text.', ...fields }).success;

describe('scrapedArticle', () => {
  it.each([
    ['a long uri', { uri: 'u'.repeat(limits.uriBytes) }],
    ['a uri in Chinese', { uri: 'https://example.org/火箭' }],
    ['a date with an offset', { publishedAt: '2026-01-31T12:00:00.123+05:30' }],
    ['a leap day', { publishedAt: '2024-02-29T00:00:00Z' }],
    ['a date of 1800', { publishedAt: '1800-01-01T00:00:00Z' }],
    ['a version of the epoch', { versionCreated: '1970-01-01T00:00:00Z' }],
    ['the largest version', { version: 2 ** 31 - 1 }],
    ['a script tag', { language: 'zh-Hant' }],
    ['a kill without content', { content: undefined, pubStatus: 'canceled' }],
    ['a withheld article without content', { content: undefined, pubStatus: 'withheld' }],
  ])('takes %s', (_what, fields) => {
    expect(accepts(fields)).toBe(true);
  });

  it.each([
    ['a uri over its bytes', { uri: 'ü'.repeat(limits.uriBytes / 2 + 1) }],
    ['a uri with a space', { uri: 'a b' }],
    ['a uri with a control character', { uri: 'a\u0000b' }],
    ['half a surrogate pair in the uri', { uri: '\ud800' }],
    ['a relative url', { url: '/news/1' }],
    ['a url of another scheme', { url: 'javascript:alert(1)' }],
    ['a date without a zone', { publishedAt: '2026-01-31T12:00:00' }],
    ['a day alone', { publishedAt: '2026-01-31' }],
    ['a day that is not', { publishedAt: '2026-02-30T00:00:00Z' }],
    ['a date of 1799', { publishedAt: '1799-12-31T23:59:59Z' }],
    ['a date of 2100', { publishedAt: '2100-01-01T00:00:00Z' }],
    ['a version before the epoch', { versionCreated: '1969-12-31T23:59:59Z' }],
    ['a time as the version', { version: 1_769_860_800_000 }],
    ['a version in text', { version: '1' }],
    ['an underscore in the language', { language: 'de_DE' }],
    ['no content', { content: undefined }],
    ['an unknown status', { pubStatus: 'deleted' }],
    ['a title over its limit', { title: 't'.repeat(limits.titleCharacters + 1) }],
  ])('refuses %s', (_what, fields) => {
    expect(accepts(fields)).toBe(false);
  });
});

describe('content that is sent as bytes', () => {
  it.each([
    ['base64', base64(5), {}],
    ['base64 without padding, where none is needed', base64(3), {}],
    ['no bytes at all', '', {}],
    ['a charset', base64(5), { charset: 'windows-1251' }],
    ['a charset that nobody knows', base64(5), { charset: 'x-klingon; version=2' }],
    ['2 MiB of bytes, which are more in base64', base64(limits.contentBytes), {}],
  ])('takes %s', (_what, content, fields) => {
    expect(sent(content, fields)).toMatchObject({ value: { content, ...fields } });
  });

  it.each([
    ['a letter that is not of base64', 'SGFsbG8h*AAA'],
    ['the alphabet for URLs', '-_-_'],
    ['line breaks', 'SGFs\nbG8='],
    ['a length that is none', 'SGFsbG8'],
    ['padding in the middle', 'SGFsbG8=SGFs'],
    ['text that was not encoded', 'Die neue Fähre fährt.'],
    ['the longest that is not base64', '*'.repeat(limits.contentBase64Characters - 4)],
  ])('refuses %s, and says what it expects', (_what, content) => {
    expect(sent(content)).toEqual({
      problem: {
        reason: 'broken-contract',
        message: expect.stringMatching(/^content: expected base64 \(RFC 4648/),
      },
    });
  });

  it.each([
    ['a byte more than 2 MiB', base64(limits.contentBytes + 1)],
    ['much more', base64(limits.contentBytes * 2)],
  ])('finds %s too large', (_what, content) => {
    expect(sent(content)).toEqual({
      problem: {
        reason: 'too-large',
        message: `content: expected base64 of at most ${limits.contentBytes} bytes`,
      },
    });
  });

  it('finds text too large that would fit as bytes', () => {
    const content = 'ä'.repeat(limits.contentBytes / 2 + 1);
    expect(parseValue(scrapedArticle, { uri: 'urn:example:1', content })).toMatchObject({
      problem: { reason: 'too-large' },
    });
  });

  it('knows no other encoding', () => {
    expect(accepts({ contentEncoding: 'quoted-printable' })).toBe(false);
  });
});

it('keeps fields that a newer writer added, at every depth', () => {
  const article = {
    id: 'AAAAAAAAAAAAAAAAAAAAAA',
    uri: 'urn:example:1',
    version: 0,
    versionCreated: '2026-01-31T12:00:00Z',
    pubStatus: 'usable',
    contentHash: 'x',
    origin: 'x/0/0@0',
    steps: [{ stage: 'ingest', at: '2026-01-31T12:00:00Z', tookMs: 1, host: 'a' }],
    title: '',
    titleFrom: 'none',
    body: '',
    language: { tag: 'und', confidence: 0, from: 'none', script: 'Latn' },
    residue: [{ kind: 'other', text: 'x', line: 3 }],
    extraction: { method: 'none', wordCount: 0, pages: 2 },
    translation: { status: 'untranslated', language: 'en', cost: 3 },
    newer: { field: true },
  };
  expect(parseValue(translatedArticle, article)).toEqual({ value: article });
  const { translation: _translation, ...cleaned } = article;
  expect(parseValue(cleanedArticle, cleaned)).toEqual({ value: cleaned });
});
