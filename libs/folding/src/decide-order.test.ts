import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { inOrder, predecessorsOf, type DecideTask } from './decide-order.ts';
import type { Likeness } from './likeliest.ts';

/** Like others of the batch, or of the story of an article that isn't in it; `~` before it is a translation. */
const task = (id: string, ...others: string[]): DecideTask => ({
  work: { record: { id } },
  likenesses: others.map((named) => {
    const other = named.replace('~', '');
    return {
      other: { id: other, storyId: other },
      match: { isSameLanguage: !named.startsWith('~') },
    } as Likeness;
  }),
});
const placesOf = (...tasks: DecideTask[]) =>
  predecessorsOf(tasks).map((places) => [...places].toSorted((one, other) => one - other));

describe('predecessorsOf', () => {
  it.each<[string, DecideTask[], number[][]]>([
    ['none', [], []],
    ['those that are alone', [task('a'), task('b')], [[], []]],
    ['one that is like one before it', [task('a'), task('b', 'a')], [[], [0]]],
    ['versions of one article', [task('a'), task('b'), task('a'), task('a')], [[], [], [0], [2]]],
    ['one that is liked by one before it', [task('a', 'b'), task('b')], [[], [0]]],
    [
      'a chain, and nobody beside it',
      [task('a'), task('b', 'a'), task('c', 'b'), task('d', 'z')],
      [[], [0], [1], []],
    ],
    ['copies of one that is known', [task('a', 'z'), task('b', 'z')], [[], []]],
    ['translations of one that is known', [task('a', '~z'), task('b', '~z')], [[], [0]]],
    ['a copy behind a translation', [task('a', '~z'), task('b', 'z')], [[], [0]]],
    ['a translation behind copies', [task('a', 'z'), task('b', 'z'), task('c', '~z')], [[], [], [0, 1]]],
  ])('of %s', (_what, tasks, expected) => {
    expect(placesOf(...tasks)).toEqual(expected);
  });
});

describe('inOrder', () => {
  const tasks = [task('a'), task('b', 'a'), task('c'), task('d', 'b')];

  it('waits for those before, and for nobody else', async () => {
    const said: string[] = [];
    await inOrder(tasks, async ({ work: { record } }) => {
      said.push(`+${record.id}`);
      await sleep(record.id === 'a' ? 20 : 1);
      said.push(record.id);
    });
    expect(said).toEqual(['+a', '+c', 'c', 'a', '+b', 'b', '+d', 'd']);
  });

  it('fails where one fails, and does not begin what waits for it', async () => {
    const begun: string[] = [];
    const failing = inOrder(tasks, async ({ work: { record } }) => {
      begun.push(record.id);
      if (record.id === 'a') throw new Error('a fails');
    });
    await expect(failing).rejects.toThrow('a fails');
    expect(begun).toEqual(['a', 'c']);
  });
});
