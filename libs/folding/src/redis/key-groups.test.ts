import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { GROUP_SIZES, keyGroups } from './key-groups.ts';

describe('keyGroups', () => {
  it('takes the members of a shard together, as many as there is a script for', () => {
    const members = Array.from({ length: 23 }, (_, number) => number);
    expect(keyGroups(members, () => 0).map(({ size }) => size)).toEqual([16, 4, 2, 1]);
    expect(keyGroups([1, 2, 3, 4], (member) => member % 2)).toEqual([
      { size: 2, members: [1, 3] },
      { size: 2, members: [2, 4] },
    ]);
    expect(keyGroups([], () => 0)).toEqual([]);
  });

  it('leaves none out, mixes no shards, and keeps the order of a shard', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9999)), fc.integer({ min: 1, max: 16 }), (members, shards) => {
        const shardOf = (member: number) => member % shards;
        const groups = keyGroups(members, shardOf);
        for (const { size, members: some } of groups) {
          expect(GROUP_SIZES).toContain(size);
          expect(some).toHaveLength(size);
          expect(new Set(some.map(shardOf)).size).toBe(1);
        }
        for (let shard = 0; shard < shards; shard += 1) {
          const of = (all: readonly number[]) => all.filter((member) => shardOf(member) === shard);
          expect(of(groups.flatMap((group) => group.members))).toEqual(of(members));
        }
      }),
    );
  });
});
