import { normaliseLine } from '../normalise.ts';
import { microdataReader, type MicrodataReader } from './microdata.ts';
import { startOfText } from './metadata-text.ts';
import { walk } from './walk.ts';
import type { DomDocument, DomElement } from './dom.ts';

/** What of a page's elements tells about it, found in one walk. */
export interface PageElements {
  /** Contents of meta elements by their names in lower case, in the order of the page. */
  readonly meta: ReadonlyMap<string, readonly string[]>;
  /** Texts of the scripts of JSON-LD. */
  readonly jsonLd: readonly string[];
  readonly microdata: Pick<MicrodataReader, 'articles' | 'pages'>;
  readonly language: string | undefined;
  readonly base: string | undefined;
  readonly canonical: readonly string[];
  readonly title: string | undefined;
  readonly headings: readonly (string | undefined)[];
  /** Texts of links to the authors: the first one, and those beside it. */
  readonly authors: readonly string[];
  /** Texts of elements whose class calls them an author's line. */
  readonly bylines: readonly string[];
  readonly tags: readonly string[];
  readonly categories: readonly string[];
  readonly published: readonly string[];
  readonly modified: readonly string[];
  readonly figures: readonly PageFigure[];
}

export interface PageFigure {
  /** Addresses of the picture, as they stand there. */
  readonly sources: readonly string[];
  readonly caption: string;
}

interface OpenFigure {
  readonly element: DomElement;
  readonly sources: string[];
  caption: string;
}

const LINE_CHARACTERS = 4000;
const LINK_CHARACTERS = 200;
const META_NAMES = 500;
const META_VALUES = 60;
const LINKS = 100;
const FIGURES = 50;
const SCRIPTS = 50;
const BYLINES = 12;
/** Links and times in them belong to other stories. */
const ASIDE = new Set(['ASIDE', 'NAV', 'FOOTER']);
const SKIPPED = new Set(['STYLE', 'SVG', 'TEMPLATE', 'NOSCRIPT', 'IFRAME', 'MATH']);
const BYLINE_CLASS = /(?:^|[\s_-])(?:byline|authors?)(?:$|[\s_-])/i;
/** Authors of comments and other stories, and what else is shown of an author. */
const NO_BYLINE_CLASS =
  /comment|related|teaser|card|promo|sidebar|avatar|image|bio|photo|footer|more|widget|recommend/i;
const CLASS_CHARACTERS = 300;
const MODIFIED_CLASS = /updated|modified|edited|lastmod/i;
const PUBLISHED_CLASS = /publish|entry-date|posted|pubdate/i;

export function readElements(page: DomDocument): PageElements {
  const meta = new Map<string, string[]>();
  const found = {
    jsonLd: [] as string[],
    canonical: [] as string[],
    headings: [] as (string | undefined)[],
    authors: [] as string[],
    bylines: [] as string[],
    tags: [] as string[],
    categories: [] as string[],
    figures: [] as OpenFigure[],
  };
  const times = { published: [] as string[], modified: [] as string[], others: [] as string[] };
  const microdata = microdataReader();
  let base: string | undefined;
  let title: string | undefined;
  const asides: DomElement[] = [];
  let figure: OpenFigure | undefined;
  let besideAuthors: unknown;

  const readers = new Map<string, (element: DomElement) => void>(
    Object.entries({
      META: (element) => readMeta(element, meta),
      SCRIPT: (element) => {
        const isData = /^\s*application\/ld\+json/i.test(element.getAttribute('type') ?? '');
        if (isData && found.jsonLd.length < SCRIPTS) found.jsonLd.push(element.textContent ?? '');
      },
      BASE: (element) => (base ??= element.getAttribute('href') ?? undefined),
      TITLE: (element) => (title ??= lineOf(element)),
      H1: (element) => {
        if (found.headings.length < LINKS) found.headings.push(lineOf(element));
      },
      LINK: (element) => {
        const href = element.getAttribute('href');
        if (href && hasWord(element.getAttribute('rel'), 'canonical') && found.canonical.length < 3)
          found.canonical.push(href);
      },
      A: (element) => {
        const rel = element.getAttribute('rel');
        if (!rel || asides.length > 0) return;
        if (hasWord(rel, 'author')) {
          besideAuthors ??= element.parentNode;
          if (besideAuthors === element.parentNode) add(found.authors, startOfText(element, LINK_CHARACTERS));
        }
        if (hasWord(rel, 'tag'))
          add(
            hasWord(rel, 'category') ? found.categories : found.tags,
            startOfText(element, LINK_CHARACTERS),
          );
      },
      TIME: (element) => {
        const time = element.getAttribute('datetime');
        if (!time || asides.length > 0) return;
        const kind = `${element.getAttribute('itemprop') ?? ''} ${element.getAttribute('class') ?? ''}`;
        if (MODIFIED_CLASS.test(kind)) add(times.modified, time);
        else if (PUBLISHED_CLASS.test(kind) || element.getAttribute('pubdate') !== null)
          add(times.published, time);
        else if (found.headings.length > 0) add(times.others, time);
      },
      FIGURE: (element) => {
        figure = { element, sources: [], caption: '' };
        if (found.figures.length < FIGURES) found.figures.push(figure);
      },
      IMG: (element) => {
        if (!figure || figure.sources.length > 0) return;
        for (const name of ['src', 'data-src', 'srcset', 'data-srcset']) {
          const source = element.getAttribute(name)?.trim().split(/\s/)[0];
          if (source && !source.startsWith('data:')) figure.sources.push(source);
        }
      },
      FIGCAPTION: (element) => {
        if (figure && figure.caption === '') figure.caption = startOfText(element, LINE_CHARACTERS);
      },
    }),
  );

  walk(page.documentElement, {
    enter: (element) => {
      const tag = element.tagName.toUpperCase();
      if (SKIPPED.has(tag)) return false;
      microdata.enter(element);
      if (ASIDE.has(tag)) asides.push(element);
      readers.get(tag)?.(element);
      if (found.bylines.length < BYLINES && asides.length === 0 && isByline(element))
        found.bylines.push(startOfText(element, LINK_CHARACTERS));
      return tag !== 'SCRIPT';
    },
    leave: (element) => {
      microdata.leave(element);
      if (element === asides.at(-1)) asides.pop();
      else if (element === figure?.element) figure = undefined;
    },
    text: () => undefined,
  });
  const root = page.documentElement;
  return {
    ...found,
    figures: found.figures.map(({ sources, caption }) => ({ sources, caption })),
    meta,
    microdata,
    base,
    title,
    language: root.getAttribute('lang') ?? root.getAttribute('xml:lang') ?? undefined,
    published: [...times.published, ...times.others.slice(0, 1)],
    modified: times.modified,
  };
}

const lineOf = (element: DomElement) =>
  normaliseLine(startOfText(element, LINE_CHARACTERS, '')).slice(0, LINE_CHARACTERS) || undefined;

const hasWord = (list: string | null, word: string): boolean =>
  list !== null && list.slice(0, 200).toLowerCase().split(/\s+/).includes(word);

function isByline(element: DomElement): boolean {
  const name = element.getAttribute('class');
  if (!name || name.length > CLASS_CHARACTERS || NO_BYLINE_CLASS.test(name)) return false;
  return BYLINE_CLASS.test(name.replace(/([a-z])([A-Z])/g, '$1-$2'));
}

function add(list: string[], value: string): void {
  if (value !== '' && list.length < LINKS) list.push(value);
}

function readMeta(element: DomElement, meta: Map<string, string[]>): void {
  const value = element.getAttribute('content')?.slice(0, LINE_CHARACTERS);
  if (!value?.trim()) return;
  for (const attribute of ['property', 'name', 'http-equiv', 'itemprop']) {
    const name = element.getAttribute(attribute)?.trim().toLowerCase();
    if (!name || name.length > 100) continue;
    // In the body a property is of some item, which need not be the article.
    if (attribute === 'itemprop' && (element.parentNode as DomElement | null)?.tagName !== 'HEAD') continue;
    const key = attribute === 'itemprop' ? `itemprop ${name}` : name;
    const values = meta.get(key);
    if (values && values.length < META_VALUES) values.push(value);
    else if (!values && meta.size < META_NAMES) meta.set(key, [value]);
  }
}
