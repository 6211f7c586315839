import { afterAll, describe, expect, it } from '@jest/globals';
import type { IngestedArticle } from '@wirefold/contracts';
import { parseEnvironment, systemClock, type Delivery } from '@wirefold/pipeline';
import { articleOf } from '../../../tests/articles.ts';
import { createCleanPool } from './adapters/clean-pool.ts';
import { eldDetection } from './adapters/eld-detector.ts';
import { cleanEnvironment, cleaningEnvironment } from './config.ts';
import { createCleanStage } from './stage.ts';

const delivery = (key: string, fields: Partial<IngestedArticle>): Delivery<IngestedArticle> => ({
  key,
  origin: 'topic/0/1@1',
  timestampMs: 1,
  article: articleOf({ uri: key, contentType: 'text/html', ...fields }),
});

const paragraph =
  'The village on the eastern shore of the lake named its new ferry on Tuesday, which carries eighty bicycles.';
const page = (text: string) =>
  `<html lang="en"><body><article><p>${text}</p><p>${text}</p></article></body></html>`;
const context = { signal: new AbortController().signal };

const closing: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

describe('the clean stage', () => {
  const startStage = (timeBudgetMs: number) => {
    const config = parseEnvironment(cleaningEnvironment, {
      CLEAN_THREADS: '2',
      CLEAN_TIME_BUDGET_MS: String(timeBudgetMs),
    });
    const { stage, close } = createCleanStage(config, { clock: systemClock });
    closing.push(close);
    return stage;
  };

  it('cleans pages in worker threads and short texts at once, in order', async () => {
    const stage = startStage(20_000);
    const results = await stage.handle(
      [
        delivery('a', { content: page(paragraph) }),
        delivery('b', { contentType: 'text/plain', content: paragraph }),
        delivery('c', { content: '<div></div>' }),
        delivery('d', { contentType: 'text/plain', content: `${paragraph}\n\n`.repeat(400) }),
      ],
      context,
    );
    expect(results).toMatchObject([
      { kind: 'pass', output: { uri: 'a', extraction: { method: 'readability' } } },
      { kind: 'pass', output: { uri: 'b', body: paragraph } },
      { kind: 'reject', reason: 'unprocessable' },
      { kind: 'pass', output: { uri: 'd' } },
    ]);
  }, 30_000);

  it('ends what takes too long, and its neighbours go on', async () => {
    const stage = startStage(300);
    // A thread's first pages take longer: its code is not compiled yet.
    for (let warm = 0; warm < 10; warm += 1)
      await stage.handle(
        [delivery('warm-1', { content: page(paragraph) }), delivery('warm-2', { content: page(paragraph) })],
        context,
      );
    // Just under what Readability is given.
    const slow = `${'<div>'.repeat(60)}${`<div><p>${paragraph}</p></div>`.repeat(4500)}`;
    const results = await stage.handle(
      [
        delivery('slow', { content: slow }),
        delivery('good-1', { content: page(paragraph) }),
        delivery('nested', { content: '<div>'.repeat(60_000) }),
        delivery('good-2', { content: page(paragraph) }),
      ],
      context,
    );
    expect(results).toMatchObject([
      { kind: 'reject', reason: 'over-budget', error: 'Cleaning took more than 300 ms.' },
      { kind: 'pass', output: { uri: 'good-1' } },
      { kind: 'reject', reason: 'unprocessable' },
      { kind: 'pass', output: { uri: 'good-2' } },
    ]);
  }, 60_000);

  it('ends what takes too much memory, and goes on', async () => {
    const pool = createCleanPool({
      maxThreads: 1,
      timeBudgetMs: 60_000,
      memoryBudgetBytes: 32 * 1024 * 1024,
      detector: eldDetection,
    });
    try {
      const large = delivery('large', { content: '<a href=x b=1 c=2 d=3>a</a>'.repeat(19_900) }).article;
      await expect(pool.clean(large, new Map())).rejects.toMatchObject({
        reason: 'over-budget',
        message: 'Cleaning took more than 32 MiB of memory.',
      });
      await expect(
        pool.clean(delivery('good', { content: page(paragraph) }).article, new Map()),
      ).resolves.toMatchObject({
        kind: 'pass',
      });
    } finally {
      await pool.close();
    }
  }, 60_000);

  it('says what is wrong with its configuration', () => {
    expect(() =>
      parseEnvironment(cleanEnvironment, { CLEAN_THREADS: '0', CLEAN_TIME_BUDGET_MS: 'soon' }),
    ).toThrow(/3 mistakes[\s\S]*REDIS_URL[\s\S]*CLEAN_THREADS[\s\S]*CLEAN_TIME_BUDGET_MS/);
  });
});
