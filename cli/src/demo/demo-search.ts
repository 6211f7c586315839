import { systemClock } from '@wirefold/pipeline';
import { searchArticles, type ArticleHits } from '@wirefold/article-index';
import type { CliConfig } from '../connection.ts';
import { connectElasticsearch } from '../connection.ts';

/** How long an indexed article takes to be found, at most: Elasticsearch's refresh. */
const VISIBLE_WITHIN_MS = 15_000;

/** Searches until something is found: an article is indexed a moment before it can be found. */
export async function searchUntilFound(config: CliConfig, words: string): Promise<ArticleHits> {
  const client = connectElasticsearch(config);
  const giveUpAt = Date.now() + VISIBLE_WITHIN_MS;
  try {
    for (;;) {
      const found = await searchArticles(client, { words, limit: 3 }, { prefix: config.INDEX_PREFIX });
      if (found.total > 0 || Date.now() > giveUpAt) return found;
      await systemClock.sleep(200);
    }
  } finally {
    await client.close();
  }
}
