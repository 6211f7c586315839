import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
import type { Folded, FoldStore } from '@wirefold/folding';
import {
  foldable,
  latchOf,
  randomsOf,
  REDISES,
  textOf,
  useFoldRedis,
  workerOn,
  wrapped,
  type FoldRedis,
} from '../folding.ts';

/** Workers that fold copies of one story at the same moment. */
jest.setTimeout(120_000);

const PATIENCE_MS = 8000;
/** Two hundred races in all. */
const STORIES_AT_ONCE = 10;
let texts = 500_000;

describe.each(REDISES)('on %s', (kind) => {
  let redis: FoldRedis;
  useFoldRedis(kind, (begun) => {
    redis = begun;
  });

  it.each([
    [2, 20],
    [10, 20],
  ])('%i workers that fold copies at the same moment end in one story each time', async (count, rounds) => {
    const seed = Date.now() % 1_000_000;
    const random = randomsOf(seed);
    const delayed = (store: FoldStore) =>
      wrapped(store, async (_name, call) => {
        await pause(random);
        return call();
      });
    const workers = await Promise.all(
      Array.from({ length: count }, async () =>
        workerOn(await redis.connect(), {
          prefix: redis.prefix,
          patienceMs: PATIENCE_MS,
          around: delayed,
        }),
      ),
    );
    for (let round = 0; round < rounds; round += 1) {
      const stories = Array.from({ length: STORIES_AT_ONCE }, () => (texts += 1));
      const beganMs = performance.now();
      const folded = await Promise.all(
        workers.map(async (worker, index) => {
          await pause(random);
          // Of some stories two copies: they wait for each other, and others for them. No more than 16 in all, as
          // one article finds no more under one of its postings.
          const shuffled = [...stories, ...stories.slice(0, index % 2 === 0 ? 3 : 0)]
            .map((story, copy) => ({ story, copy, order: random(1000) }))
            .toSorted((one, other) => one.order - other.order);
          const batch = shuffled.map(({ story, copy }) =>
            foldable(`${story}/${index}/${copy}`, { body: textOf(story) }),
          );
          const results = (await worker.fold(batch)) as Folded[];
          await worker.confirm(results.map(({ record }) => record));
          return shuffled.map(({ story }, place) => ({ story, ...(results[place] as Folded) }));
        }),
      );
      const about = `seed ${seed}, round ${round}`;
      // Nobody waited for somebody who waits.
      expect({ about, isSwift: performance.now() - beganMs < PATIENCE_MS }).toEqual({ about, isSwift: true });
      const ofStory = (story: number) => folded.flat().filter((one) => one.story === story);
      const ids = stories.map((story) => new Set(ofStory(story).map(({ link }) => link.id)));
      expect({ about, ids: ids.map(({ size }) => size) }).toEqual({ about, ids: stories.map(() => 1) });
      expect(new Set(ids.flatMap((of) => [...of])).size).toBe(STORIES_AT_ONCE);
      const roots = stories.map((story) =>
        ofStory(story).filter(({ link, record }) => link.id === record.id),
      );
      expect({ about, roots: roots.map((of) => of.map(({ link }) => link.relation)) }).toEqual({
        about,
        roots: stories.map(() => ['original']),
      });
    }
  });

  it('two batches that wait for each other’s articles do so without a circle', async () => {
    const [r, both, s, all] = Array.from({ length: 4 }, () => textOf((texts += 1))) as [
      string,
      string,
      string,
      string,
    ];
    // The second of each is like the first, and like the last of the other batch; those two are not alike.
    const batches = [
      [r, `${r} ${both}`, all],
      [s, `${s} ${all}`, both],
    ].map((of, batch) => of.map((body, place) => foldable(`${texts}/${batch}/${place}`, { body })));
    let entered = 0;
    const sameMs = Date.now();
    const entry = latchOf();
    const workers = await Promise.all(
      batches.map(async () =>
        workerOn(await redis.connect(), {
          prefix: redis.prefix,
          patienceMs: 3000,
          // Both claim in the same millisecond.
          nowMs: () => (entered < 2 ? sameMs : Date.now()),
          around: (store) => ({
            ...store,
            lookUp: async (lookUps) => {
              await store.lookUp(lookUps);
              entered += 1;
              if (entered === 2) entry.open();
              await entry.opened;
              return store.lookUp(lookUps);
            },
          }),
        }),
      ),
    );
    const startMs = performance.now();
    const folded = await Promise.all(workers.map((worker, index) => worker.fold(batches[index] ?? [])));
    expect(performance.now() - startMs).toBeLessThan(2500);
    const ids = folded.map((of) => of.map((found) => found?.link.id));
    expect(new Set(ids[0]?.slice(0, 2)).size).toBe(1);
    expect(ids[1]?.[2]).toBe(ids[0]?.[0]);
    expect(new Set(ids[1]?.slice(0, 2)).size).toBe(1);
    expect(ids[0]?.[2]).toBe(ids[1]?.[0]);
  });
});

const pause = (random: (below: number) => number) => (random(3) === 0 ? undefined : sleep(random(3)));
