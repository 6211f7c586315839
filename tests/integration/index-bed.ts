import { randomUUID } from 'node:crypto';
import { articleIndex, elasticsearchClient, type ArticleDocument } from '@wirefold/article-index';
import { documentId, type EnrichedArticle, type Receipt } from '@wirefold/contracts';
import { createIndexStage, indexEnvironment } from '@wirefold/index';
import { parseEnvironment, systemClock, type AssembledStage, type Settled } from '@wirefold/pipeline';
import { testEngines } from '@wirefold/testing';

type IndexStage = AssembledStage<EnrichedArticle, Receipt>;

/** Index stages on a real Elasticsearch, in an index of their own. */
export async function openIndexBed() {
  const engines = await testEngines(['elasticsearch']);
  const { elasticsearchUrl } = engines;
  const client = elasticsearchClient({ urls: [elasticsearchUrl], requestTimeoutMs: 30_000 });
  const prefix = `test-${randomUUID().slice(0, 8)}`;
  const index = articleIndex({ prefix });
  const stages: IndexStage[] = [];

  function newStage(environment: Record<string, string> = {}): IndexStage {
    const config = parseEnvironment(indexEnvironment, {
      ELASTICSEARCH_URL: elasticsearchUrl,
      INDEX_PREFIX: prefix,
      ...environment,
    });
    const stage = createIndexStage(config, { clock: systemClock });
    stages.push(stage);
    return stage;
  }
  const first = newStage();

  async function handle(
    articles: readonly EnrichedArticle[],
    { stage }: IndexStage = first,
  ): Promise<Settled<Receipt>[]> {
    const deliveries = articles.map((article) => ({
      article,
      key: article.uri,
      origin: article.origin,
      timestampMs: 0,
    }));
    return await stage.handle(deliveries, { signal: new AbortController().signal });
  }

  return {
    client,
    elasticsearchUrl,
    ...index,
    newStage,
    handle,
    /** `pass`, or how else each ended. */
    kinds: async (articles: readonly EnrichedArticle[], by?: IndexStage): Promise<string[]> =>
      (await handle(articles, by)).map((result) => (result.kind === 'drop' ? result.outcome : result.kind)),
    /** A document as it is stored, past the read alias's filter; undefined where there is none. */
    stored: async (uri: string): Promise<ArticleDocument | undefined> => {
      const found = await client.get<ArticleDocument>(
        { index: index.firstIndex, id: documentId(uri) },
        { ignore: [404] },
      );
      return found._source;
    },
    /** Whether the read alias shows an article. */
    visible: async (uri: string): Promise<boolean> => {
      await client.indices.refresh({ index: index.firstIndex });
      const { count } = await client.count({ index: index.readAlias, query: { term: { uri } } });
      return count === 1;
    },
    close: async () => {
      await client.indices.delete({ index: index.firstIndex }, { ignore: [404] });
      await client.indices.deleteIndexTemplate({ name: index.templateName }, { ignore: [404] });
      for (const { close } of stages) await close();
      await client.close();
      await engines.stop();
    },
  };
}

export type IndexBed = Awaited<ReturnType<typeof openIndexBed>>;

/** Every order of some things. */
export function permutations<Thing>(things: readonly Thing[]): Thing[][] {
  if (things.length === 0) return [[]];
  return things.flatMap((first, place) =>
    permutations(things.filter((_, other) => other !== place)).map((rest) => [first, ...rest]),
  );
}
