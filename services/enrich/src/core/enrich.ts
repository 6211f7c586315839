import type { EnrichedArticle, TranslatedArticle } from '@wirefold/contracts';
import { type ArticleFunction, pass } from '@wirefold/pipeline';
import { mergeMentions } from './merge-mentions.ts';
import type { Document, Recogniser } from './recogniser.ts';

export interface EnrichDeps {
  /** The most trusted one first: it wins where mentions of the same length overlap. */
  readonly recognisers: readonly Recogniser[];
  /** Entities that an article keeps at most: the first of the text. */
  readonly maxEntities: number;
  /** Resolves after other work had its turn. */
  readonly pause: () => Promise<void>;
}

/** The enrich stage: adds the entities of the body. The stage function passes every article on. */
export function createEnrich(deps: EnrichDeps): ArticleFunction<TranslatedArticle, EnrichedArticle> {
  return async function enrich(article, { signal }) {
    // What a copy names is found once, in the article that it copies.
    const isCopy = article.story?.covered === true;
    if (article.pubStatus !== 'usable' || article.body === '' || isCopy)
      return pass({ ...article, entities: [] });
    const document: Document = {
      body: article.body,
      language: article.language.tag,
      ...(article.publishedAt === undefined ? {} : { publishedAt: article.publishedAt }),
    };
    const checkpoint = async () => {
      await deps.pause();
      signal.throwIfAborted();
    };
    const found = [];
    for (const recogniser of deps.recognisers) {
      const mentions = await recogniser.recognise(document, { signal, checkpoint });
      found.push({ recogniser: recogniser.name, mentions });
    }
    return pass({ ...article, entities: mergeMentions(article.body, found, deps.maxEntities) });
  };
}
