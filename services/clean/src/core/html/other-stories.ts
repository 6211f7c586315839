import { keyOf } from '../text/line.ts';
import type { DomElement } from './dom.ts';

/** What is known of an element's text, in characters. */
export interface ArticleMeasure {
  readonly prose: number;
}

/** What is known of the page. */
export interface KnownPage {
  /** Its own, as far as they are known. */
  readonly addresses: readonly string[];
  readonly title: string;
}

/** An article that holds so much of all articles' text is the page's story, and small ones beside it are not. */
const STORY_SHARE = 0.6;
const SMALL_SHARE = 0.1;
/** Whatever it links to. */
const MUCH_OF_PAGE = 0.5;
/** With less text than this left, the page is a list of stories and no story. */
const MIN_PROSE_LEFT = 250;
const MAX_ARTICLES = 500;

/**
 * Elements `article` that are other stories: the HTML standard has an article for each teaser, too. Such one links in its heading, or
 * by `rel="bookmark"`, to another page; or it is small and stands beside the one that holds nearly all text. The entries of a live
 * blog, which link to their own page, are none.
 *
 */
export function otherStories(
  body: DomElement,
  measureOf: (element: DomElement) => ArticleMeasure | undefined,
  { addresses, title }: KnownPage,
): DomElement[] {
  const articles = [...body.querySelectorAll('article')];
  if (articles.length < 2 || articles.length > MAX_ARTICLES) return [];
  const known = new Set(articles);
  const parents = new Map(articles.map((article) => [article, articleAround(article, known)] as const));
  const own = new Map(articles.map((article) => [article, measureOf(article)?.prose ?? 0] as const));
  // Those within come behind those around them: from the end on, each is whole before it is taken off.
  for (const article of articles.toReversed()) {
    const around = parents.get(article);
    if (around) own.set(around, (own.get(around) ?? 0) - (measureOf(article)?.prose ?? 0));
  }
  const proseOf = (article: DomElement) => own.get(article) ?? 0;
  const total = measureOf(body)?.prose ?? 0;
  const all = [...own.values()].reduce((sum, prose) => sum + prose, 0);
  const [story, prose = 0] = [...own].toSorted((one, other) => other[1] - one[1])[0] ?? [];
  const hasStory = prose >= all * STORY_SHARE;
  const isAround = (article: DomElement) => {
    for (let at = story; at; at = parents.get(at)) if (at === article) return true;
    return false;
  };
  const isAnother = headedOtherwise(articles, known, title);
  const leadsAway = new Set(articles.filter((article) => linksElsewhere(article, known, addresses)));
  const listed = likeTheirList(articles, leadsAway, proseOf);
  const other = articles.filter((article) => {
    if (proseOf(article) > total * MUCH_OF_PAGE) return false;
    if (listed.has(article) && parents.get(article)) return true;
    if (isAround(article)) return false;
    if (listed.has(article) && hasStory) return true;
    if (isAnother(article)) return true;
    return hasStory && !parents.get(article) && proseOf(article) < prose * SMALL_SHARE;
  });
  const taken = other.reduce((sum, article) => sum + proseOf(article), 0);
  return total - taken >= MIN_PROSE_LEFT ? other : [];
}

/** Articles that lead away, and those of no more text in a row of which at least half do. */
function likeTheirList(
  articles: readonly DomElement[],
  leadsAway: ReadonlySet<DomElement>,
  proseOf: (article: DomElement) => number,
): ReadonlySet<DomElement> {
  const listed = new Set(leadsAway);
  for (const row of Map.groupBy(articles, ({ parentNode }) => parentNode).values()) {
    const leading = row.filter((article) => leadsAway.has(article));
    if (leading.length < 2 || leading.length < row.length / 2) continue;
    const most = Math.max(...leading.map(proseOf));
    for (const article of row) if (proseOf(article) <= most * 2) listed.add(article);
  }
  return listed;
}

/** On a page that goes on with the next story: articles whose main heading is another than that of the one that says the title. */
function headedOtherwise(
  articles: readonly DomElement[],
  known: ReadonlySet<DomElement>,
  title: string,
): (article: DomElement) => boolean {
  const key = keyOf(title);
  const heads = new Map(
    articles.flatMap((article) => {
      const own = [...article.querySelectorAll('h1')].find((head) => articleAround(head, known) === article);
      return own ? [[article, keyOf(own.textContent ?? '')] as const] : [];
    }),
  );
  const says = (head: string) => head !== '' && (key.includes(head) || head.includes(key));
  const isSaid = key !== '' && [...heads.values()].some(says);
  return (article) => isSaid && heads.has(article) && !says(heads.get(article) ?? '');
}

function articleAround(article: DomElement, known: ReadonlySet<DomElement>): DomElement | undefined {
  for (let at = article.parentNode; at; at = at.parentNode)
    if (known.has(at as DomElement)) return at as DomElement;
  return undefined;
}

/** Its own heading or bookmark, and not that of an article in it, leads to another page. */
function linksElsewhere(
  article: DomElement,
  known: ReadonlySet<DomElement>,
  addresses: readonly string[],
): boolean {
  for (const link of article.querySelectorAll(
    'a[rel~="bookmark"], h1 a, h2 a, h3 a, h4 a, a h1, a h2, a h3, a h4',
  )) {
    if (articleAround(link, known) !== article) continue;
    const target = hrefOf(link);
    if (target !== undefined) return !isSamePage(target, addresses);
  }
  return false;
}

function hrefOf(element: DomElement): string | undefined {
  for (let at: DomElement | null = element; at; at = at.parentNode as DomElement | null)
    if (at.tagName === 'A') return at.getAttribute('href') ?? undefined;
  return undefined;
}

/** Without a page's address a link may be its own. */
function isSamePage(target: string, addresses: readonly string[]): boolean {
  if (target === '' || target.startsWith('#') || addresses.length === 0) return true;
  return addresses.some(
    (address) =>
      !URL.canParse(target, address) || pathOf(new URL(target, address)) === pathOf(new URL(address)),
  );
}

const pathOf = ({ pathname }: URL) => pathname.replace(/\/+$/, '');
