import { describe, expect, it } from '@jest/globals';
import { documentId, storyLink } from '@wirefold/contracts';
import type { ArticleRecord } from './article-record.ts';
import type { Match } from './compare.ts';
import { storyLinkOf } from './story-link.ts';

const recordOf = (fields: Partial<ArticleRecord>): ArticleRecord => ({
  id: documentId('urn:a'),
  uri: 'urn:a',
  state: 'decided',
  claim: 1,
  storyId: documentId('urn:a'),
  relation: 'original',
  score: 1,
  isKilled: false,
  isCorrected: false,
  contentKey: 'abcdefghijk',
  fingerprint: {
    language: 'en',
    publishedMs: 0,
    words: 0,
    shingles: { hashes: [], size: 0 },
    lead: [],
    terms: { hashes: [], size: 0 },
    figures: [],
    anchors: [],
    title: [],
    isAgencys: false,
  },
  ...fields,
});
const why = [{ sign: 'text', reason: '100 % of it is there' }];
const likenessOf = (fields: Partial<Match>) => ({
  other: recordOf({}),
  match: { relation: 'copy', score: 1, why, isSameLanguage: true, covered: true, ...fields } as Match,
});
const copy = recordOf({
  uri: 'urn:b',
  id: documentId('urn:b'),
  relation: 'copy',
  of: 'urn:a',
  score: 0.98765,
});

describe('storyLinkOf', () => {
  it('of an article that is alone: it is the head of its story', () => {
    expect(storyLinkOf({ record: recordOf({}) })).toEqual({
      id: documentId('urn:a'),
      relation: 'original',
      score: 1,
      why: [],
      head: true,
    });
  });

  it('of a copy says what of, why, and that all of it is there', () => {
    const link = storyLinkOf({ record: copy, likeness: likenessOf({}), head: 'urn:a' });
    expect(link).toEqual({
      id: documentId('urn:a'),
      relation: 'copy',
      of: 'urn:a',
      score: 0.99,
      why,
      covered: true,
    });
    expect(storyLink.parse(link)).toEqual(link);
  });

  it.each([
    ['the head has moved to it', { record: copy, head: 'urn:b' }, { head: true }],
    ['the head has moved from it', { record: recordOf({}), head: 'urn:b' }, { head: undefined }],
    ['another is canceled', { record: copy, killedBy: 'urn:a' }, { killedBy: 'urn:a' }],
    [
      'it credits an agency',
      { record: recordOf({ fingerprint: { ...copy.fingerprint, agency: 'dpa' } }) },
      { agency: 'dpa' },
    ],
    ['not all is there', { record: copy, likeness: likenessOf({ covered: false }) }, { covered: undefined }],
    [
      'it only follows',
      {
        record: recordOf({ relation: 'follow-up', of: 'urn:z' }),
        likeness: likenessOf({ relation: 'follow-up' }),
      },
      { relation: 'follow-up', of: 'urn:z', covered: undefined, head: true },
    ],
  ])('where %s', (_what, decided, expected) => {
    const link = storyLinkOf(decided);
    expect({ ...link, ...expected }).toEqual(link);
  });
});
