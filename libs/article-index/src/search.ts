import type { Client } from '@elastic/elasticsearch';
import type { StoryLink } from '@wirefold/contracts';
import type { ArticleDocument } from './document.ts';
import { articleIndex, type ArticleIndexOptions } from './definition.ts';
import { languageField, type LanguageField } from './languages.ts';
import { buildSearch, type ArticleSearch } from './query.ts';

/** Where the words were found, as HTML: text is escaped, found words are in `<em>`. */
export interface Highlight {
  /** Which text of the article: its own language, or `en` of its translation. */
  readonly language: LanguageField;
  /** The whole title, where a word was found in it. */
  readonly title?: string;
  /** Pieces of the body, the best first. */
  readonly body: readonly string[];
}

export interface ArticleHit {
  readonly id: string;
  readonly uri: string;
  readonly url?: string;
  /** In the article's language; else in English; empty where it has none. */
  readonly title: string;
  /** The English title of an article in another language, where it is translated. */
  readonly englishTitle?: string;
  /** Primary subtag. */
  readonly language: string;
  readonly publishedAt?: string;
  readonly source?: ArticleDocument['source'];
  readonly byline?: string;
  /** The story that it belongs to, and what it is in it: such as a copy `of` another article. */
  readonly story?: Pick<StoryLink, 'id' | 'relation' | 'of' | 'head'>;
  /** Comparable within one answer only; 0 where there were no words. */
  readonly score: number;
  /** The article's own language first. */
  readonly highlights: readonly Highlight[];
  /** Pieces of what was cut from the article, by kind. */
  readonly residue: Readonly<Record<string, readonly string[]>>;
}

export interface ArticleHits {
  /** How many articles there are in all; exact up to 10,000. */
  readonly total: number;
  readonly totalIsExact: boolean;
  readonly tookMs: number;
  readonly hits: readonly ArticleHit[];
}

type Source = Pick<
  ArticleDocument,
  'id' | 'uri' | 'url' | 'language' | 'publishedAt' | 'source' | 'byline'
> & {
  readonly story?: ArticleHit['story'];
  readonly title?: ArticleDocument['title'];
};

/**
 * Finds visible articles, best first: usable ones whose embargo is over.
 *
 * @throws InvalidSearch before anything is asked
 * @throws the client's errors when Elasticsearch does not answer, or when there is no index yet (status 404)
 */
export async function searchArticles(
  client: Client,
  search: ArticleSearch,
  options: Pick<ArticleIndexOptions, 'prefix'> = {},
): Promise<ArticleHits> {
  const answer = await client.search<Source>({
    index: articleIndex(options).readAlias,
    allow_partial_search_results: false,
    ...buildSearch(search),
  });
  const total = answer.hits.total ?? 0;
  return {
    total: typeof total === 'number' ? total : total.value,
    totalIsExact: typeof total === 'number' || total.relation === 'eq',
    tookMs: answer.took,
    hits: answer.hits.hits.flatMap(({ _source, _score, highlight = {} }) =>
      _source === undefined ? [] : [toHit(_source, _score ?? 0, highlight)],
    ),
  };
}

function toHit(source: Source, score: number, highlight: Record<string, string[]>): ArticleHit {
  const {
    title: titles = {},
    id,
    uri,
    url,
    language,
    publishedAt,
    source: publisher,
    byline,
    story,
  } = source;
  const own = languageField(language);
  return {
    id,
    uri,
    ...(url === undefined ? {} : { url }),
    title: titles[own] ?? titles.en ?? '',
    ...(own === 'en' || titles.en === undefined ? {} : { englishTitle: titles.en }),
    language,
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(publisher === undefined ? {} : { source: publisher }),
    ...(byline === undefined ? {} : { byline }),
    ...(story === undefined ? {} : { story }),
    score,
    highlights: highlightsOf(highlight, own),
    residue: Object.fromEntries(
      Object.entries(highlight).flatMap(([field, pieces]) =>
        field.startsWith('residue.') ? [[field.slice('residue.'.length), pieces]] : [],
      ),
    ),
  };
}

function highlightsOf(highlight: Record<string, string[]>, own: LanguageField): Highlight[] {
  const found: LanguageField[] = own === 'en' ? ['en'] : [own, 'en'];
  return found.flatMap((language) => {
    const title = highlight[`title.${language}`]?.[0];
    const body = highlight[`body.${language}`] ?? [];
    if (title === undefined && body.length === 0) return [];
    return [{ language, ...(title === undefined ? {} : { title }), body }];
  });
}
