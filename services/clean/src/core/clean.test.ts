import { describe, expect, it } from '@jest/globals';
import { cleanedArticle, type CleanedArticle, type IngestedArticle } from '@wirefold/contracts';
import * as fc from 'fast-check';
import { articleOf } from '../../../../tests/articles.ts';
import { eldDetection } from '../adapters/eld-detector.ts';
import { createClean } from './clean.ts';

const clean = createClean(eldDetection);

function cleaned(fields: Partial<IngestedArticle>): CleanedArticle {
  const result = clean(articleOf(fields));
  if (result.kind !== 'pass') throw new Error(`expected a pass, got ${JSON.stringify(result)}`);
  return cleanedArticle.parse(result.output);
}

const story =
  'The village on the eastern shore of the lake named its new ferry on Tuesday, which carries up to eighty bicycles.\n\nIt is to start in May , the mayor said .';

describe('createClean', () => {
  it('gives the story, mended, and keeps what it does not know', () => {
    const article = cleaned({ content: story, title: ' New  ferry ', desk: 'lakes' });
    expect(article).toMatchObject({ title: 'New ferry', titleFrom: 'publisher', desk: 'lakes' });
    expect(article.body).toMatch(/\n\nIt is to start in May, the mayor said\.$/);
    expect(article).toMatchObject({
      language: { tag: 'en', from: 'text' },
      extraction: { method: 'text', wordCount: 30 },
    });
    expect(article).not.toHaveProperty('content');
    expect(article).not.toHaveProperty('contentType');
  });

  it('takes the title from the first line where it looks like one', () => {
    const article = cleaned({ content: `Village names its new ferry\n\n${story}` });
    expect(article).toMatchObject({ title: 'Village names its new ferry', titleFrom: 'first-line' });
    expect(article.body.startsWith('The village')).toBe(true);
  });

  it.each([
    ['a sentence', `It has a name.\n\n${story}`],
    ['an author', `By Moira Kettle\n\n${story}`],
    ['a date', `3 May 2024, 17:08\n\n${story}`],
    ['nothing longer after it', 'Village names its new ferry\n\nMore soon'],
  ])('takes no title from %s', (_name, content) => {
    expect(cleaned({ content })).toMatchObject({ title: '', titleFrom: 'none' });
  });

  it('takes the title of the page', () => {
    const paragraphs = story.split('\n\n').map((text) => `<p>${text}</p>`);
    const content = `<html lang="en"><head><title>New ferry | Courier</title></head><body>${paragraphs.join('')}</body></html>`;
    expect(cleaned({ contentType: 'text/html', content, source: { name: 'Courier' } })).toMatchObject({
      title: 'New ferry',
      titleFrom: 'page',
      extraction: { method: 'readability' },
    });
  });

  const told = `<html><head><link rel="canonical" href="/ferry?id=1"><meta name="author" content="By Moira Kettle and Jonah Wells">
    <meta property="article:published_time" content="2026-03-02T06:00:00+01:00"></head>
    <body>${story
      .split('\n\n')
      .map((text) => `<p>${text}</p>`)
      .join('')}</body></html>`;

  it('passes on what the page says of itself, and fills in what the publisher did not give', () => {
    const url = 'https://courier.example/a';
    const versionCreated = '2026-03-02T05:30:00Z';
    const article = cleaned({ contentType: 'text/html', content: told, url, versionCreated });
    expect(article).toMatchObject({
      page: {
        authors: ['Moira Kettle', 'Jonah Wells'],
        publishedAt: '2026-03-02T06:00:00+01:00',
        canonicalUrl: 'https://courier.example/ferry?id=1',
      },
      publishedAt: '2026-03-02T06:00:00+01:00',
      byline: 'Moira Kettle, Jonah Wells',
      url,
    });
  });

  it('does not believe a page that says it is of another day to come', () => {
    const versionCreated = '2026-03-01T04:59:59Z';
    const article = cleaned({ contentType: 'text/html', content: told, versionCreated });
    expect(article.page).toMatchObject({ publishedAt: '2026-03-02T06:00:00+01:00' });
    expect(article).not.toHaveProperty('publishedAt');
  });

  it('keeps what the publisher gave', () => {
    const given = {
      publishedAt: '2026-03-01T06:00:00Z',
      byline: 'Ada Byre',
      url: 'https://courier.example/a',
    };
    const article = cleaned({ contentType: 'text/html', content: told, ...given });
    expect(article).toMatchObject({ ...given, page: { authors: ['Moira Kettle', 'Jonah Wells'] } });
  });

  it('has no page for a text, nor for a page that says nothing, whatever the publisher calls so', () => {
    const silent = { contentType: 'text/html', content: `<p>${story}</p>` } as const;
    for (const fields of [
      { content: story, page: 7 },
      { ...silent, page: { authors: 'x' } },
    ]) {
      const article = cleaned(fields);
      expect(article).not.toHaveProperty('page');
      expect(article).not.toHaveProperty('byline');
      expect(article).not.toHaveProperty('publishedAt');
    }
  });

  it.each([
    ['an empty text', { content: ' \n\u200B ' }, /content is empty/],
    [
      'a page without text',
      { contentType: 'text/html', content: '<div><img src=x></div>' },
      /No text was found/,
    ],
    [
      'nothing but furniture',
      { content: 'Facebook Twitter WhatsApp\n\n[Advert_1]' },
      /looks like share, advert|looks like advert, share/,
    ],
    ['too many lines', { content: 'a\n'.repeat(60_000) }, /more than 20000 lines/],
    [
      'too many lines in a page',
      { contentType: 'text/html', content: '<li>a'.repeat(30_000) },
      /more than 20000 lines/,
    ],
    ['too many tags', { contentType: 'text/html', content: '<br>'.repeat(200_000) }, /tags and entities/],
    [
      'too many attributes',
      { contentType: 'text/html', content: `<p ${'a= '.repeat(9000)}>x` },
      /attributes/,
    ],
    ['punctuation alone', { content: '&lt;'.repeat(5000) }, /^No text was found/],
    ['hostile nesting', { contentType: 'text/html', content: '<b>'.repeat(30_000) }, /elements open/],
  ] as const)('rejects %s', (_name, fields, error) => {
    expect(clean(articleOf(fields))).toMatchObject({
      kind: 'reject',
      reason: 'unprocessable',
      error: expect.stringMatching(error),
    });
  });

  it.each(['withheld', 'canceled'] as const)('passes a %s article without text', (pubStatus) => {
    expect(cleaned({ pubStatus, title: 'Killed' })).toMatchObject({
      title: 'Killed',
      body: '',
      residue: [],
      extraction: { method: 'none', wordCount: 0 },
    });
    expect(cleaned({ pubStatus, contentType: 'text/html', content: '<b>'.repeat(9000) })).toMatchObject({
      body: '',
    });
  });

  it('has an answer for any text or page, never longer than what came in', () => {
    const marks = [
      '<p>',
      '</p>',
      '<div class="share">',
      '</div>',
      '<table><tr><td>',
      '<!--',
      '-->',
      '<script>',
      '<h1>',
      '<br>',
    ];
    const lines = [
      'Foto: A/B',
      'By Ann Lee',
      '[Ad_1]',
      'Read more: x',
      '(dpa)',
      '图：',
      '1.1.2024',
      '<a href=x>',
      '&amp;',
      '&#0;',
    ];
    const pieces = fc.constantFrom(...marks, ...lines, '„', '"', '. ', '\n\n', '\n', ' ', '\uD800', 'م');
    const soup = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 60 });
    fc.assert(
      fc.property(
        soup,
        fc.constantFrom<'text/plain' | 'text/html'>('text/plain', 'text/html'),
        (parts, contentType) => {
          const content = parts.join('');
          const result = clean(articleOf({ content, contentType }));
          expect(['pass', 'reject']).toContain(result.kind);
          if (result.kind !== 'pass') return;
          const { body, title } = cleanedArticle.parse(result.output);
          // A break of one character between paragraphs becomes one of two; some characters have a longer NFC form.
          const room = content.toWellFormed().normalize('NFC').length + body.split('\n\n').length + 1;
          expect(body.length).toBeLessThanOrEqual(room);
          expect(title.length).toBeLessThanOrEqual(content.length);
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each([
    ['spaces', ' '],
    ['quotes', '"'],
    ['mixed quotes', '„"'],
    ['brackets', '((('],
    ['open brackets and letters', '[a '],
    ['addresses', 'a@a@'],
    ['labels', 'a: '],
    ['short lines', 'Aa bb cc dd ee ff gg hh ii jj\n'],
    ['credits', 'A boat lies there. Foto: Heiko Brandt/dpa\n'],
    ['authors', 'By Anna Maria Elisabeth Brandt, Paris\n'],
    ['combining marks', '\u0301\u0323'],
    ['joiners', '\u200D'],
    ['entities', '&a'],
  ])('takes time in proportion to the text: %s', (_name, unit) => {
    const took = (characters: number) => {
      const content = unit.repeat(characters / unit.length);
      const started = performance.now();
      clean(articleOf({ content }));
      return performance.now() - started;
    };
    took(16_384);
    const small = took(131_072);
    // Eight times the text: quadratic work would take 64 times as long.
    expect(took(1_048_576)).toBeLessThan(24 * Math.max(small, 20));
  });
});
