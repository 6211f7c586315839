import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { canonicalUrl } from './canonical-url.ts';

describe('canonicalUrl', () => {
  it.each([
    ['HTTPS://News.Example.ORG:443/a', 'https://news.example.org/a'],
    ['https://example.org/a#comments', 'https://example.org/a'],
    ['https://example.org/a?utm_source=x&id=5&fbclid=y&UTM_Medium=z', 'https://example.org/a?id=5'],
    ['https://example.org/a?b=2&a=1', 'https://example.org/a?a=1&b=2'],
    ['https://user:secret@example.org/a', 'https://example.org/a'],
    ['https://www.example.org/a/', 'https://www.example.org/a/'],
    ['http://example.org/a', 'http://example.org/a'],
    ['https://example.org', 'https://example.org/'],
    ['https://example.org/?page=a/', 'https://example.org/?page=a/'],
    ['https://münchen.example/ü', 'https://xn--mnchen-3ya.example/%C3%BC'],
    ['https://example.org/a?ref=b&source=c&page=2', 'https://example.org/a?page=2&ref=b&source=c'],
  ])('%s is %s', (url, canonical) => {
    expect(canonicalUrl(url)).toBe(canonical);
  });

  it.each([
    'urn:newsml:example:1',
    'tag:example.org,2026:1',
    '/a',
    'example.org/a',
    'https://',
    'javascript:alert(1)',
    '',
  ])('there is none of %p', (text) => expect(canonicalUrl(text)).toBeUndefined());

  it('is the canonical form of itself, and never throws', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string(), (url, text) => {
        const canonical = canonicalUrl(url) as string;
        expect(canonicalUrl(canonical)).toBe(canonical);
        canonicalUrl(text);
        canonicalUrl(`https://${text}`);
      }),
    );
  });
});
