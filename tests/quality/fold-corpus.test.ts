import { describe, expect, it } from '@jest/globals';
import {
  isSameStory,
  isSameText,
  pairsOf,
  readFoldGroups,
  type FoldGroup,
  type FoldTruth,
} from './fold-corpus.ts';

const groups = [...readFoldGroups(), ...readFoldGroups('blind')];
const pairs = groups.flatMap(pairsOf);
const count = (of: readonly { truth: FoldTruth }[], ...truths: FoldTruth[]) =>
  of.filter(({ truth }) => truths.includes(truth)).length;

const languagesOf = (of: readonly FoldGroup[]) => [
  ...new Set(of.flatMap(({ articles }) => articles.map(({ language }) => language))),
];

describe('the corpus of wire pairs', () => {
  it('is as large and as hard as it has to be, in both halves', () => {
    for (const split of ['open', 'held'] as const) {
      const half = readFoldGroups(split);
      const halfPairs = half.flatMap(pairsOf);
      expect(half.length).toBeGreaterThanOrEqual(30);
      expect(halfPairs.filter(({ truth }) => isSameText(truth)).length).toBeGreaterThanOrEqual(40);
      expect(count(halfPairs, 'translation')).toBeGreaterThanOrEqual(15);
      expect(count(halfPairs, 'retranslation')).toBeGreaterThanOrEqual(2);
      expect(count(halfPairs, 'follow-up', 'different')).toBeGreaterThanOrEqual(100);
    }
    expect(languagesOf(groups)).toEqual(
      expect.arrayContaining(['ar', 'de', 'en', 'es', 'fr', 'it', 'pl', 'pt', 'ru', 'tr', 'vi', 'zh']),
    );
  });

  it('has a blind set that is as hard, in seven languages and more', () => {
    const blind = readFoldGroups('blind');
    const blindPairs = blind.flatMap(pairsOf);
    expect(blind.length).toBeGreaterThanOrEqual(24);
    expect(blindPairs.filter(({ truth }) => isSameText(truth)).length).toBeGreaterThanOrEqual(40);
    expect(count(blindPairs, 'translation')).toBeGreaterThanOrEqual(15);
    expect(count(blindPairs, 'retranslation')).toBeGreaterThanOrEqual(4);
    expect(count(blindPairs, 'follow-up', 'different')).toBeGreaterThanOrEqual(100);
    expect(languagesOf(blind).length).toBeGreaterThanOrEqual(7);
  });

  it('gives blind groups only to who asks for them by name', () => {
    const splitsOf = (read: readonly FoldGroup[]) => new Set(read.map(({ split }) => split));
    expect(splitsOf(readFoldGroups())).toEqual(new Set(['open', 'held', 'seen']));
    expect(splitsOf(readFoldGroups('open'))).toEqual(new Set(['open']));
    expect(splitsOf(readFoldGroups('held'))).toEqual(new Set(['held']));
    expect(splitsOf(readFoldGroups('seen'))).toEqual(new Set(['seen']));
    expect(splitsOf(readFoldGroups('blind'))).toEqual(new Set(['blind']));
  });

  it('says nothing of a pair that contradicts its languages or what it says of others', () => {
    const wrong = pairs.filter(({ earlier, later, truth }) => {
      const isOneLanguage = earlier.language === later.language;
      return (isSameText(truth) || truth === 'retranslation') !== isOneLanguage && isSameStory(truth);
    });
    expect(wrong).toEqual([]);
    const apart = groups.flatMap((group) =>
      group.pairs
        .filter(([, , truth]) => !isSameStory(truth))
        .filter(([one, other]) => {
          const unsaid = { ...group, pairs: group.pairs.filter(([a, b]) => a !== one || b !== other) };
          return pairsOf(unsaid).some(
            ({ earlier, later, truth }) =>
              isSameStory(truth) &&
              [earlier.id, later.id].toSorted().join() === [one, other].toSorted().join(),
          );
        }),
    );
    expect(apart).toEqual([]);
  });

  it('names only articles that are there, each pair once', () => {
    for (const group of groups) {
      const ids = new Set(group.articles.map(({ id }) => id));
      const keys = group.pairs.map(([one, other]) => [one, other].toSorted().join());
      expect(ids.size).toBe(group.articles.length);
      expect(group.pairs.flatMap(([one, other]) => [one, other]).filter((id) => !ids.has(id))).toEqual([]);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});

describe('what follows for a pair that is not listed', () => {
  const article = (id: string, language: string, minute: number) => ({
    id,
    language,
    publishedAt: `2026-01-01T00:0${minute}:00Z`,
    title: id,
    body: id,
  });
  const group: FoldGroup = {
    name: 'made',
    about: 'made',
    split: 'open',
    articles: ['en', 'en', 'en', 'de', 'en', 'en', 'fr', 'en', 'en'].map((language, at) =>
      article('abcdefghi'[at] as string, language, at),
    ),
    pairs: [
      ['a', 'b', 'copy'],
      ['c', 'b', 'update'],
      ['a', 'd', 'translation'],
      ['d', 'e', 'translation'],
      ['c', 'f', 'follow-up'],
      ['d', 'g', 'translation'],
      ['c', 'h', 'copy'],
    ],
  };
  const truths = new Map(pairsOf(group).map(({ earlier, later, truth }) => [earlier.id + later.id, truth]));

  it.each([
    ['ac', 'update', 'an update of its copy'],
    ['bd', 'translation', 'a translation of its copy'],
    ['be', 'retranslation', 'a translation back into its language'],
    ['ag', 'translation', 'a translation of its translation'],
    ['af', 'follow-up', 'what follows its update'],
    ['ah', 'update', 'a copy of an update of its copy'],
    ['hi', 'different', 'nothing that is said'],
  ])('%s: %s, by %s', (pair, truth) => {
    expect(truths.get(pair)).toBe(truth);
  });
});
