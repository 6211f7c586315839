import { afterAll, describe, expect, it } from '@jest/globals';
import type { IngestedArticle } from '@wirefold/contracts';
import { parseEnvironment, systemClock, type Delivery } from '@wirefold/pipeline';
import { cleanEnvironment } from './config.ts';
import { createCleanStage } from './stage.ts';

const delivery = (key: string, fields: Partial<IngestedArticle>): Delivery<IngestedArticle> => ({
  key,
  origin: 'topic/0/1@1',
  timestampMs: 1,
  article: {
    id: 'abcdefghijklmnopqrstuv',
    uri: key,
    version: 1,
    versionCreated: '2026-01-31T12:00:00Z',
    pubStatus: 'usable',
    contentHash: 'hash',
    origin: 'topic/0/1@1',
    steps: [],
    contentType: 'text/html',
    content: '',
    ...fields,
  },
});

const paragraph =
  'The village on the eastern shore of the lake named its new ferry on Tuesday, which carries eighty bicycles.';
const page = (text: string) =>
  `<html lang="en"><body><article><p>${text}</p><p>${text}</p></article></body></html>`;
const context = { signal: new AbortController().signal };

describe('the clean stage', () => {
  const config = parseEnvironment(cleanEnvironment, {
    CLEAN_THREADS: '2',
    CLEAN_TIME_BUDGET_MS: '3000',
    CLEAN_MEMORY_BUDGET_MB: '96',
  });
  const { stage, close } = createCleanStage(config, { clock: systemClock });
  afterAll(close);

  it('cleans pages in worker threads and short texts at once, in order', async () => {
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

  it('ends what takes too long or too much memory, and its neighbours go on', async () => {
    // Hundreds of thousands of blocks in one parent: the parser is quadratic in them, and its tree is large.
    const slow = '<li>a'.repeat(400_000);
    const large = '<a href=x>b</a>'.repeat(130_000);
    const results = await stage.handle(
      [
        delivery('slow', { content: slow }),
        delivery('good-1', { content: page(paragraph) }),
        delivery('large', { content: large }),
        delivery('nested', { content: '<div>'.repeat(60_000) }),
        delivery('good-2', { content: page(paragraph) }),
      ],
      context,
    );
    expect(results).toMatchObject([
      { kind: 'reject', reason: 'over-budget' },
      { kind: 'pass', output: { uri: 'good-1' } },
      { kind: 'reject', reason: 'over-budget' },
      { kind: 'reject', reason: 'unprocessable' },
      { kind: 'pass', output: { uri: 'good-2' } },
    ]);
    const [slowly, , largely] = results;
    const errors = [slowly, largely].map((result) => (result?.kind === 'reject' ? result.error : ''));
    expect(errors.every((error) => /took more than (?:3000 ms|96 MiB)/.test(error))).toBe(true);
    expect(errors.some((error) => error.includes('MiB'))).toBe(true);
  }, 60_000);

  it('says what is wrong with its configuration', () => {
    expect(() =>
      parseEnvironment(cleanEnvironment, { CLEAN_THREADS: '0', CLEAN_TIME_BUDGET_MS: 'soon' }),
    ).toThrow(/2 mistakes[\s\S]*CLEAN_THREADS[\s\S]*CLEAN_TIME_BUDGET_MS/);
  });
});
