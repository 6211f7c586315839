import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { BadMessage, Outage } from './errors.ts';
import { perArticle, type ArticleFunction, type PerArticleOptions } from './per-article.ts';
import { drop, pass } from './stage-result.ts';
import type { Delivery } from './stage.ts';

type Article = { readonly key: string; readonly n: number };

const deliveries = (...keys: string[]): Delivery<Article>[] =>
  keys.map((key, n) => ({ article: { key, n }, key, origin: `t/0/${n}@0`, timestampMs: 0 }));

const sleeps: number[] = [];
const options: PerArticleOptions = {
  concurrency: 3,
  timeBudgetMs: 1000,
  attempts: 3,
  retryDelayMs: 10,
  sleep: async (ms) => void sleeps.push(ms),
};
const never = new AbortController().signal;
const run = (
  decide: ArticleFunction<Article, Article>,
  batch: Delivery<Article>[],
  more: Partial<PerArticleOptions> = {},
  signal = never,
) => perArticle(decide, { ...options, ...more })(batch, { signal });
const turn = () => new Promise((resolve) => void setImmediate(resolve));

describe('perArticle', () => {
  it('keeps the order of each key, works on no more than it may, and answers in the order of the batch', async () => {
    const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(keys, fc.integer({ min: 1, max: 5 }), async (names, concurrency) => {
        const begun = new Map<string, number[]>();
        const running = new Set<string>();
        let most = 0;
        const results = await run(
          async (article) => {
            expect(running.has(article.key)).toBe(false);
            running.add(article.key);
            most = Math.max(most, running.size);
            begun.set(article.key, [...(begun.get(article.key) ?? []), article.n]);
            for (let turns = article.n % 3; turns >= 0; turns -= 1) await turn();
            running.delete(article.key);
            return pass(article);
          },
          deliveries(...names),
          { concurrency },
        );
        expect(results).toEqual(names.map((key, n) => pass({ key, n })));
        expect(most).toBe(Math.min(concurrency, new Set(names).size));
        for (const order of begun.values())
          expect(order).toEqual(order.toSorted((one, other) => one - other));
      }),
      { numRuns: 40 },
    );
  });

  it('lets everything else have its turn while a function that never waits works on a long batch', async () => {
    let turns = 0;
    const beating = setInterval(() => (turns += 1), 1);
    const busyMs = (ms: number) => {
      const endsAt = performance.now() + ms;
      while (performance.now() < endsAt);
    };
    await run(
      (article) => {
        busyMs(10);
        return pass(article);
      },
      deliveries(...Array.from({ length: 20 }, (_, index) => `key-${index}`)),
    );
    clearInterval(beating);
    expect(turns).toBeGreaterThan(3);
  });

  it('says that it makes progress with each article', async () => {
    let done = 0;
    const batch = deliveries('a', 'a', 'b');
    await perArticle<Article, Article>(async (article) => pass(article), options)(batch, {
      signal: never,
      progress: () => (done += 1),
    });
    expect(done).toBe(batch.length);
  });

  it('rejects a bad message at once, alone', async () => {
    let calls = 0;
    const results = await run(
      (article) => {
        calls += 1;
        if (article.n === 1) throw new BadMessage('unprocessable', 'no text');
        return drop('unchanged');
      },
      deliveries('a', 'b', 'c'),
    );
    expect(results).toEqual([
      drop('unchanged'),
      { kind: 'reject', reason: 'unprocessable', error: 'no text' },
      drop('unchanged'),
    ]);
    expect(calls).toBe(3);
  });

  it('tries an unknown error again, with growing pauses', async () => {
    sleeps.length = 0;
    let calls = 0;
    const fails = (times: number) => async (article: Article) => {
      calls += 1;
      if (calls <= times) throw new TypeError('no function');
      return pass(article);
    };
    expect(await run(fails(2), deliveries('a'))).toEqual([pass({ key: 'a', n: 0 })]);
    expect(sleeps).toEqual([10, 20]);
    calls = 0;
    const [result] = await run(fails(9), deliveries('a'));
    expect(result).toMatchObject({ kind: 'unexpected', error: expect.any(TypeError) });
    expect(calls).toBe(3);
  });

  it('makes an error of whatever is thrown', async () => {
    const [result] = await run(() => {
      throw 'text'; // oxlint-disable-line no-throw-literal
    }, deliveries('a'));
    expect(result).toMatchObject({ kind: 'unexpected', error: { message: 'text' } });
  });

  it('begins nothing after an outage, and finishes what it has begun', async () => {
    const begun: number[] = [];
    const outage = new Outage('redis', 'ECONNREFUSED', 'away');
    const results = await run(
      async (article) => {
        begun.push(article.n);
        if (article.n === 1) throw outage;
        for (let turns = 0; turns < 5; turns += 1) await turn();
        return pass(article);
      },
      deliveries('a', 'b', 'a', 'c', 'b'),
      { concurrency: 2 },
    );
    expect(begun).toEqual([0, 1]);
    const waits = { kind: 'outage', outage };
    expect(results).toEqual([pass({ key: 'a', n: 0 }), waits, waits, waits, waits]);
  });

  it('rejects an article that takes longer than its budget, and tells the work to stop', async () => {
    let stopped = false;
    const results = await run(
      (article, { signal }) =>
        article.n === 1
          ? pass(article)
          : new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => {
                stopped = true;
                reject(new Error('too late to matter'));
              });
            }),
      deliveries('a', 'b'),
      { timeBudgetMs: 20 },
    );
    expect(results).toEqual([
      { kind: 'reject', reason: 'over-budget', error: 'took more than 20 ms' },
      pass({ key: 'b', n: 1 }),
    ]);
    expect(stopped).toBe(true);
  });

  it('blames no message for what the end of the process did to it', async () => {
    const aborter = new AbortController();
    const results = run(
      (_article, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('fetch was aborted')));
        }),
      deliveries('a', 'b'),
      { concurrency: 1 },
      aborter.signal,
    );
    await turn();
    aborter.abort();
    const waits = expect.objectContaining({
      kind: 'outage',
      outage: expect.objectContaining({ code: 'ABORTED' }),
    });
    expect(await results).toEqual([waits, waits]);
  });
});
