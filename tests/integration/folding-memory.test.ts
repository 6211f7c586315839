import { describe, expect, it, jest } from '@jest/globals';
import type { Folded, FoldStore } from '@wirefold/folding';
import { eventually } from '@wirefold/testing';
import type { Redis } from 'ioredis';
import {
  foldable,
  foldOne,
  publish,
  REDISES,
  textOf,
  useFoldRedis,
  wrapped,
  type FoldRedis,
} from '../folding.ts';

/** What folding keeps in Redis: for how long, how much, and what comes of it where it is lost or spoilt. */
jest.setTimeout(60_000);

const HOUR_MS = 3_600_000;
const ENTRY_BYTES = 12;
const BUCKET_MOST = 512;
let texts = 200_000;
const fresh = () => textOf((texts += 1));

describe.each(REDISES)('on %s', (kind) => {
  let redis: FoldRedis;
  useFoldRedis(kind, (begun) => {
    redis = begun;
  });
  const worker: FoldRedis['worker'] = (options) => redis.worker(options);
  /** A story of two, one of them canceled, and all of their keys. */
  const publishStory = async (name: string, body: string) => {
    const folding = await worker();
    await publish(folding, foldable(`${name}/1`, { body }));
    const { id } = await publish(folding, foldable(`${name}/2`, { body }));
    return id;
  };

  it('every key ends by itself, and has its hash tag', async () => {
    await redis.flush();
    await publishStory('ends', fresh());
    await (await worker()).kill(foldable('ends/1'));
    await foldOne(await worker(), foldable('ends/unconfirmed', { body: fresh() }));
    const keys = await redis.keys();
    const kinds = new Set<string>();
    for (const { key, admin } of keys) {
      const ttlMs = await admin.pttl(key);
      expect(ttlMs).toBeGreaterThan(0);
      expect(ttlMs).toBeLessThanOrEqual(73 * HOUR_MS);
      const [, of = ''] = /^\{[^{}]+:fold:\d{1,2}\}:(article|story|postings)/.exec(key) ?? [];
      kinds.add(of);
    }
    expect(kinds).toEqual(new Set(['article', 'story', 'postings']));
  });

  describe('an article', () => {
    const recordKeyOf = async (id: string) =>
      (await redis.keys()).find(({ key }) => key.endsWith(`:article:${id.slice(0, 8)}`));

    it('is remembered for the window once it is published, and for the lease before', async () => {
      const folding = await worker({ leaseMs: 30_000, windowHours: 5 });
      const article = foldable('leased', { body: fresh() });
      const { record } = await foldOne(folding, article);
      const key = await recordKeyOf(article.id);
      expect(await key?.admin.pttl(key.key)).toBeLessThanOrEqual(30_000);
      await folding.confirm([record]);
      expect(await key?.admin.pttl(key.key)).toBeGreaterThan(4.9 * HOUR_MS);
      // Another version keeps that.
      await foldOne(folding, { ...article, title: 'Another' });
      expect(await key?.admin.pttl(key.key)).toBeGreaterThan(4.9 * HOUR_MS);
    });

    it('that is never published is forgotten, and what comes then is the original', async () => {
      const folding = await worker({ leaseMs: 100 });
      const body = fresh();
      const lost = foldable('lost', { body });
      const { record } = await foldOne(folding, lost);
      await eventually('it is forgotten', async () => ((await recordKeyOf(lost.id)) ? undefined : true));
      const next = await foldOne(await worker(), foldable('instead', { body }));
      expect(next.link).toMatchObject({ id: foldable('instead').id, relation: 'original' });
      // It was published after all.
      await folding.confirm([record]);
      expect(await recordKeyOf(lost.id)).toBeDefined();
    });

    it('whose lease has ended before it was published is remembered then', async () => {
      const folding = await worker({ leaseMs: 100 });
      const body = fresh();
      const article = foldable('slow', { body });
      const { record } = await foldOne(folding, article);
      await eventually('it is forgotten', async () => ((await recordKeyOf(article.id)) ? undefined : true));
      await folding.confirm([record]);
      expect(await publish(await worker(), foldable('behind the slow', { body }))).toMatchObject({
        id: article.id,
        relation: 'copy',
      });
    });
  });

  describe('a Redis that is flushed', () => {
    it('between two copies gives two stories, and no error', async () => {
      const folding = await worker();
      const body = fresh();
      const before = await publish(folding, foldable('before the flush', { body }));
      await redis.flush();
      const behind = await publish(folding, foldable('behind the flush', { body }));
      expect(behind).toMatchObject({ id: foldable('behind the flush').id, relation: 'original' });
      expect(behind.id).not.toBe(before.id);
      expect(await publish(folding, foldable('later', { body }))).toMatchObject({ id: behind.id });
      // What was published before the flush comes again: its copies are where they were found.
      expect((await publish(folding, foldable('before the flush', { body }))).id).toBe(behind.id);
    });

    it.each([
      'claim',
      'lookUp',
      'read',
      'join',
      'decideAlone',
      'decide',
      'adopt',
      'readStories',
      'confirm',
    ] as const)('behind %s leaves each article its one story', async (step) => {
      const body = fresh();
      const flushing = await worker({
        patienceMs: 200,
        around: (store: FoldStore) =>
          wrapped(store, async (name, call) => {
            const result = await call();
            if (name === step) await redis.flush();
            return result;
          }),
      });
      const articles = [1, 2, 3].map((number) => foldable(`flushed ${step}/${number}`, { body }));
      for (let round = 0; round < 2; round += 1) {
        const folded = (await flushing.fold(articles)) as Folded[];
        expect(folded.map(({ record }) => record.uri)).toEqual(articles.map(({ uri }) => uri));
        expect(folded.map(({ link }) => link.id).every((id) => articles.some((one) => one.id === id))).toBe(
          true,
        );
        await flushing.confirm(folded.map(({ record }) => record));
      }
      await flushing.kill(articles[0] as (typeof articles)[0]);
      await redis.flush();
      expect(await publishStory(`whole again ${step}`, body)).toBe(foldable(`whole again ${step}/1`).id);
    });
  });

  describe('what somebody else wrote', () => {
    const spoilers: Record<string, (admin: Redis, key: string) => Promise<unknown>> = {
      'a text': (admin, key) => admin.set(key, 'garbage'),
      'long bytes that look like a record': (admin, key) =>
        admin.set(key, Buffer.concat([Buffer.of(1, 1), Buffer.alloc(200, 0xff)])),
      'a cut record': (admin, key) => admin.set(key, Buffer.alloc(60, 1)),
      'an empty text': (admin, key) => admin.set(key, ''),
      'JSON of another form': (admin, key) => admin.set(key, '{"head":{},"languages":{}}'),
      'JSON that is half right': (admin, key) =>
        admin.set(key, '{"head":{"uri":1,"rank":"a","published":null},"languages":[],"killedBy":7}'),
      'a number': (admin, key) => admin.set(key, 7),
      'a list': (admin, key) => admin.lpush(key, 'a', 'b'),
      'a set': (admin, key) => admin.sadd(key, 'a'),
      'a hash': (admin, key) => admin.hset(key, 'a', 'b'),
      'a stream': (admin, key) => admin.xadd(key, '*', 'a', 'b'),
    };

    it.each(Object.keys(spoilers))('at each of the keys, %s, stops nobody', async (what) => {
      await redis.flush();
      const body = fresh();
      await publishStory(what, body);
      const folding = await worker({ patienceMs: 100 });
      const spoil = async () => {
        for (const { key, admin } of await redis.keys()) {
          await admin.unlink(key);
          await spoilers[what]?.(admin, key);
        }
      };
      await spoil();
      expect((await publish(folding, foldable(`${what}/2`, { body }))).id).toBe(foldable(`${what}/2`).id);
      await spoil();
      expect(await folding.kill(foldable(`${what}/1`))).toBeUndefined();
      await spoil();
      await publish(folding, foldable(`${what}/1`, { body }));
      await publish(folding, foldable(`${what}/3`, { body }));
      await publish(folding, foldable(`${what}/1`, { body: `${body} ${textOf(3, 1)}` }));
      await folding.kill(foldable(`${what}/1`));
    });

    it('in one key alone stops nobody', async () => {
      const body = fresh();
      for (const [what, spoil] of Object.entries(spoilers)) {
        await redis.flush();
        await publishStory(`one ${what}`, body);
        for (const { key } of await redis.keys()) {
          const { admin } = (await redis.keys()).find((one) => one.key === key) ?? {};
          if (admin === undefined) continue;
          await admin.unlink(key);
          await spoil(admin, key);
          const again = foldable(`one ${what}/2`, { body });
          const folding = await worker({ patienceMs: 100 });
          expect((await publish(folding, again)).id).toMatch(/^[\w-]{22}$/);
          await publish(folding, foldable(`one ${what}/${key.slice(-9)}`, { body }));
          await folding.kill(foldable(`one ${what}/1`));
        }
      }
    });

    it('in the buckets stops nobody', async () => {
      const body = fresh();
      for (const garbage of ['x', '', 'x'.repeat(ENTRY_BYTES), '\u00ff'.repeat(7), 'y'.repeat(50_000)]) {
        await redis.flush();
        const id = await publishStory('bucket', body);
        for (const { key, admin } of await redis.keys()) {
          if (!key.endsWith(':postings')) continue;
          for (const field of await admin.hkeysBuffer(key)) await admin.hset(key, field, garbage);
        }
        const copy = await publish(await worker(), foldable('bucket/3', { body }));
        expect(copy.id).toBe(foldable('bucket/3').id);
        expect((await publish(await worker(), foldable('bucket/4', { body }))).id).toBe(copy.id);
        expect(id).not.toBe(copy.id);
      }
    });
  });

  describe('memory is bounded', () => {
    // One bucket, and a tag for each.
    const posting = (number: number) => ({ hash: number, check: 64 * 77, bits: 100, kind: 'run' as const });
    const bucketBytes = async () => {
      const lengths: number[] = [];
      for (const { key, admin } of await redis.keys())
        for (const field of await admin.hkeysBuffer(key)) lengths.push(await admin.hstrlen(key, field));
      return lengths;
    };

    it('a bucket has no more than its most entries; the oldest go first', async () => {
      await redis.flush();
      const { store } = await worker();
      const refs = Array.from({ length: BUCKET_MOST + 88 }, (_, number) => foldable(`entry ${number}`).id);
      const ask = async (id: string, number: number) => {
        const [candidates = []] = await store.lookUp([{ id, postings: [posting(number)] }]);
        return candidates.map(({ ref }) => ref);
      };
      for (const [number, id] of refs.entries()) expect(await ask(id, number)).toEqual([]);
      const [bytes = 0] = await bucketBytes();
      // The last one comes on top of what is full.
      expect(bytes).toBeGreaterThanOrEqual(BUCKET_MOST * ENTRY_BYTES);
      expect(bytes).toBeLessThanOrEqual((BUCKET_MOST + 1) * ENTRY_BYTES);
      const asks = foldable('asks').id;
      expect(await ask(asks, refs.length - 1)).toEqual([refs.at(-1)?.slice(0, 8)]);
      expect(await ask(asks, 100)).toEqual([refs[100]?.slice(0, 8)]);
      expect(await ask(asks, 0)).toEqual([]);
      expect(await ask(asks, 80)).toEqual([]);
      expect(await bucketBytes()).toEqual([bytes]);
    });

    it('what many have is entered for a few', async () => {
      await redis.flush();
      const { store } = await worker();
      const many = Array.from({ length: 40 }, (_, number) => foldable(`many ${number}`));
      const found = await store.lookUp(many.map(({ id }) => ({ id, postings: [posting(1)] })));
      const counts = found.map((candidates) => candidates.length);
      const most = counts.at(-1) as number;
      expect(most).toBeGreaterThan(1);
      expect(most).toBeLessThanOrEqual(16);
      expect(counts).toEqual(many.map((_, number) => Math.min(number, most)));
      expect(await bucketBytes()).toEqual([most * ENTRY_BYTES]);
      // Twice is once.
      await store.lookUp(many.slice(0, 3).map(({ id }) => ({ id, postings: [posting(1)] })));
      expect(await bucketBytes()).toEqual([most * ENTRY_BYTES]);
    });

    it('what is past the window is not found, and is cut', async () => {
      await redis.flush();
      let nowMs = Date.now();
      const { store } = await worker({ nowMs: () => nowMs, windowHours: 10 });
      const enter = (name: string, number: number) =>
        store.lookUp([{ id: foldable(name).id, postings: [posting(number)] }]);
      await enter('old', 1);
      await enter('old too', 2);
      nowMs += 6 * HOUR_MS;
      await enter('newer', 3);
      expect(await bucketBytes()).toEqual([3 * ENTRY_BYTES]);
      expect((await enter('asks', 1))[0]).toHaveLength(1);
      nowMs += 6 * HOUR_MS;
      expect((await enter('asks later', 2))[0]).toHaveLength(0);
      // Left are what is newer, who asked, and what shares a tag with one of them, until that tag is asked for.
      expect(await bucketBytes()).toEqual([4 * ENTRY_BYTES]);
      expect((await enter('asks at last', 3))[0]).toHaveLength(1);
      expect((await enter('asks the tag', 1))[0]).toHaveLength(1);
      expect(await bucketBytes()).toEqual([5 * ENTRY_BYTES]);
    });
  });
});
