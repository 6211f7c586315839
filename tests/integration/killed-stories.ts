import { expect } from '@jest/globals';
import { documentId, type EnrichedArticle, type StoryLink } from '@wirefold/contracts';
import { anArticle } from './enriched-articles.ts';
import type { IndexBed } from './index-bed.ts';

export const SECRET = 'Geheimnis';

let round = 0;
/** A story with uris of its own. */
export function newStory() {
  round += 1;
  const uriOf = (name: string) => `urn:kills:${round}:${name}`;
  let place = 0;
  /** An article that tells the story; without `of` it is the one that the story began with. */
  const article = (name: string, story: Partial<StoryLink> & { readonly of?: string } = {}) => {
    const { of, ...given } = story;
    place += 1;
    return anArticle({
      uri: uriOf(name),
      title: SECRET,
      body: `${SECRET}, wie es ${name} erzählt.`,
      origin: `news.article.scraped.v1/0/${place}@${Date.UTC(2026, 2, 1)}`,
      story: {
        id: documentId(uriOf('root')),
        relation: of === undefined ? 'original' : 'copy',
        ...(of === undefined ? {} : { of: uriOf(of) }),
        score: 1,
        why: [{ sign: 'sentences', reason: SECRET }],
        ...given,
      },
    });
  };
  return { uriOf, article };
}

/** As publishers kill: without the text, and so without the story. */
export function killOf(article: EnrichedArticle, fields: Partial<EnrichedArticle> = {}): EnrichedArticle {
  const { story: _story, ...rest } = article;
  return {
    ...rest,
    version: 9,
    pubStatus: 'canceled',
    title: '',
    body: '',
    origin: `${article.origin}1`,
    ...fields,
  };
}

/** Who is visible, who was wiped by whom; nothing of a text is left of the latter. */
export async function fatesOf(bed: IndexBed, uris: readonly string[]): Promise<string[]> {
  await bed.client.indices.refresh({ index: bed.firstIndex });
  const visible = await bed.client.search<{ uri: string }>({
    index: bed.readAlias,
    size: uris.length,
    query: { terms: { uri: [...uris] } },
  });
  const shown = new Set(visible.hits.hits.map(({ _source }) => _source?.uri));
  return await Promise.all(
    uris.map(async (uri) => {
      const document = await bed.stored(uri);
      const isCanceled = document?.pubStatus === 'canceled';
      if (isCanceled) expect(JSON.stringify(document)).not.toContain(SECRET);
      expect(shown.has(uri)).toBe(document !== undefined && !isCanceled);
      const fate = isCanceled ? (document.killedBy?.split(':').at(-1) ?? 'killed') : 'there';
      return `${uri.split(':').at(-1)} ${document === undefined ? 'missing' : fate}`;
    }),
  );
}
