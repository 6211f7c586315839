import { describe, expect, it } from '@jest/globals';
import { cleanedArticle, translatedArticle } from './article.ts';
import { limits } from './limits.ts';
import { parseValue } from './parse.ts';
import { scrapedArticle } from './scraped.ts';

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
