import { afterAll, describe, expect, it } from '@jest/globals';
import { createClean, createCleanStage, eldDetection } from '@wirefold/clean';
import { cleanedArticle, type CleanedArticle } from '@wirefold/contracts';
import { systemClock } from '@wirefold/pipeline';
import * as fc from 'fast-check';
import { articleOf } from '../articles.ts';
import { anyContent, anyPage, brokenPage, type Content } from './fuzzed-content.ts';

/** `FUZZ_SEED=7 FUZZ_RUNS=20000 npm test -- clean-fuzz` looks further than every run of the tests does. */
const run = {
  seed: Number(process.env['FUZZ_SEED'] ?? 1),
  numRuns: Number(process.env['FUZZ_RUNS'] ?? 300),
};
const TIMEOUT_MS = 120_000 + run.numRuns * 500;

const clean = createClean(eldDetection);
/** Letters alone: a page's markup becomes line breaks, spaces and bars. */
const lettersOf = (text: string) => text.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '').length;
/** Controls are letters of windows-1252, wrongly decoded: they are mended. */
const lettersIn = ({ content }: Content) => lettersOf(content.replace(/[\u0080-\u009F]/g, 'x'));

function expectSound(content: Content): void {
  const article = articleOf(content);
  const result = clean(article);
  if (result.kind === 'reject') {
    expect(result).toMatchObject({ reason: 'unprocessable', error: expect.stringMatching(/.{20,}/) });
    return;
  }
  expect(result.kind).toBe('pass');
  const output = (result as { output: CleanedArticle }).output;
  expect(cleanedArticle.parse(output)).toEqual(output);
  expect(lettersOf(output.body)).toBeLessThanOrEqual(lettersIn(content));
  for (const { text } of output.residue) expect(lettersOf(text)).toBeLessThanOrEqual(lettersIn(content));
  expect(output.body).toBe(output.body.normalize('NFC').trim());
  expect(output.body.isWellFormed()).toBe(true);
  // The same again: no rule may keep anything of the article before.
  expect(clean(article)).toEqual(result);
}

describe('clean makes an article or a clear rejection, never more text than came', () => {
  it(
    'of any text',
    () => {
      fc.assert(fc.property(anyContent, expectSound), run);
    },
    TIMEOUT_MS,
  );

  it(
    'of any page',
    () => {
      fc.assert(fc.property(anyPage, expectSound), run);
    },
    TIMEOUT_MS,
  );

  it(
    'of pages of the corpus, cut, doubled and mixed',
    () => {
      fc.assert(fc.property(brokenPage, expectSound), run);
    },
    TIMEOUT_MS,
  );
});

describe('the stage', () => {
  const { stage, close } = createCleanStage(
    { CLEAN_THREADS: 1, CLEAN_TIME_BUDGET_MS: 5000, CLEAN_MEMORY_BUDGET_MB: 384 },
    { clock: systemClock },
  );
  afterAll(close);
  const handle = async (contents: readonly Content[]) =>
    stage.handle(
      contents.map((content, index) => ({
        article: articleOf(content),
        key: `urn:${index}`,
        origin: `fuzz/0/${index}@0`,
        timestampMs: 0,
      })),
      { signal: new AbortController().signal },
    );
  const sound: Content = {
    contentType: 'text/html',
    content:
      '<article><p>The village on the eastern shore of the lake named its new ferry on Tuesday.</p></article>',
  };

  it(
    'has one outcome for each of any articles, and goes on',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.oneof(anyContent, anyPage, brokenPage), { minLength: 1, maxLength: 8 }),
          async (contents) => {
            const results = await handle([...contents, sound]);
            expect(results).toHaveLength(contents.length + 1);
            for (const result of results)
              expect(
                result.kind === 'pass' ||
                  (result.kind === 'reject' && ['unprocessable', 'over-budget'].includes(result.reason)),
              ).toBe(true);
            expect(results.at(-1)?.kind).toBe('pass');
          },
        ),
        { ...run, numRuns: Math.ceil(run.numRuns / 10) },
      );
    },
    TIMEOUT_MS,
  );
});
