import { randomUUID } from 'node:crypto';
import { documentId, type StoryLink } from '@wirefold/contracts';
import {
  createRedisFolding,
  foldEnvironment,
  prepareArticle,
  type FoldConfig,
  type PreparedArticle,
} from '@wirefold/folding';
import { systemClock } from '@wirefold/pipeline';
import { connectRedis, redisEnvironment, type GuardedRedis } from '@wirefold/redis';
import type { Clusters } from './baselines.ts';
import type { QualityArticle } from './quality-data.ts';

/** As many as clean gives folding at once. */
export const CHUNK = 60;
const TIMEOUT_MS = 20_000;

export const foldRedis = (url: string, isCluster = false): Promise<GuardedRedis> =>
  connectRedis({
    ...redisEnvironment.parse({ REDIS_URL: url, REDIS_TIMEOUT_MS: TIMEOUT_MS }),
    REDIS_CLUSTER: isCluster,
  });

/** As it is configured where nobody configures it. */
export const defaultConfig: FoldConfig = foldEnvironment.parse({});

const uriOf = ({ id }: QualityArticle): string => `urn:fold-quality:${id}`;

/** Prepared once for many runs, as that takes most of the time. */
export function prepareAll(articles: readonly QualityArticle[]): PreparedArticle[] {
  return articles.map((article) =>
    prepareArticle({
      id: documentId(uriOf(article)),
      uri: uriOf(article),
      language: article.lang,
      title: article.title,
      body: article.body,
      publishedMs: Date.parse(article.published),
      ...(article.source !== undefined && { source: { name: article.source } }),
    }),
  );
}

/** What came out, by the article's own id; `of` and the story are such ids, too. */
export interface FoldedArticle extends Pick<StoryLink, 'relation' | 'score'> {
  readonly story: string;
  readonly of?: string;
}
export type FoldedArticles = ReadonlyMap<string, FoldedArticle>;

/**
 * Folds articles in the order in which they stand, with the memory of a run of its own: what the services do, chunk by chunk, and each
 * confirmed before the next.
 */
export async function foldAll(
  redis: GuardedRedis,
  articles: readonly PreparedArticle[],
  { chunk = CHUNK, config = defaultConfig }: { readonly chunk?: number; readonly config?: FoldConfig } = {},
): Promise<FoldedArticles> {
  const folding = createRedisFolding(redis, {
    config,
    prefix: `fold-quality-${randomUUID()}`,
    clock: systemClock,
  });
  const nameOf = new Map(articles.map(({ id, uri }) => [id, uri.replace('urn:fold-quality:', '')]));
  const idOfUri = new Map(articles.map(({ id, uri }) => [uri, id]));
  const folded = new Map<string, FoldedArticle>();
  for (let from = 0; from < articles.length; from += chunk) {
    const part = articles.slice(from, from + chunk);
    const results = await folding.fold(part);
    await folding.confirm(results.flatMap((result) => (result === undefined ? [] : [result.record])));
    part.forEach(({ id }, index) => {
      const link = results[index]?.link;
      const name = nameOf.get(id) as string;
      folded.set(name, {
        story: nameOf.get(link?.id ?? id) as string,
        relation: link?.relation ?? 'original',
        score: link?.score ?? 1,
        ...(link?.of !== undefined && { of: nameOf.get(idOfUri.get(link.of) as string) as string }),
      });
    });
  }
  return folded;
}

/** The story of each article. */
export const storiesOf = (folded: FoldedArticles): Clusters =>
  new Map([...folded].map(([id, { story }]) => [id, story]));
