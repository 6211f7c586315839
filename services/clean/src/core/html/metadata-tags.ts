import type { PageElements } from './metadata-elements.ts';
import type { SourceFacts } from './metadata-source.ts';
import { wordList } from '../word-list.ts';

/** All contents of the meta elements of some names, by the order of the names. */
export type MetaReader = (names: readonly string[]) => string[];

export const metaReader =
  ({ meta }: PageElements): MetaReader =>
  (names) =>
    names.flatMap((name) => meta.get(name) ?? []);

/** `article:content_tier` and its like. */
const FREE_TIER = /^(?:free|open|public|yes|true)$/i;
const PAID_TIER = /^(?:locked|metered|paid|premium|subscriber|subscribers|subscription|plus|registered)$/i;

/** What Open Graph says, with Facebook's `article:` names. */
export function openGraphFacts(meta: MetaReader): SourceFacts {
  return {
    authors: meta(['article:author', 'og:article:author', 'article:author:name', 'book:author']),
    published: meta([
      'article:published_time',
      'og:article:published_time',
      'og:published_time',
      'article:published',
    ]),
    modified: meta([
      'article:modified_time',
      'og:article:modified_time',
      'og:updated_time',
      'article:modified',
    ]),
    sections: meta(['article:section', 'og:article:section']),
    keywords: meta(['article:tag']),
    images: meta(['og:image', 'og:image:url', 'og:image:secure_url']).map((url) => ({ url })),
    addresses: meta(['og:url']),
    publishers: meta(['og:site_name']),
    isPaywalled: paywallOf(meta(['article:content_tier', 'og:article:content_tier'])),
    descriptions: meta(['og:description']),
  };
}

function paywallOf(tiers: readonly string[]): boolean | undefined {
  const tier = tiers.map((text) => text.trim()).find((text) => FREE_TIER.test(text) || PAID_TIER.test(text));
  return tier === undefined ? undefined : PAID_TIER.test(tier);
}

const PUBLISHED = wordList(`
  citation_publication_date, citation_date, citation_online_date, dc.date.issued, dcterms.issued, dc.date,
  dcterms.date, dcterms.created, dc.date.created, parsely-pub-date, sailthru.date, article.published,
  cxenseparse:recs:publishtime, cxenseparse:publishtime, bt:pubdate, vr:published_time, itemprop datepublished,
  datepublished, date.issued, pubdate, publish-date, publishdate, publication-date, publication_date, publish_time,
  published_time, iso-8601-publish-date, last_published_date, ptime, rnews:datepublished, date,
`);
const MODIFIED = wordList(`
  dcterms.modified, dc.date.modified, article.updated, cxenseparse:modifiedtime, bt:moddate, itemprop datemodified,
  datemodified, lastmod, last-modified, last_updated_date, updated_time, utime, rnews:datemodified, revised,
`);
const KEYWORDS = [
  'parsely-tags',
  'sailthru.tags',
  'news_keywords',
  'keywords',
  'dc.subject',
  'dcterms.subject',
];

/** What other meta elements say: Highwire's citation_*, Dublin Core, Parse.ly, Sailthru, plain names. */
export function metaFacts(meta: MetaReader): SourceFacts {
  return {
    authors: firstFilled(meta, [
      ['citation_author'],
      ['dc.creator', 'dcterms.creator'],
      ['parsely-author'],
      ['sailthru.author'],
      ['cxenseparse:author', 'bt:author', 'authors', 'byl', 'article.author'],
      ['author'],
    ]),
    published: meta(PUBLISHED),
    modified: meta(MODIFIED),
    sections: meta([
      'parsely-section',
      'article.section',
      'prism.section',
      'articlesection',
      'section',
      'category',
    ]),
    keywords: firstFilled(
      meta,
      KEYWORDS.map((name) => [name]),
    ),
    images: meta([
      'twitter:image',
      'twitter:image:src',
      'parsely-image-url',
      'sailthru.image.full',
      'thumbnail',
    ]).map((url) => ({ url })),
    addresses: meta(['parsely-link', 'dc.identifier', 'dcterms.identifier']).filter((text) =>
      /^https?:/i.test(text),
    ),
    publishers: meta(['dc.publisher', 'dcterms.publisher', 'citation_publisher', 'citation_journal_title']),
    isPaywalled: paywallOf(meta(['content_tier', 'content-tier', 'article.access'])),
    descriptions: meta(['description', 'dc.description', 'dcterms.description', 'twitter:description']),
  };
}

/** Of several names for the same the first that is there: together they would have each author twice. */
function firstFilled(meta: MetaReader, groups: readonly (readonly string[])[]): string[] {
  return groups.map(meta).find((values) => values.length > 0) ?? [];
}

/** What the page shows: links to its authors and tags, times, its own address. */
export function visibleFacts(elements: PageElements): SourceFacts {
  return {
    authors: elements.authors,
    published: elements.published,
    modified: elements.modified,
    sections: elements.categories,
    keywords: elements.tags,
    addresses: elements.canonical,
  };
}
