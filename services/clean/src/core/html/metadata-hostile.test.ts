import { describe, expect, it } from '@jest/globals';
import { pageMetadata, type PageMetadata } from '@wirefold/contracts';
import * as fc from 'fast-check';
import { parsePage } from './document.ts';
import type { DomDocument } from './dom.ts';
import { readElements } from './metadata-elements.ts';
import { readPageFacts } from './metadata.ts';
import { readStructuredData } from './structured-data.ts';

function read(dom: DomDocument): PageMetadata | undefined {
  const elements = readElements(dom);
  const data = readStructuredData(elements.jsonLd);
  return readPageFacts(elements, data, { siteName: undefined, url: 'https://paper.example/ferry' }).page;
}

const page = (head: string, body = '') =>
  read(parsePage(`<html><head>${head}</head><body>${body}</body></html>`));

describe('readPageFacts on hostile pages', () => {
  const deep = (depth: number) => `${'{"@graph":['.repeat(depth)}1${']}'.repeat(depth)}`;
  const script = (text: string) => `<script type="application/ld+json">${text}</script>`;

  it.each([
    ['nested 10,000 deep', script(deep(10_000))],
    ['nested 100,000 deep', script('['.repeat(100_000))],
    ['100,000 objects', script(`[${'{"@type":"NewsArticle"},'.repeat(100_000)}1]`)],
    ['15,000 articles', script(`[${'{"@type":"NewsArticle","author":"A B"},'.repeat(15_000)}1]`)],
    ['200,000 authors', script(`{"@type":"NewsArticle","author":[${'"Ada Byre",'.repeat(200_000)}"x"]}`)],
    [
      'a name of a megabyte',
      script(
        JSON.stringify({
          '@type': 'NewsArticle',
          author: 'and '.repeat(250_000),
          keywords: ', '.repeat(500_000),
        }),
      ),
    ],
    [
      '30,000 entities',
      script(JSON.stringify({ '@type': 'NewsArticle', description: '&lt;'.repeat(30_000) })),
    ],
    ['8,000 scripts', script('{"@type":"NewsArticle"}').repeat(8_000)],
    [
      '4,000 properties in each other',
      `<div itemscope itemtype="http://schema.org/Article">${'<b itemprop="author">'.repeat(4_000)}x`,
    ],
    [
      '4,000 items in each other',
      '<div itemscope itemtype="http://schema.org/Article" itemprop="author">'.repeat(4_000),
    ],
    ['30,000 meta elements', '<meta name="author" content="Ada Byre">'.repeat(30_000)],
    ['headings in each other', '<h1>'.repeat(4_000)],
  ])('takes little time for %s', (_name, html) => {
    const dom = parsePage(html);
    const started = performance.now();
    const found = read(dom) ?? {};
    // Some of it takes 40 ms on an idle machine, mostly the walk through the elements; what is not linear takes minutes.
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(JSON.stringify(found).length).toBeLessThan(30_000);
  });

  it('follows no reference to itself, and reads no property of a prototype', () => {
    const circle = {
      '@type': 'NewsArticle',
      '@id': '#a',
      author: { '@id': '#a' },
      publisher: { '@id': '#b' },
    };
    expect(
      page(script(JSON.stringify([circle, { '@id': '#b', publisher: { '@id': '#b' } }]))),
    ).toBeUndefined();
    const hostile =
      '{"@type":"NewsArticle","__proto__":{"author":"Eve Polluter"},"constructor":{"prototype":{"isPaywalled":true}}}';
    expect(page(script(hostile))).toBeUndefined();
    expect(
      page(
        '',
        '<div itemscope itemtype="http://schema.org/Article"><b itemprop="__proto__ constructor">Eve</b></div>',
      ),
    ).toBeUndefined();
    expect({}).not.toHaveProperty('author');
  });

  it('never throws, and keeps to the contract whatever JSON-LD and meta elements say', () => {
    const names = [
      'author',
      'name',
      'image',
      'url',
      'caption',
      'datePublished',
      'keywords',
      'publisher',
      'hasPart',
      '@id',
      '@type',
      '@graph',
      'isAccessibleForFree',
      'mainEntityOfPage',
      'description',
      'articleSection',
      '@value',
    ];
    const words = fc.constantFrom(
      'NewsArticle',
      'WebPage',
      '#a',
      'Ada Byre',
      'By ',
      '2026-03-02T06:00:00+01:00',
      '1772431200',
      'https://x.example/a',
      '//x',
      'x'.repeat(9000),
      '\u0000',
      '\uD800',
      '&amp;',
      '<b>',
      ',',
      'false',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        words,
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.constantFrom(null, true, false, 0, 1e308),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 6 }),
      ),
    }));
    const meta = fc.constantFrom(
      'og:image',
      'og:url',
      'article:author',
      'article:published_time',
      'date',
      'author',
      'keywords',
      'article:content_tier',
    );
    fc.assert(
      fc.property(value, meta, words, (inner, name, content) => {
        const data = JSON.stringify({ '@type': 'NewsArticle', ...(inner as object) }).replaceAll(
          '<',
          '\\u003c',
        );
        const found = page(
          `${script(data)}<meta property="${name}" content="${content.replaceAll('"', '')}">`,
        );
        if (found !== undefined) expect(pageMetadata.strict().parse(found)).toEqual(found);
      }),
      { numRuns: 500 },
    );
  });
});
