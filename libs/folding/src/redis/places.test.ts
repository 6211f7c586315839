import { describe, expect, it } from '@jest/globals';
import { documentId } from '@wirefold/contracts';
import { hash32 } from '../text/hash.ts';
import { placesOf, shardOf, SHARDS } from './places.ts';

const COUNT = 64_000;
const postings = Array.from({ length: COUNT }, (_, number) => ({
  hash: hash32(`run ${number}`),
  check: hash32(`run ${number}`, 1),
  bits: 12,
  kind: 'run' as const,
}));

const countsOf = (keys: readonly (number | string)[]) => {
  const counts = new Map<number | string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts.values()];
};

describe('placesOf', () => {
  it('spreads postings evenly over shards and buckets', () => {
    const places = postings.map(placesOf);
    const ofShards = countsOf(places.map(({ shard }) => shard));
    expect(ofShards).toHaveLength(SHARDS);
    expect(Math.min(...ofShards)).toBeGreaterThan(3700);
    expect(Math.max(...ofShards)).toBeLessThan(4300);
    const ofBuckets = countsOf(places.map(({ place }) => place.readUInt16BE(0)));
    expect(ofBuckets.length).toBeGreaterThan(15_900);
    expect(Math.max(...ofBuckets)).toBeLessThan(20);
  });

  it('tells apart what is not the same, and nothing that is', () => {
    const keys = postings.map((posting) => {
      const { shard, place } = placesOf(posting);
      return `${shard}/${place.toString('hex')}`;
    });
    expect(new Set(keys).size).toBeGreaterThan(COUNT - 5);
    expect(placesOf({ hash: 1, check: 2, bits: 3, kind: 'run' })).toEqual(
      placesOf({ hash: 1, check: 2, bits: 9, kind: 'anchor' }),
    );
  });

  it('takes any 32 bits', () => {
    for (const value of [0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]) {
      const { shard, place } = placesOf({ hash: value, check: value, bits: 1, kind: 'run' });
      expect(shard).toBeLessThan(SHARDS);
      expect(place).toHaveLength(5);
    }
  });
});

it('shardOf spreads articles evenly, and knows one by the beginning of its id', () => {
  const ids = Array.from({ length: COUNT }, (_, number) => documentId(`urn:${number}`));
  const counts = countsOf(ids.map(shardOf));
  expect(counts).toHaveLength(SHARDS);
  expect(Math.max(...counts)).toBeLessThan(4300);
  expect(ids.filter((id) => shardOf(id) !== shardOf(id.slice(0, 8)))).toEqual([]);
});
