import { documentId, enrichedArticle, type EnrichedArticle } from '@wirefold/contracts';

/** An enriched article as the stages before index make it, checked by the contract. */
export function anArticle(
  fields: Partial<EnrichedArticle> & { readonly uri: string; readonly tag?: string },
): EnrichedArticle {
  const { tag = 'de', ...given } = fields;
  return enrichedArticle.parse({
    id: documentId(fields.uri),
    publishedAt: '2026-03-01T08:00:00Z',
    source: { name: 'Küstenbote', domain: 'kuestenbote.example' },
    version: 1,
    versionCreated: '2026-03-01T08:00:00Z',
    pubStatus: 'usable',
    contentHash: 'hash',
    origin: `news.article.scraped.v1/0/1@${Date.UTC(2026, 2, 1)}`,
    steps: [{ stage: 'enrich', at: '2026-03-01T08:00:01.000Z', tookMs: 2 }],
    title: 'Ein Titel',
    titleFrom: 'publisher',
    body: 'Ein Text.',
    language: { tag, confidence: 1, from: 'text' },
    residue: [],
    extraction: { method: 'text', wordCount: 2 },
    translation: { status: 'untranslated', reason: 'no engine', language: 'en' },
    entities: [],
    ...given,
  });
}
