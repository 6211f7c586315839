import { createHash } from 'node:crypto';
import {
  enrichedArticle,
  ingestedArticle,
  type EnrichedArticle,
  type Entity,
  type EntityType,
  type PageMetadata,
  type ResidueKind,
  type StoryLink,
  type Translationese,
} from '@wirefold/contracts';
import { given, utc } from './fields.ts';
import { languageField, primarySubtag, type LanguageField } from './languages.ts';
import { tombstoneOf, wiped, type ArticleTombstone } from './tombstone.ts';

/** Text by language: the original's, and `en` of its translation. */
export type TextByLanguage = Partial<Record<LanguageField, string>>;

/** Of what a page says, the fields that the mapping knows. */
export type ArticlePage = Pick<
  PageMetadata,
  | 'authors'
  | 'keywords'
  | 'section'
  | 'publisher'
  | 'modifiedAt'
  | 'isPaywalled'
  | 'image'
  | 'canonicalUrl'
  | 'description'
>;

/** An article as Elasticsearch has it. */
export interface ArticleDocument extends ArticleTombstone {
  /** The story that it belongs to: what a search collapses on by its `id`. */
  readonly story?: StoryLink;
  /** Of the original's title and body: by these a newer version is compared without reading the texts. */
  readonly hashes: { readonly title: string; readonly body: string };
  readonly url?: string;
  readonly byline?: string;
  readonly copyrightNotice?: string;
  /** What the page says about itself; its `publishedAt` is the article's where the publisher gave none. */
  readonly page?: ArticlePage;
  readonly contentHash: string;
  /** Primary subtag, such as `pt`: the facet. */
  readonly language: string;
  /** As it was detected, such as `pt-BR`. */
  readonly languageTag: string;
  readonly title: TextByLanguage;
  readonly body: TextByLanguage;
  readonly titleFrom: EnrichedArticle['titleFrom'];
  readonly wordCount: number;
  /** That the text looks translated by a machine; `signs` are the distinct ones of `why`. */
  readonly translationese?: Pick<Translationese, 'score' | 'why'> & { readonly signs: readonly string[] };
  readonly residue: Partial<Record<ResidueKind, string[]>>;
  readonly residueKinds: readonly ResidueKind[];
  /** Distinct canonical names by type. */
  readonly entities: Partial<Record<Exclude<EntityType, 'date'>, string[]>>;
  readonly entityIds: readonly string[];
  /** Canonical names and the forms in the text: an English name finds an untranslated article. */
  readonly names: readonly string[];
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  readonly places: readonly { readonly lat: number; readonly lon: number }[];
  readonly dates: readonly string[];
  readonly mentions: readonly Entity[];
  readonly translation: Omit<EnrichedArticle['translation'], 'title' | 'body'>;
  readonly suggest: readonly string[];
  /** Fields that the contracts don't know. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/**
 * The document of an article. A withheld article keeps its text, which the read alias hides; of a canceled one only a
 * tombstone is made, without anything that was its text or written about it; so of one that another's kill reached.
 *
 * @param indexedAt ISO 8601
 */
export function toDocument(article: EnrichedArticle, indexedAt: string): ArticleDocument | ArticleTombstone {
  const killedBy = article.story?.killedBy;
  if (killedBy !== undefined) {
    const { hashes, ...document } = fullDocument(article, indexedAt);
    // Who told of the kill may have taken the text out already.
    return wiped(article.body === '' ? document : { ...document, hashes }, killedBy, indexedAt);
  }
  return article.pubStatus === 'canceled'
    ? tombstoneOf(article, indexedAt)
    : fullDocument(article, indexedAt);
}

function fullDocument(article: EnrichedArticle, indexedAt: string): ArticleDocument {
  const field = languageField(article.language.tag);
  const { title: englishTitle, body: englishBody, ...translation } = article.translation;
  const extra = unknownFields(article);
  const { story: _story, ...tombstone } = tombstoneOf(article, indexedAt);
  return {
    ...tombstone,
    ...(article.story && { story: article.story }),
    hashes: { title: hashOf(article.title), body: hashOf(article.body) },
    ...given({ url: article.url, byline: article.byline, copyrightNotice: article.copyrightNotice }),
    ...given({ page: article.page && pageFields(article.page) }),
    contentHash: article.contentHash,
    language: primarySubtag(article.language.tag),
    languageTag: article.language.tag,
    title: byLanguage(field, article.title, englishTitle),
    body: byLanguage(field, article.body, englishBody),
    titleFrom: article.titleFrom,
    wordCount: article.extraction.wordCount,
    ...given({ translationese: article.translationese && translationeseFields(article.translationese) }),
    ...residueFields(article.residue),
    ...entityFields(article.entities),
    translation,
    suggest: [article.title, englishTitle].filter((title) => title !== undefined && title !== '') as string[],
    ...(extra === undefined ? {} : { extra }),
  };
}

/** 66 bits: enough to tell the versions of one article apart. */
const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 11);

function pageFields(page: PageMetadata): ArticlePage {
  const { authors, keywords, section, publisher, modifiedAt, isPaywalled, image, canonicalUrl, description } =
    page;
  return given({
    authors,
    keywords,
    section,
    publisher,
    modifiedAt: modifiedAt && utc(modifiedAt),
    isPaywalled,
    image,
    canonicalUrl,
    description,
  });
}

function translationeseFields({ score, why }: Translationese) {
  return { score, signs: distinct(why.map(({ sign }) => sign)), why };
}

function byLanguage(field: LanguageField, original: string, english: string | undefined): TextByLanguage {
  return { ...(english ? { en: english } : {}), ...(original ? { [field]: original } : {}) };
}

function residueFields(residue: EnrichedArticle['residue']) {
  const byKind: Partial<Record<ResidueKind, string[]>> = {};
  for (const { kind, text } of residue) (byKind[kind] ??= []).push(text);
  return { residue: byKind, residueKinds: Object.keys(byKind) as ResidueKind[] };
}

const distinct = (values: (string | undefined)[]) => [
  ...new Set(values.filter((value) => value !== undefined)),
];

function entityFields(mentions: readonly Entity[]) {
  const entities: Partial<Record<Exclude<EntityType, 'date'>, Set<string>>> = {};
  const names = new Set<string>();
  const dates = new Set<string>();
  const places = new Map<string, { lat: number; lon: number }>();
  for (const { type, text, name = text, value, location } of mentions) {
    if (type === 'date') {
      if (value) dates.add(value);
      continue;
    }
    (entities[type] ??= new Set()).add(name);
    names.add(name).add(text);
    if (location) places.set(`${location.lat},${location.lon}`, { lat: location.lat, lon: location.lon });
  }
  return {
    entities: Object.fromEntries(Object.entries(entities).map(([type, values]) => [type, [...values]])),
    entityIds: distinct(mentions.map(({ id }) => id)),
    names: [...names],
    countries: distinct(mentions.map(({ country }) => country?.toUpperCase())),
    places: [...places.values()],
    dates: [...dates],
    mentions,
  };
}

/** `content` and its kind come before cleaning: should they still be there, they are not indexed. */
const knownFields = new Set([...Object.keys(ingestedArticle.shape), ...Object.keys(enrichedArticle.shape)]);

function unknownFields(article: EnrichedArticle): Record<string, unknown> | undefined {
  const unknown = Object.entries(article).filter(([name]) => !knownFields.has(name));
  const { name: _name, domain: _domain, ...source } = article.source ?? {};
  if (Object.keys(source).length > 0) unknown.push(['source', source]);
  return unknown.length > 0 ? Object.fromEntries(unknown) : undefined;
}
