import type { PageMetadata } from '@wirefold/contracts';
import { readAuthors, readBylines } from './metadata-authors.ts';
import { readImage } from './metadata-image.ts';
import type { PageElements } from './metadata-elements.ts';
import {
  chooseArticle,
  schemaFacts,
  textOf,
  type KnownArticle,
  type SchemaObject,
} from './metadata-schema.ts';
import type { SourceFacts } from './metadata-source.ts';
import { metaFacts, metaReader, openGraphFacts, visibleFacts } from './metadata-tags.ts';
import { plainLine } from './metadata-text.ts';
import { decideInstant } from './metadata-times.ts';
import { readTitle } from './metadata-title.ts';
import { readKeywords, readSection, webAddress, words, type PagePlace } from './metadata-values.ts';
import type { StructuredData } from './structured-data.ts';

/** What a page says about itself and its article. */
export interface PageFacts {
  /** Without the site's name; empty where the page has none. */
  readonly title: string;
  /** BCP 47, as the page declares it. */
  readonly language: string | undefined;
  /** What the page gives as its summary, in the order of trust. */
  readonly descriptions: readonly string[];
  /** For the contract; undefined where the page says nothing. */
  readonly page: PageMetadata | undefined;
}

/** What is known of a page from outside. */
export interface PageOrigin {
  /** The publisher's name. */
  readonly siteName: string | undefined;
  /** Where the page was found. */
  readonly url: string | undefined;
}

const LINE_CHARACTERS = 2000;
const NAME_CHARACTERS = 200;

/**
 * Puts together what a page says of itself. For each field the first source counts that has a usable value: JSON-LD,
 * microdata, Open Graph, other meta elements, what the page shows. But the page's own address is what its
 * `rel=canonical` says: the others are often its front page, or the one for sharing.
 */
export function readPageFacts(elements: PageElements, data: StructuredData, origin: PageOrigin): PageFacts {
  const meta = metaReader(elements);
  const line = (...names: string[]) => plainLine(meta(names)[0], LINE_CHARACTERS);
  const place: PagePlace = { url: origin.url, base: elements.base };
  const shared = [line('og:title'), line('twitter:title')];
  const known = {
    title: shared.find(Boolean) ?? elements.headings[0] ?? elements.title,
    addresses: [origin.url, ...elements.canonical, ...meta(['og:url'])].filter((url) => url !== undefined),
  };
  const article = chooseArticle(data.articles, known)?.article;
  const sources = sourcesOf(elements, data, article, known);
  const publisher = firstOf(sources, 'publishers', (text) =>
    text.trim().startsWith('@') ? undefined : words(text, NAME_CHARACTERS),
  );
  const handle = line('twitter:site')?.replace(/^@/, '');
  const sites = [origin.siteName, publisher, line('og:site_name'), line('application-name'), handle].filter(
    (name) => name !== undefined,
  );
  const headline = plainLine(article && textOf(article, 'headline'), LINE_CHARACTERS);
  const title = readTitle({ ...elements, shared, headline, sites });
  const language = elements.language ?? line('content-language', 'language', 'dc.language', 'og:locale');
  return {
    title,
    language: language?.split(',')[0]?.trim().replaceAll('_', '-') || undefined,
    descriptions: [line('og:description'), line('description'), line('twitter:description')].filter(
      (text) => text !== undefined,
    ),
    page: filled({
      authors:
        firstList(sources, 'authors', (raw) => readAuthors(raw, sites)) ??
        readBylines(elements.bylines, sites),
      ...instantsOf(sources),
      section: firstOf(sources, 'sections', (text) => readSection(text, sites)),
      keywords: firstList(sources, 'keywords', readKeywords),
      image: readImage(
        sources.flatMap(({ images = [] }) => images),
        { place, figures: elements.figures, title },
      ),
      canonicalUrl: canonicalOf(sources, place),
      publisher,
      isPaywalled: sources.map((source) => source.isPaywalled).find((said) => said !== undefined),
      description: firstOf(sources, 'descriptions', (text) => words(text, LINE_CHARACTERS)),
    }),
  };
}

/** All that a page has to say, in the order of trust; what it shows comes last. */
function sourcesOf(
  elements: PageElements,
  data: StructuredData,
  article: SchemaObject | undefined,
  known: KnownArticle,
): SourceFacts[] {
  const meta = metaReader(elements);
  const { articles, pages } = elements.microdata;
  const marked = chooseArticle(articles, known);
  const asItIs = (value: unknown) => value;
  return [
    factsOf(article, data.resolve),
    factsOf(data.pages[0], data.resolve),
    // Teasers are marked as articles, too.
    factsOf(marked?.isSure ? marked.article : undefined, asItIs),
    factsOf(pages[0], asItIs),
    openGraphFacts(meta),
    metaFacts(meta),
    visibleFacts(elements),
  ];
}

const factsOf = (object: SchemaObject | undefined, resolve: StructuredData['resolve']): SourceFacts =>
  object ? schemaFacts(object, resolve) : {};

type TextField = 'authors' | 'sections' | 'keywords' | 'publishers' | 'descriptions';

function firstOf(
  sources: readonly SourceFacts[],
  field: TextField,
  read: (raw: string) => string | undefined,
): string | undefined {
  for (const source of sources)
    for (const raw of source[field] ?? []) {
      const value = read(raw);
      if (value !== undefined) return value;
    }
  return undefined;
}

function firstList(
  sources: readonly SourceFacts[],
  field: TextField,
  read: (raw: readonly string[]) => string[],
): string[] | undefined {
  for (const source of sources) {
    const values = read(source[field] ?? []);
    if (values.length > 0) return values;
  }
  return undefined;
}

/** Times are few: a page with more repeats them. */
const TIMES = 30;

function instantsOf(sources: readonly SourceFacts[]) {
  const published = sources.flatMap((source) => source.published ?? []).slice(0, TIMES);
  const modified = sources.flatMap((source) => source.modified ?? []).slice(0, TIMES);
  return {
    publishedAt: decideInstant(published, modified),
    modifiedAt: decideInstant(modified, published),
  };
}

function canonicalOf(sources: readonly SourceFacts[], place: PagePlace): string | undefined {
  const isFront = (address: string) => /^\/?$/.test(URL.parse(address)?.pathname ?? '/');
  const isArticleFront = place.url !== undefined && isFront(place.url);
  for (const source of [...sources.slice(-1), ...sources])
    for (const raw of source.addresses ?? []) {
      const address = webAddress(raw, place);
      if (address !== undefined && (isArticleFront || !isFront(address))) return address;
    }
  return undefined;
}

/** Without the fields that are undefined; undefined where none is left. */
function filled(
  page: { [Field in keyof PageMetadata]: PageMetadata[Field] | undefined },
): PageMetadata | undefined {
  const fields = Object.entries(page).filter(([, value]) => value !== undefined);
  return fields.length > 0 ? (Object.fromEntries(fields) as PageMetadata) : undefined;
}
