import { describe, expect, it } from '@jest/globals';
import type { ArticleRecord } from './article-record.ts';
import type { Match } from './compare.ts';
import { likeliest, type Likeness } from './likeliest.ts';

const like = (
  id: string,
  storyId: string,
  score: number,
  fields: Partial<Match> & Partial<Pick<ArticleRecord, 'state' | 'claim'>> = {},
): Likeness => {
  const { state = 'decided', claim = 0, ...match } = fields;
  return {
    other: { id, storyId, state, claim } as ArticleRecord,
    match: { relation: 'copy', score, why: [], isSameLanguage: true, covered: false, ...match },
  };
};
const translated = { relation: 'translation', isSameLanguage: false } as const;
const idsOf = (likenesses: readonly Likeness[]) => likenesses.map(({ other }) => other.id);

describe('likeliest', () => {
  it.each<[string, Likeness[], string | undefined, string[]]>([
    ['none', [], undefined, []],
    ['the most alike first', [like('a', 'A', 0.5), like('b', 'B', 0.9)], undefined, ['b', 'a']],
    ['one a story', [like('a', 'S', 0.5), like('b', 'S', 0.9), like('c', 'S', 0.7)], undefined, ['b']],
    [
      'the earlier of two alike',
      [like('a', 'A', 0.5, { claim: 9 }), like('b', 'B', 0.5, { claim: 3 })],
      undefined,
      ['b', 'a'],
    ],
    ['no follow-up', [like('a', 'A', 0.9, { relation: 'follow-up' })], undefined, []],
    [
      'the same text before a translation',
      [like('a', 'A', 0.9, translated), like('b', 'B', 0.4)],
      undefined,
      ['b', 'a'],
    ],
    ['its own story first', [like('a', 'A', 0.9), like('b', 'B', 0.5)], 'B', ['b', 'a']],
    [
      'translations, the surest first',
      [like('a', 'A', 0.45, translated), like('b', 'B', 0.6, translated)],
      undefined,
      ['b', 'a'],
    ],
    [
      'no translation that another story is as like as',
      [like('a', 'A', 0.35, translated), like('b', 'B', 0.34, translated)],
      undefined,
      [],
    ],
    [
      'a translation that stands out',
      [like('a', 'A', 0.39, translated), like('b', 'B', 0.32, translated)],
      undefined,
      ['a', 'b'],
    ],
    [
      'one that another of its own story is as like as',
      [like('a', 'A', 0.35, { ...translated, state: 'claimed' }), like('b', 'A', 0.34, translated)],
      undefined,
      ['a', 'b'],
    ],
    [
      'besides one at work the decided one that took it along',
      [like('a', 'S', 0.9, { state: 'claimed' }), like('b', 'S', 0.9)],
      undefined,
      ['a', 'b'],
    ],
  ])('gives %s', (_what, likenesses, preferred, ids) => {
    expect(idsOf(likeliest(likenesses, preferred))).toEqual(ids);
  });
});
