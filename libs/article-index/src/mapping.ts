import { residueKind } from '@wirefold/contracts';
import type { estypes } from '@elastic/elasticsearch';
import { analyzerOf, languageFields } from './languages.ts';

type Property = estypes.MappingProperty;

/** Characters, not bytes: Lucene takes terms of up to 32,766 bytes, and a character has at most 4. */
const keyword: Property = { type: 'keyword', ignore_above: 1024 };
/** A uri has up to 2,048 bytes; it must be found by all of them. */
const uri: Property = { type: 'keyword', ignore_above: 2048 };
const text: Property = { type: 'text', analyzer: 'standard' };
/** A name: the whole of it for facets, its words for searches. */
const named: Property = { ...keyword, fields: { text } };
const date: Property = { type: 'date', format: 'strict_date_optional_time' };
/** Kept and shown, but neither parsed nor searched: its inner names and types can't break a document. */
const kept: Property = { type: 'object', enabled: false };

/** Raised when documents change in a way that old ones must be rebuilt for; part of the indexes' names. */
export const MAJOR_VERSION = 1;
/** Raised with every other change of the mapping or the settings. */
export const TEMPLATE_VERSION = 4;

/**
 * The mapping of an article's document, see `ArticleDocument`.
 *
 * - `dynamic: false`: what isn't declared here stays in _source and can never conflict.
 * - One object for titles and one for bodies, with a subfield for each language: a document fills only its own and
 *   `en` of the translation, each read by its language's analyzer. An empty subfield costs next to nothing.
 * - Entities are flat facets, not nested: nested objects would make 20 to 60 Lucene documents of one article. The
 *   mentions with their offsets stay in _source.
 * - Residue has a subfield for each kind, so that "who is credited for the photo" needs no nested objects either.
 * - `suggest` is text with indexed prefixes, not `completion`: Elasticsearch's completion does not apply an alias's filter and
 *   would show the titles of withheld and embargoed articles.
 */
export const articleMapping = {
  dynamic: false,
  _meta: { 'managed-by': 'wirefold', version: TEMPLATE_VERSION },
  properties: {
    id: keyword,
    uri,
    url: uri,
    version: { type: 'integer' },
    versionCreated: date,
    versionFrom: keyword,
    pubStatus: keyword,
    signal: keyword,
    changed: keyword,
    history: kept,
    hashes: kept,
    story: {
      properties: {
        id: keyword,
        relation: keyword,
        of: uri,
        score: { type: 'float' },
        why: kept,
        covered: { type: 'boolean' },
        agency: keyword,
        head: { type: 'boolean' },
        corrected: { type: 'boolean' },
        killedBy: uri,
      },
    },
    killedBy: uri,
    embargoedUntil: date,
    publishedAt: date,
    fetchedAt: date,
    date,
    indexedAt: date,
    source: {
      properties: {
        name: named,
        domain: { type: 'keyword', ignore_above: 1024, normalizer: 'lowercase' },
      },
    },
    byline: { ...text, fields: { raw: keyword } },
    page: {
      properties: {
        authors: named,
        keywords: named,
        section: named,
        publisher: named,
        modifiedAt: date,
        isPaywalled: { type: 'boolean' },
        image: kept,
        canonicalUrl: kept,
        description: kept,
      },
    },
    language: keyword,
    languageTag: keyword,
    title: perLanguage(),
    body: perLanguage(),
    wordCount: { type: 'integer' },
    translationese: { properties: { score: { type: 'float' }, signs: keyword, why: kept } },
    contentHash: keyword,
    origin: keyword,
    residue: { properties: Object.fromEntries(residueKind.options.map((kind) => [kind, text])) },
    residueKinds: keyword,
    entities: {
      properties: {
        person: keyword,
        organisation: keyword,
        place: keyword,
        event: keyword,
        product: keyword,
      },
    },
    entityIds: keyword,
    names: text,
    countries: keyword,
    places: { type: 'geo_point' },
    // Recognised dates may be partial or beyond what a date field takes: such a one is left out, not the article.
    dates: { ...date, ignore_malformed: true },
    mentions: kept,
    translation: {
      properties: { status: keyword, engine: keyword, model: keyword, translatedAt: date },
    },
    suggest: { ...text, index_prefixes: { min_chars: 2, max_chars: 12 } },
    steps: kept,
    extra: kept,
  },
} satisfies estypes.MappingTypeMapping;

function perLanguage(): Property {
  return {
    properties: Object.fromEntries(
      languageFields.map((field) => [field, { type: 'text', analyzer: analyzerOf(field) } as const]),
    ),
  };
}
