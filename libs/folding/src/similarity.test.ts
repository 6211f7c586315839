import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Anchor, Fingerprint, Sketch } from './fingerprint.ts';
import { anchorOverlap, overlapOf, sharedOf } from './similarity.ts';
import { mix32 } from './text/hash.ts';

const sketchOf = (members: Iterable<number>, most: number): Sketch => {
  const hashes = [...new Set(members)].map((member) => mix32(member)).toSorted((one, other) => one - other);
  return { hashes: hashes.slice(0, most), size: hashes.length };
};

const exactly = (one: ReadonlySet<number>, other: ReadonlySet<number>) => {
  const common = [...one].filter((member) => other.has(member)).length;
  return {
    ofNew: common / Math.max(1, one.size),
    ofKnown: common / Math.max(1, other.size),
    resemblance: common / Math.max(1, one.size + other.size - common),
  };
};

const members = fc.uniqueArray(fc.nat(400), { maxLength: 250 });

describe('overlapOf', () => {
  it('is exact where the samples have all', () => {
    fc.assert(
      fc.property(members, members, (one, other) => {
        const exact = exactly(new Set(one), new Set(other));
        const overlap = overlapOf(sketchOf(one, 1000), sketchOf(other, 1000));
        expect(overlap).toMatchObject(exact);
      }),
    );
  });

  it('is near by samples, whatever the sizes: within five standard deviations', () => {
    const range = fc.record({ from: fc.nat(1000), count: fc.integer({ min: 150, max: 1500 }) });
    const setOf = ({ from, count }: { from: number; count: number }) =>
      new Set(Array.from({ length: count }, (_, index) => from + index));
    fc.assert(
      fc.property(range, range, (fresh, known) => {
        const [one, other] = [setOf(fresh), setOf(known)];
        const exact = exactly(one, other);
        const [few, many] = [sketchOf(one, 64), sketchOf(other, 64)];
        const overlap = overlapOf(few, many);
        // So many members of each set are below the limit, on the average.
        const larger = Math.max(one.size, other.size);
        for (const [side, size] of [
          ['ofNew', one.size],
          ['ofKnown', other.size],
        ] as const) {
          const sampled = Math.max(1, (64 * size) / larger);
          const deviation = Math.sqrt(Math.max(exact[side] * (1 - exact[side]), 0.02) / sampled);
          expect(Math.abs(overlap[side] - exact[side])).toBeLessThanOrEqual(5 * deviation);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is the other way round where the two change places', () => {
    fc.assert(
      fc.property(members, members, fc.integer({ min: 1, max: 64 }), (one, other, most) => {
        const there = overlapOf(sketchOf(one, most), sketchOf(other, most));
        const back = overlapOf(sketchOf(other, most), sketchOf(one, most));
        expect(back).toEqual({ ...there, ofNew: there.ofKnown, ofKnown: there.ofNew });
      }),
    );
  });

  it('of a set and itself is one; of nothing nothing', () => {
    expect(overlapOf(sketchOf([1, 2, 3], 2), sketchOf([1, 2, 3], 2))).toMatchObject({
      ofNew: 1,
      ofKnown: 1,
      resemblance: 1,
    });
    const none = { ofNew: 0, ofKnown: 0, resemblance: 0, common: 0 };
    expect(overlapOf(sketchOf([], 2), sketchOf([], 2))).toEqual(none);
    expect(overlapOf(sketchOf([], 2), sketchOf([1, 2, 3], 2))).toEqual(none);
  });
});

it.each([
  [[1, 2, 3], [3, 4], { shared: 1, smaller: 2 }],
  [[1], [1, 2, 3], { shared: 1, smaller: 1 }],
  [[], [1], { shared: 0, smaller: 0 }],
])('sharedOf %j and %j', (one, other, shared) => {
  expect(sharedOf(one, other)).toEqual(shared);
});

describe('anchorOverlap', () => {
  const anchor = (hash: number, place: number, fields: Partial<Anchor> = {}): Anchor => ({
    hash,
    place,
    bits: 4,
    certainty: 1,
    ...fields,
  });
  const of = (...anchors: Anchor[]) => ({ anchors }) as unknown as Fingerprint;

  it('of a text and itself is one, in one order', () => {
    const text = of(anchor(1, 10), anchor(2, 20), anchor(3, 30));
    expect(anchorOverlap(text, text)).toEqual({ cosine: 1, bits: 12, shared: 3, order: 1 });
  });

  it('knows the other way round, and half of it', () => {
    const text = of(anchor(1, 10), anchor(2, 20), anchor(3, 30), anchor(4, 40));
    expect(anchorOverlap(text, of(anchor(1, 40), anchor(2, 30), anchor(3, 20), anchor(4, 10)))).toMatchObject(
      {
        cosine: 1,
        order: -1,
      },
    );
    expect(anchorOverlap(text, of(anchor(1, 10), anchor(2, 20), anchor(5, 1), anchor(6, 2)))).toEqual({
      cosine: 0.5,
      bits: 8,
      shared: 2,
      order: 1,
    });
  });

  it('takes for a name what one of the two is sure of, and never more than all', () => {
    const unsure = of(anchor(1, 10, { certainty: 0.2 }), anchor(2, 20, { certainty: 0.2 }));
    const sure = of(anchor(1, 10), anchor(3, 20));
    expect(anchorOverlap(unsure, sure).bits).toBe(4);
    expect(anchorOverlap(sure, unsure).bits).toBe(4);
    expect(anchorOverlap(unsure, of(anchor(1, 10), anchor(2, 20))).cosine).toBe(1);
  });

  it('of nothing is nothing', () => {
    const none = { cosine: 0, bits: 0, shared: 0, order: 0 };
    expect(anchorOverlap(of(), of())).toEqual(none);
    expect(anchorOverlap(of(anchor(1, 1)), of(anchor(2, 1)))).toEqual(none);
  });
});
