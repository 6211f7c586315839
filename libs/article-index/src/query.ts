import type { estypes } from '@elastic/elasticsearch';
import { languageField, languageFields, primarySubtag, type LanguageField } from './languages.ts';

/** Most hits in one answer. */
export const MAX_LIMIT = 100;
/** Most hits that can be reached by offset: Elasticsearch's own limit of a result window. */
export const MAX_DEPTH = 10_000;
/** Longest words of a search, in characters. */
export const MAX_WORDS_CHARACTERS = 400;
/**
 * Most words of a search; a character counts as one where the script has no spaces. Each is looked up in every language,
 * which makes some 170 clauses of a word; Elasticsearch takes 8,192 on its smallest machines (512 MB, 2 cores).
 */
export const MAX_WORDS = 32;

export interface ArticleSearch {
  /** What is looked for, in any language, as a user typed it; there is no syntax in it. Empty: the newest articles. */
  readonly words: string;
  /** Only articles written in this language; a BCP 47 tag of which the primary subtag counts. */
  readonly language?: string | undefined;
  /** Only articles from this time on, ISO 8601; by publishedAt, or versionCreated where it is absent. */
  readonly from?: string | undefined;
  /** Only articles before this time, ISO 8601. */
  readonly to?: string | undefined;
  /** Only articles of this publisher: the host name. */
  readonly domain?: string | undefined;
  /** Only articles that name this place's country, ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
  /** Default 10, at most {@link MAX_LIMIT}. */
  readonly limit?: number | undefined;
  /** Default 0; with the limit at most {@link MAX_DEPTH}. */
  readonly offset?: number | undefined;
  /** Default `relevance`, where there are words. */
  readonly sort?: 'relevance' | 'newest' | undefined;
}

/** A search asks for what it can't have; the message says what and why. */
export class InvalidSearch extends Error {
  override readonly name = 'InvalidSearch';
}

/** No fewer than any of the analyzers makes of a text; see UAX #29 on the scripts that are cut by character. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]|[\p{L}\p{N}\p{M}]+/gu;

/** Up to two words must all be there; of more, a quarter may be missing. */
const MINIMUM_SHOULD_MATCH = '2<-25%';
const TITLE_BOOST = 3;
/** What is no part of the text: names of people, places and publishers, and the page's own words for its subject. */
const NAME_FIELDS = [
  'names',
  'byline',
  'source.name.text',
  'page.authors.text',
  'page.keywords.text',
  'page.section.text',
];

/**
 * The search as a request body. Every word of the user is a value, never syntax: no query_string.
 *
 * Title and body of one language are one field to `combined_fields` (BM25F: Robertson, Zaragoza, Taylor 2004), so that words may
 * be spread over both; languages compete in `dis_max`, as words are mostly meant in one. A phrase counts more.
 *
 * @throws InvalidSearch
 */
export function buildSearch(search: ArticleSearch) {
  const words = search.words.trim();
  if (words.length > MAX_WORDS_CHARACTERS)
    throw new InvalidSearch(
      `The search has ${words.length} characters; at most ${MAX_WORDS_CHARACTERS} are taken`,
    );
  const wordCount = words.match(WORD)?.length ?? 0;
  if (wordCount > MAX_WORDS)
    throw new InvalidSearch(`The search has ${wordCount} words; at most ${MAX_WORDS} are taken`);
  const { limit = 10, offset = 0 } = search;
  if (!Number.isInteger(limit) || limit < 0 || limit > MAX_LIMIT)
    throw new InvalidSearch(`limit is ${limit}; expected a whole number from 0 to ${MAX_LIMIT}`);
  if (!Number.isInteger(offset) || offset < 0 || offset + limit > MAX_DEPTH)
    throw new InvalidSearch(`offset is ${offset}; expected a whole number, with limit at most ${MAX_DEPTH}`);
  const newestFirst = words === '' || search.sort === 'newest';
  return {
    size: limit,
    from: offset,
    query: {
      bool: {
        must: [words === '' ? { match_all: {} } : matching(words, search.language)],
        filter: filters(search),
      },
    },
    // The id makes the order of equals the same on every page.
    sort: [...(newestFirst ? [] : ['_score']), { date: 'desc' as const }, { id: 'asc' as const }],
    track_scores: true,
    track_total_hits: MAX_DEPTH,
    _source: [
      'id',
      'uri',
      'url',
      'language',
      'publishedAt',
      'date',
      'source',
      'title',
      'byline',
      'translation.status',
      'story.id',
      'story.relation',
      'story.of',
      'story.head',
    ],
    highlight,
  } satisfies estypes.SearchRequest;
}

function matching(words: string, language: string | undefined): estypes.QueryDslQueryContainer {
  const fields: readonly LanguageField[] =
    language === undefined ? languageFields : [...new Set<LanguageField>([languageField(language), 'en'])];
  return {
    dis_max: {
      tie_breaker: 0.1,
      queries: [
        ...fields.map((field) => inLanguage(words, field)),
        combined(words, NAME_FIELDS, 1),
        combined(words, ['residue.*'], 0.3),
      ],
    },
  };
}

function inLanguage(words: string, field: LanguageField): estypes.QueryDslQueryContainer {
  const fields = [`title.${field}^${TITLE_BOOST}`, `body.${field}`];
  return {
    bool: {
      must: [combined(words, fields, 1)],
      should: [{ multi_match: { type: 'phrase', query: words, fields, slop: 1 } }],
    },
  };
}

const combined = (query: string, fields: string[], boost: number): estypes.QueryDslQueryContainer => ({
  combined_fields: { query, fields, boost, minimum_should_match: MINIMUM_SHOULD_MATCH },
});

function filters(search: ArticleSearch): estypes.QueryDslQueryContainer[] {
  const { language, domain, country } = search;
  const [gte, lt] = [instant('from', search.from), instant('to', search.to)];
  return [
    ...(language === undefined ? [] : [{ term: { language: primarySubtag(language) } }]),
    ...(domain === undefined ? [] : [{ term: { 'source.domain': domain } }]),
    ...(country === undefined ? [] : [{ term: { countries: country.toUpperCase() } }]),
    ...((gte ?? lt) ? [{ range: { date: { ...(gte ? { gte } : {}), ...(lt ? { lt } : {}) } } }] : []),
  ];
}

function instant(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const ms = Date.parse(value);
  if (Number.isNaN(ms))
    throw new InvalidSearch(`${name} is "${value.slice(0, 50)}"; expected a date such as 2026-01-31`);
  return new Date(ms).toISOString();
}

/** Marks of a found word; everything around them is escaped for HTML. */
export const HIGHLIGHT_TAGS = { pre: '<em>', post: '</em>' } as const;

const highlight: estypes.SearchHighlight = {
  type: 'unified',
  encoder: 'html',
  pre_tags: [HIGHLIGHT_TAGS.pre],
  post_tags: [HIGHLIGHT_TAGS.post],
  // Of an immense body only the beginning is looked at, instead of failing the whole search.
  max_analyzed_offset: 500_000,
  fields: {
    'title.*': { number_of_fragments: 0 },
    'body.*': { number_of_fragments: 2, fragment_size: 180 },
    'residue.*': { number_of_fragments: 1, fragment_size: 120 },
  },
};
