import { describe, expect, it } from '@jest/globals';
import { enrichedArticle, type TranslatedArticle } from '@wirefold/contracts';
import { createEnrich } from './enrich.ts';
import type { Document, Recogniser } from './recogniser.ts';

const article: TranslatedArticle = {
  id: 'AAAAAAAAAAAAAAAAAAAAAA',
  uri: 'https://example.org/a',
  version: 0,
  versionCreated: '2026-01-31T12:00:00Z',
  publishedAt: '2026-01-31T12:00:00Z',
  pubStatus: 'usable',
  contentHash: 'x',
  origin: 'news.article.scraped.v1/0/0@0',
  steps: [],
  title: '',
  titleFrom: 'none',
  body: 'A day in Rome.',
  language: { tag: 'en', confidence: 1, from: 'text' },
  residue: [],
  extraction: { method: 'text', wordCount: 4 },
  translation: { status: 'not-needed', language: 'en' },
};

const rome: Recogniser = {
  name: 'rome',
  recognise: ({ body }) => {
    const start = body.indexOf('Rome');
    return start === -1 ? [] : [{ type: 'place', text: 'Rome', start, end: start + 4 }];
  },
};

const run = async (
  input: TranslatedArticle,
  recognisers: Recogniser[] = [rome],
  signal = new AbortController().signal,
) => {
  const enrich = createEnrich({ recognisers, maxEntities: 10, pause: () => Promise.resolve() });
  const delivery = { article: input, key: input.uri, origin: input.origin, timestampMs: 0 };
  const result = await enrich(input, { delivery, signal });
  if (result.kind !== 'pass') throw new Error(`unexpected ${result.kind}`);
  return enrichedArticle.parse(result.output);
};

describe('enrich', () => {
  it('adds what the recognisers find and keeps everything else', async () => {
    const output = await run({ ...article, slug: 'kept' });
    expect(output).toEqual({
      ...article,
      slug: 'kept',
      entities: [{ type: 'place', text: 'Rome', start: 9, end: 13 }],
    });
  });

  it('shows the recognisers the original and its time', async () => {
    const seen: Document[] = [];
    const recogniser: Recogniser = {
      name: 'spy',
      recognise: (document) => {
        seen.push(document);
        return [];
      },
    };
    await run(article, [recogniser]);
    expect(seen).toEqual([{ body: article.body, language: 'en', publishedAt: '2026-01-31T12:00:00Z' }]);
  });

  it.each(['withheld', 'canceled'] as const)('passes a %s article on without entities', async (pubStatus) => {
    expect((await run({ ...article, pubStatus })).entities).toEqual([]);
  });

  it('passes an empty article on', async () => {
    expect((await run({ ...article, body: '' })).entities).toEqual([]);
  });

  it('stops at a checkpoint when its time is over', async () => {
    const endless: Recogniser = {
      name: 'endless',
      recognise: async (_document, { checkpoint }) => {
        for (;;) await checkpoint();
      },
    };
    await expect(run(article, [endless], AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
  });
});
