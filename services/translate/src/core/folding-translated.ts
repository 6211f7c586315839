import type { CleanedArticle, StoryLink, TranslatedArticle } from '@wirefold/contracts';
import type { FoldTranslated, Translated } from '@wirefold/folding';
import { asError, Outage, pass, type BatchHandler, type Settled } from '@wirefold/pipeline';

type Handle = BatchHandler<CleanedArticle, TranslatedArticle>;

/** Folds what was translated once more, by its English text. */
export function foldingTranslated(fold: FoldTranslated, translate: Handle): Handle {
  return async (batch, context) => {
    const results = await translate(batch, context);
    const places: number[] = [];
    const translated: Translated[] = [];
    for (const [index, result] of results.entries()) {
      const one = result.kind === 'pass' ? translatedOf(result.output) : undefined;
      if (one === undefined) continue;
      places.push(index);
      translated.push(one);
    }
    if (translated.length === 0) return results;
    try {
      const links = await fold(translated);
      return withLinks(results, places, links);
    } catch (thrown) {
      // Nothing is passed on without its story: the batch is done again.
      return results.map(() => failed(thrown));
    }
  };
}

function translatedOf({
  id,
  uri,
  story,
  translation,
  publishedAt,
  versionCreated,
}: TranslatedArticle): Translated | undefined {
  if (story === undefined || translation.status !== 'translated' || translation.body === undefined)
    return undefined;
  const { title = '', body } = translation;
  return { id, uri, story, title, body, publishedMs: Date.parse(publishedAt ?? versionCreated) };
}

function withLinks(
  results: readonly Settled<TranslatedArticle>[],
  places: readonly number[],
  links: readonly StoryLink[],
): Settled<TranslatedArticle>[] {
  const linkAt = new Map(places.map((place, index) => [place, links[index] as StoryLink]));
  return results.map((result, index) => {
    const story = linkAt.get(index);
    return story === undefined || result.kind !== 'pass' ? result : pass({ ...result.output, story });
  });
}

function failed(thrown: unknown): Settled<TranslatedArticle> {
  if (thrown instanceof Outage) return { kind: 'outage', outage: thrown };
  return { kind: 'unexpected', error: asError(thrown) };
}
