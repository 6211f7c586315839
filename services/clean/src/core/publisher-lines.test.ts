import { describe, expect, it } from '@jest/globals';
import type { CleanedArticle } from '@wirefold/contracts';
import { evidenceOf, knownTo, publisherOf, storyIn, storyOf, type Sighting } from './publisher-lines.ts';
import { PUBLISHER_LINE_REASON, publisherLineId } from './text/rules/publisher-line.ts';

const long =
  'The ferry from the eastern shore sails every second hour in summer, and carries eighty bicycles and as many of those who ride them.';
const closer = 'This text came to you from the harbour office.';

const cleaned = (fields: Partial<CleanedArticle>): CleanedArticle => ({
  id: 'abcdefghijklmnopqrstuv',
  uri: 'urn:a',
  version: 1,
  versionCreated: '2026-01-31T12:00:00Z',
  pubStatus: 'usable',
  contentHash: 'hash',
  origin: 'topic/0/1@1',
  steps: [],
  source: { domain: 'seeschau.example' },
  title: '',
  titleFrom: 'none',
  body: [long, closer].join('\n\n'),
  language: { tag: 'en', confidence: 1, from: 'text' },
  residue: [],
  extraction: { method: 'text', wordCount: 1 },
  ...fields,
});

describe('publisherOf', () => {
  it.each([
    [{ source: { domain: ' WWW.Seeschau.example ', name: 'Seeschau' } }, 'seeschau.example'],
    [{ source: { domain: '', name: 'Seeschau' }, url: 'https://other.example/1' }, 'seeschau'],
    [{ url: 'https://www.seeschau.example:8080/a?b' }, 'seeschau.example'],
    [{ source: { name: ' ' } }, undefined],
    [{}, undefined],
  ])('%j', (article, expected) => {
    expect(publisherOf(article)).toBe(expected);
  });
});

describe('storyIn', () => {
  it('takes short lines, but not the longest paragraph, which says which story it is', () => {
    const story = storyIn(cleaned({}));
    expect(story).toMatchObject({
      publisher: 'seeschau.example',
      story: 'abcd',
      lines: [{ id: publisherLineId(closer), length: closer.length }],
    });
    const copy = storyIn(
      cleaned({ id: 'zyxwvutsrqponmlkjihgfe', body: [closer, long.toUpperCase()].join('\n\n') }),
    );
    expect(copy).toEqual({ ...story, story: 'zyxw' });
  });

  it('goes on counting a line that is cut as the publisher’s own, and learns nothing of other residue', () => {
    const residue = [
      { kind: 'other', text: closer, reason: PUBLISHER_LINE_REASON } as const,
      { kind: 'share', text: 'Share this story', reason: 'share bar' } as const,
    ];
    expect(storyIn(cleaned({ body: long, residue }))?.lines).toEqual([
      { id: publisherLineId(closer), length: 0 },
    ]);
  });

  it('learns nothing without a publisher, of a killed article, and where there is only one paragraph', () => {
    expect(storyIn(cleaned({ source: {} }))).toBeUndefined();
    expect(storyIn(cleaned({ pubStatus: 'canceled' }))).toBeUndefined();
    expect(storyIn(cleaned({ body: closer }))).toBeUndefined();
  });

  it('takes the ends of a text with very many lines', () => {
    const many = Array.from({ length: 500 }, (_, index) => `Line ${index}`);
    const lines = storyIn(cleaned({ body: [long, ...many].join('\n\n') }))?.lines.map(({ id }) => id) ?? [];
    expect(lines).toHaveLength(40);
    expect(lines).toContain(publisherLineId('Line 0'));
    expect(lines).toContain(publisherLineId('Line 499'));
  });
});

describe('knownTo', () => {
  const line = { id: 'line', evidence: 'repeated' as const };
  it('does not count the article’s own story', () => {
    const article = { id: 'abcdefghijklmnopqrstuv' };
    const others = ['a', 'b', 'c'];
    expect(knownTo(article, [{ ...line, stories: [...others, 'd'] }])).toEqual(
      new Map([['line', 'repeated']]),
    );
    expect(knownTo(article, [{ ...line, stories: [...others, storyOf(article)] }]).size).toBe(0);
  });
});

describe('evidenceOf', () => {
  const TODAY = 20_000;
  /** Sightings in stories of these numbers. */
  const inStories = (...numbers: number[]): Sighting[] =>
    numbers.map((number) => ({ story: String(number), day: TODAY, number }));

  it.each([
    ['three stories are too few', inStories(1, 2, 3), 0, 3, undefined],
    ['four at once', inStories(1, 2, 3, 4), 0, 4, 'repeated'],
    ['in every second one, since today', inStories(2, 4, 6, 8, 10), 0, 10, 'repeated'],
    ['in every second one, for two days', inStories(2, 4, 6, 8, 10), 2, 10, 'regular'],
    ['in every fifth one', inStories(5, 10, 15, 20, 25), 9, 29, 'repeated'],
    ['in every thirtieth one', inStories(30, 60, 90, 120, 150), 9, 150, undefined],
    ['in none of late', inStories(1, 2, 3, 4, 5), 9, 200, undefined],
  ] as const)('%s', (_what, sightings, days, stories, expected) => {
    expect(evidenceOf(sightings, TODAY - days, stories, TODAY)).toBe(expected);
  });
});
