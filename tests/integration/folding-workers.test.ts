import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
import type { Foldable, FoldStore } from '@wirefold/folding';
import {
  foldable,
  foldOne,
  latchOf,
  publish,
  REDISES,
  TEXTS,
  textOf,
  useFoldRedis,
  workerOn,
  wrapped,
  type FoldRedis,
} from '../folding.ts';

/** Workers that hang or die while they fold, and those that come upon their articles. */
jest.setTimeout(40_000);

let texts = 0;

describe.each(REDISES)('on %s', (kind) => {
  let redis: FoldRedis;
  useFoldRedis(kind, (begun) => {
    redis = begun;
  });

  describe('a worker that hangs with an article', () => {
    it.each(['lookUp', 'read', 'decideAlone'] as const)(
      'before it can %s is overtaken, and takes what was decided when it goes on',
      async (step) => {
        const text = textOf((texts += 1));
        const gate = latchOf();
        const hanging = workerOn(await redis.connect(), {
          prefix: redis.prefix,
          around: (store) =>
            wrapped(store, async (name, call) => {
              if (name === step) await gate.opened;
              return call();
            }),
        });
        const other = workerOn(await redis.connect(), { prefix: redis.prefix, patienceMs: 150 });
        const first = foldable(`hangs at ${step}`, { body: text });
        const hung = foldOne(hanging, first);
        await sleep(50);
        const beganMs = performance.now();
        const copy = await publish(other, foldable(`overtakes at ${step}`, { body: text }));
        // Where it was not entered yet, nobody knows of it, and it will find what the other has decided.
        const isFound = step !== 'lookUp';
        expect(performance.now() - beganMs).toBeGreaterThanOrEqual(isFound ? 150 : 0);
        gate.open();
        const { link } = await hung;
        expect(link.id).toBe(copy.id);
        expect({ link: link.relation, copy: copy.relation }).toEqual(
          isFound ? { link: 'original', copy: 'copy' } : { link: 'copy', copy: 'original' },
        );
        expect(link.id).toBe(isFound ? first.id : copy.id);
        const again = await publish(other, foldable(`comes after ${step}`, { body: text }));
        expect(again.id).toBe(copy.id);
      },
    );

    it.each([
      ['at work', false],
      ['at work, and taken along by another already', true],
    ])('takes all along that are %s, and joins the one that is decided', async (_what, areTaken) => {
      const text = textOf((texts += 1));
      const named = (name: string) => foldable(`${text.slice(0, 9)}/${name}`, { body: text });
      const [first, last, ...others] = ['first', 'last', '1', '2', '3', '4', '5'].map(named) as [
        Foldable,
        Foldable,
        ...Foldable[],
      ];
      const gate = latchOf();
      const firstIsDone = latchOf();
      const connection = await redis.connect();
      const finding = (found: readonly Foldable[], wait: Promise<void>) =>
        workerOn(connection, {
          prefix: redis.prefix,
          around: (store) => ({
            ...store,
            lookUp: async (lookUps) => {
              await store.lookUp(lookUps);
              await wait;
              return [found.map(({ id }) => ({ ref: id.slice(0, 8), bits: 100 }))];
            },
          }),
        });
      const folded = [foldOne(finding([...others, last], gate.opened), first)];
      await sleep(5);
      for (const other of others) {
        folded.push(foldOne(finding([first], firstIsDone.opened), other));
        await sleep(5);
      }
      const alone = await publish(finding([], Promise.resolve()), last);
      const { store } = workerOn(connection, { prefix: redis.prefix });
      if (areTaken) for (const other of others) await store.adopt(other.id, last.id);
      gate.open();
      await folded[0];
      firstIsDone.open();
      const ids = (await Promise.all(folded)).map(({ link }) => link.id);
      expect(new Set([...ids, alone.id])).toEqual(new Set([last.id]));
    });

    it('goes on too late to take the other along: one of the two is the original', async () => {
      const text = textOf((texts += 1));
      const [first, second] = [foldable('too late', { body: text }), foldable('in time', { body: text })];
      const overtaken = latchOf();
      const seesBoth = (store: FoldStore): FoldStore => ({
        ...store,
        // As where each was the first at one of their postings.
        lookUp: async (lookUps) => {
          await store.lookUp(lookUps);
          await sleep(50);
          return [[{ ref: second.id.slice(0, 8), bits: 100 }]];
        },
        adopt: async (id, by) => {
          await overtaken.opened;
          return store.adopt(id, by);
        },
      });
      const late = workerOn(await redis.connect(), { prefix: redis.prefix, around: seesBoth });
      const other = workerOn(await redis.connect(), { prefix: redis.prefix, patienceMs: 200 });
      const hung = foldOne(late, first);
      await sleep(20);
      const copy = await publish(other, second);
      overtaken.open();
      const { link } = await hung;
      expect(copy).toMatchObject({ id: first.id, relation: 'copy', of: first.uri });
      expect(link).toMatchObject({ id: first.id, relation: 'original' });
    });

    it('and never comes back leaves its article to whoever gets it again, in the same story', async () => {
      const text = textOf((texts += 1));
      const dying = workerOn(await redis.connect(), {
        prefix: redis.prefix,
        around: (store) =>
          wrapped(store, async (name, call) => {
            if (name === 'decideAlone') throw new Error('killed');
            return call();
          }),
      });
      const other = workerOn(await redis.connect(), { prefix: redis.prefix, patienceMs: 150 });
      const first = foldable('dies', { body: text });
      await expect(dying.fold([first])).rejects.toThrow('killed');
      const copy = await publish(other, foldable('lives', { body: text }));
      expect(await publish(other, first)).toMatchObject({ id: copy.id, relation: 'original' });
      expect(copy.id).toBe(first.id);
    });

    it('and dies after it has joined a story leaves a translation that still belongs to it', async () => {
      const healthy = workerOn(await redis.connect(), { prefix: redis.prefix });
      const dying = workerOn(await redis.connect(), {
        prefix: redis.prefix,
        around: (store) =>
          wrapped(store, async (name, call) => {
            if (name === 'decide') throw new Error('killed');
            return call();
          }),
      });
      const { id } = await publish(healthy, foldable('bridge', { title: TEXTS.title, body: TEXTS.bridge }));
      const german = foldable('bruecke', { language: 'de', body: TEXTS.bridgeInGerman });
      await expect(dying.fold([german])).rejects.toThrow('killed');
      expect(await publish(healthy, german)).toMatchObject({ id, relation: 'translation' });
    });
  });

  it('an article that was taken along and whose taker is gone ends as an original, once', async () => {
    const text = textOf((texts += 1));
    const worker = workerOn(await redis.connect(), { prefix: redis.prefix, patienceMs: 100 });
    const taken = foldable('taken along', { body: text });
    const adopting = workerOn(await redis.connect(), {
      prefix: redis.prefix,
      around: (store) =>
        wrapped(store, async (name, call) => {
          if (name === 'decideAlone') await store.adopt(taken.id, foldable('nobody').id);
          return call();
        }),
    });
    const folded = await foldOne(adopting, taken);
    expect(folded.link).toMatchObject({ id: taken.id, relation: 'original' });
    await adopting.confirm([folded.record]);
    expect(await publish(worker, foldable('later', { body: text }))).toMatchObject({ id: taken.id });
  });
});
