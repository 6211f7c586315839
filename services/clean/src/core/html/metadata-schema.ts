import { bareText } from './metadata-text.ts';
import type { SourceFacts } from './metadata-source.ts';

/** An object of schema.org, from JSON-LD or microdata. */
export type SchemaObject = Readonly<Record<string, unknown>>;

/** What a page has of schema.org: articles, the pages they are on, and how a reference is followed. */
export interface SchemaObjects {
  readonly articles: readonly SchemaObject[];
  readonly pages: readonly SchemaObject[];
  readonly resolve: (value: unknown) => unknown;
}

/** `NewsArticle`, `ReportageNewsArticle`, `BlogPosting`, `LiveBlogPosting`; also with schema.org's address. */
const ARTICLE_TYPE = /(?:Article|Posting|Report)$/;
const PAGE_TYPE = /(?:Web|Item)Page$/;
/** Values that are looked at of one property. */
const MAX_VALUES = 60;

export const isArticleType = (type: unknown): boolean => isType(type, ARTICLE_TYPE);
export const isPageType = (type: unknown): boolean => isType(type, PAGE_TYPE);

function isType(type: unknown, pattern: RegExp): boolean {
  const types: unknown[] = Array.isArray(type) ? type.slice(0, 10) : [type];
  return types.some((one) => typeof one === 'string' && one.length < 100 && pattern.test(one));
}

/** What is known of the article from elsewhere: of several objects it is the one that says the same. */
export interface KnownArticle {
  readonly title: string | undefined;
  readonly addresses: readonly string[];
}

/**
 * The page's own article among several, which may be teasers: the one with the page's address or title.
 *
 * @returns that, else the first; undefined where there is none
 */
export function chooseArticle(
  articles: readonly SchemaObject[],
  known: KnownArticle,
): { readonly article: SchemaObject; readonly isSure: boolean } | undefined {
  const addresses = new Set(known.addresses.map(withoutHost));
  const title = bareText(known.title ?? '');
  const scored = articles.map((article) => {
    const isHere = addressesOf(article).some((address) => addresses.has(withoutHost(address)));
    return (isHere ? 2 : 0) + (isSameTitle(bareText(textOf(article, 'headline') ?? ''), title) ? 1 : 0);
  });
  const best = Math.max(...scored.slice(0, 1000), 0);
  const article = articles[Math.max(0, scored.indexOf(best))];
  return article && { article, isSure: best > 0 || articles.length === 1 };
}

const isSameTitle = (one: string, other: string): boolean =>
  one.length >= 8 && other.length >= 8 && (one.startsWith(other) || other.startsWith(one));

function withoutHost(address: string): string {
  const url = URL.parse(address, 'https://page.invalid/');
  return url ? `${url.pathname.replace(/\/$/, '')}${url.search}` : address;
}

/** What an object says, as it stands there. */
export function schemaFacts(object: SchemaObject, resolve: SchemaObjects['resolve']): SourceFacts {
  const named = (name: string) => valuesOf(object, name).flatMap((value) => namesOf(resolve(value)));
  const authors = named('author');
  const images = valuesOf(object, 'image').map((value) => imageOf(resolve(value), resolve));
  return {
    authors: authors.length > 0 ? authors : named('creator'),
    published: textsOf(object, 'datePublished'),
    modified: textsOf(object, 'dateModified'),
    sections: textsOf(object, 'articleSection'),
    keywords: named('keywords'),
    images: [...images, ...textsOf(object, 'thumbnailUrl').map((url) => ({ url }))].filter(
      (image) => image !== undefined,
    ),
    addresses: addressesOf(object),
    publishers: [...named('publisher'), ...named('sourceOrganization')],
    isPaywalled: paywallOf(object),
    descriptions: textsOf(object, 'description'),
  };
}

export function valuesOf(object: SchemaObject, name: string): unknown[] {
  if (!Object.hasOwn(object, name)) return [];
  const value = object[name];
  return Array.isArray(value) ? value.slice(0, MAX_VALUES) : [value];
}

const isObject = (value: unknown): value is SchemaObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function textsOf(object: SchemaObject, name: string): string[] {
  return valuesOf(object, name).flatMap((value) => {
    if (typeof value === 'string') return value.trim() === '' ? [] : [value];
    if (typeof value === 'number') return [String(value)];
    return isObject(value) ? textsOf(value, '@value').slice(0, 1) : [];
  });
}

/** The first text of a property. */
export const textOf = (object: SchemaObject, name: string): string | undefined => textsOf(object, name)[0];

function namesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (!isObject(value)) return [];
  const names = textsOf(value, 'name');
  if (names.length > 0) return names;
  const parts = [textOf(value, 'givenName'), textOf(value, 'familyName')].filter(Boolean);
  return parts.length > 0 ? [parts.join(' ')] : textsOf(value, '@value');
}

function imageOf(
  value: unknown,
  resolve: SchemaObjects['resolve'],
): NonNullable<SourceFacts['images']>[number] | undefined {
  if (typeof value === 'string') return { url: value };
  if (!isObject(value)) return undefined;
  const url = textOf(value, 'url') ?? textOf(value, 'contentUrl') ?? textOf(value, '@id');
  const makers = ['creator', 'author', 'copyrightHolder'].flatMap((name) =>
    valuesOf(value, name).flatMap((maker) => namesOf(resolve(maker))),
  );
  const credit = textOf(value, 'creditText') ?? makers[0] ?? textOf(value, 'copyrightNotice');
  return url === undefined ? undefined : { url, caption: textOf(value, 'caption'), credit };
}

function addressesOf(object: SchemaObject): string[] {
  const page = valuesOf(object, 'mainEntityOfPage').flatMap((value) =>
    isObject(value)
      ? [...textsOf(value, '@id'), ...textsOf(value, 'url')]
      : typeof value === 'string'
        ? [value]
        : [],
  );
  return [...textsOf(object, 'url'), ...page].filter((address) => /^(?:https?:)?\/|^\//i.test(address));
}

function paywallOf(object: SchemaObject): boolean | undefined {
  const said = freeOf(object);
  if (said !== undefined) return !said;
  const parts = valuesOf(object, 'hasPart').map((part) => (isObject(part) ? freeOf(part) : undefined));
  return parts.includes(false) ? true : undefined;
}

function freeOf(object: SchemaObject): boolean | undefined {
  const [free] = valuesOf(object, 'isAccessibleForFree');
  if (typeof free === 'boolean') return free;
  if (typeof free !== 'string') return undefined;
  if (/(?:^|\/)(?:false|no|0)$/i.test(free.trim())) return false;
  return /(?:^|\/)(?:true|yes|1)$/i.test(free.trim()) ? true : undefined;
}
