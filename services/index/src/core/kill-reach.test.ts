import { describe, expect, it } from '@jest/globals';
import type { ArticleTombstone } from '@wirefold/article-index';
import { documentId, type StoryLink } from '@wirefold/contracts';
import {
  killReaching,
  killerIn,
  reachOf,
  relativeIds,
  standingKill,
  storyMarkId,
  storyMarks,
  type Member,
  type Relative,
} from './kill-reach.ts';

const id = (name: string) => documentId(`urn:${name}`);
const member = (
  name: string,
  root: string,
  of?: string,
  relation: StoryLink['relation'] = 'copy',
): Member => ({
  id: id(name),
  uri: `urn:${name}`,
  story: { id: id(root), relation: of === undefined ? 'original' : relation, ...(of && { of: `urn:${of}` }) },
});
const dead = (name: string, killedBy?: string): [string, Relative] => [
  id(name),
  { uri: `urn:${name}`, pubStatus: 'canceled', ...(killedBy && { killedBy: `urn:${killedBy}` }) },
];
const alive = (name: string): [string, Relative] => [id(name), { uri: `urn:${name}`, pubStatus: 'usable' }];
const lookup = (...relatives: [string, Relative][]) => {
  const all = new Map(relatives);
  return (one: string) => all.get(one);
};

describe('relativeIds', () => {
  it('names the story’s mark and the article that it is a copy of', () => {
    expect(relativeIds(member('c', 'r', 'b'))).toEqual([storyMarkId(id('r')), id('b')]);
    expect(relativeIds(member('c', 'r', 'r'))).toEqual([storyMarkId(id('r')), id('r')]);
    expect(relativeIds(member('r', 'r'))).toEqual([storyMarkId(id('r'))]);
    expect(relativeIds({ id: id('x'), uri: 'urn:x' })).toEqual([]);
  });

  it('does not name what the head was compared with: it is not made from that', () => {
    const { story, ...rest } = member('h', 'r', 'b');
    expect(relativeIds({ ...rest, story: story && { ...story, head: true } })).toEqual([
      storyMarkId(id('r')),
    ]);
  });

  it('does not name what a follow-up follows', () => {
    expect(relativeIds(member('f', 'f', 'r', 'follow-up'))).toEqual([storyMarkId(id('f'))]);
  });
});

describe('killReaching', () => {
  const copy = member('c', 'r', 'b');
  it.each([
    ['nobody, where nothing is there', [], undefined],
    ['nobody, where all stand', [alive('r'), alive('b')], undefined],
    [
      'nobody, where only the article is canceled that the story began with',
      [dead('r'), alive('b')],
      undefined,
    ],
    ['the one that it is a copy of', [alive('r'), dead('b')], 'urn:b'],
    ['who wiped the one that it is a copy of', [dead('b', 'k'), dead('k')], 'urn:k'],
    ['who wiped it, where that one is not in the index', [dead('b', 'k')], 'urn:k'],
    ['nobody, where who wiped it came back', [dead('b', 'k'), alive('k')], undefined],
    ['nobody but itself', [dead('b', 'c')], undefined],
    ['a killed head, by the mark', [[storyMarkId(id('r')), dead('', 'h')[1]]], 'urn:h'],
    ['nobody, where the head came back', [[storyMarkId(id('r')), dead('', 'h')[1]], alive('h')], undefined],
  ] as [string, [string, Relative][], string | undefined][])('finds %s', (_what, relatives, killer) => {
    expect(killReaching(copy, lookup(...relatives))).toBe(killer);
  });
});

describe('standingKill', () => {
  it('of an article that is canceled itself is its own', () => {
    expect(standingKill(dead('a')[1], lookup())).toBe('urn:a');
    expect(standingKill(alive('a')[1], lookup())).toBeUndefined();
  });
});

describe('the reach of kills', () => {
  const fallen = (name: string, story?: { root: string; head?: boolean }, killedBy?: string) => ({
    tombstone: { id: id(name), uri: `urn:${name}`, ...(killedBy && { killedBy }) } as ArticleTombstone,
    told: story && { id: id(story.root), ...(story.head && { head: true }) },
  });

  it('is the whole story of its head, else what was made of it', () => {
    const reach = reachOf([
      fallen('r', { root: 'r', head: true }),
      fallen('b', { root: 'b' }),
      fallen('h', { root: 's', head: true }),
      fallen('c', { root: 't' }),
      fallen('alone'),
    ]);
    expect(Object.fromEntries(reach.stories)).toEqual({ [id('r')]: 'urn:r', [id('s')]: 'urn:h' });
    expect([...reach.copiesOf.keys()]).toEqual(['urn:r', 'urn:b', 'urn:h', 'urn:c', 'urn:alone']);
    expect(storyMarks(reach, 'now')).toEqual([
      { id: storyMarkId(id('r')), pubStatus: 'canceled', killedBy: 'urn:r', indexedAt: 'now' },
      { id: storyMarkId(id('s')), pubStatus: 'canceled', killedBy: 'urn:h', indexedAt: 'now' },
    ]);
  });

  it('of what fell with another is what was made of it, by the other’s kill', () => {
    const reach = reachOf([fallen('h', { root: 'h', head: true }, 'urn:k')]);
    expect(reach).toEqual({ stories: new Map(), copiesOf: new Map([['urn:h', 'urn:k']]) });
  });

  it('is told of each document that was found in it, but of the killed itself', () => {
    const reach = reachOf([fallen('h', { root: 'r', head: true }), fallen('c', { root: 't' })]);
    expect(killerIn(reach, member('x', 'r', 'y'))).toBe('urn:h');
    expect(killerIn(reach, member('h', 'r', 'r'))).toBeUndefined();
    expect(killerIn(reach, { id: id('r'), uri: 'urn:r' })).toBe('urn:h');
    expect(killerIn(reach, member('x', 't', 'c'))).toBe('urn:c');
    expect(killerIn(reach, member('x', 'x', 'c', 'follow-up'))).toBeUndefined();
    expect(killerIn(reach, member('x', 't', 't'))).toBeUndefined();
  });
});

describe('a correction, and its copies', () => {
  const story = { id: id('r'), relation: 'correction', of: 'urn:r', corrected: true } as const;
  const correction: Member = { id: id('right'), uri: 'urn:right', story };
  const copy: Member = {
    id: id('copy'),
    uri: 'urn:copy',
    story: { ...story, relation: 'copy', of: 'urn:right' },
  };
  const reach = (of: string) =>
    reachOf([{ tombstone: { id: id(of), uri: `urn:${of}` } as ArticleTombstone, told: { id: id('r') } }]);

  it('do not fall with what they correct', () => {
    const killed = lookup(dead('r'), [storyMarkId(id('r')), dead('', 'r')[1]]);
    expect([correction, copy].map((one) => killReaching(one, killed))).toEqual([undefined, undefined]);
    expect([correction, copy].map((one) => killerIn(reach('r'), one))).toEqual([undefined, undefined]);
  });

  it('fall together', () => {
    expect(killReaching(copy, lookup(dead('right')))).toBe('urn:right');
    expect(killerIn(reach('right'), copy)).toBe('urn:right');
  });
});
