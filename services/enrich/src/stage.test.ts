import { describe, expect, it } from '@jest/globals';
import { limits, type TranslatedArticle } from '@wirefold/contracts';
import { parseEnvironment, systemClock } from '@wirefold/pipeline';
import { enrichEnvironment } from './config.ts';
import { createEnrichStage } from './stage.ts';

const article = (language: string, body: string): TranslatedArticle => ({
  id: 'AAAAAAAAAAAAAAAAAAAAAA',
  uri: 'https://example.org/a',
  version: 0,
  versionCreated: '2026-01-31T12:00:00Z',
  publishedAt: '2023-09-13T12:00:00Z',
  pubStatus: 'usable',
  contentHash: 'x',
  origin: 'news.article.scraped.v1/0/0@0',
  steps: [],
  title: '',
  titleFrom: 'none',
  body,
  language: { tag: language, confidence: 1, from: 'text' },
  residue: [],
  extraction: { method: 'text', wordCount: 4 },
  translation: { status: 'not-needed', language: 'en' },
});

async function handle(environment: Record<string, string>, ...articles: TranslatedArticle[]) {
  const config = parseEnvironment(enrichEnvironment, environment);
  const { stage, close } = createEnrichStage(config, { clock: systemClock });
  const batch = articles.map((each, index) => ({
    article: each,
    key: `${index}`,
    origin: each.origin,
    timestampMs: 0,
  }));
  const results = await stage.handle(batch, { signal: new AbortController().signal });
  await close();
  return results;
}

const filled = (text: string) =>
  text.repeat(Math.ceil(limits.contentBytes / text.length)).slice(0, limits.contentBytes);

describe('createEnrichStage', () => {
  it('finds dates and places together', async () => {
    const [result] = await handle({}, article('de', 'Am 12. September traf er sie in Berlin.'));
    expect(result).toMatchObject({
      kind: 'pass',
      output: {
        entities: [
          { type: 'date', text: '12. September', start: 3, value: '2023-09-12' },
          { type: 'place', text: 'Berlin', id: 'geonames:2950159' },
        ],
      },
    });
  });

  it('caps the number of entities', async () => {
    const [result] = await handle(
      { ENRICH_MAX_ENTITIES: '5' },
      article('de', 'Am 5. Mai 2021 in Berlin. '.repeat(20)),
    );
    expect(result?.kind === 'pass' && result.output.entities.length).toBe(5);
  });

  it.each([
    ['prose', 'de', 'Der Minister sprach von Zahlen und von einer Lage. '],
    ['unfinished durations', 'en', '3 days 4 hours '],
    ['Chinese numbers', 'zh', '一二三'],
    ['starts of names', 'en', 'San '],
  ])(
    'reads 2 MiB of %s in its time',
    async (_what, language, text) => {
      const [result] = await handle({}, article(language, filled(text)));
      expect(result?.kind).toBe('pass');
    },
    60_000,
  );

  it('rejects what is over its time', async () => {
    const [result] = await handle({ ENRICH_TIME_BUDGET_MS: '100' }, article('en', filled('3 days 4 hours ')));
    expect(result).toMatchObject({ kind: 'reject', reason: 'over-budget' });
  });
});
