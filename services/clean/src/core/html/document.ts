import { parseHTML } from 'linkedom';
import { Unprocessable } from '../unprocessable.ts';
import { countAttributes } from './attributes.ts';
import type { DomDocument } from './dom.ts';
import { makeNodesLight } from './light-dom.ts';

makeNodesLight();

/**
 * Elements open at once before a page counts as an attack; parsing takes time with the square of it. Pages nest some
 * forty deep.
 */
const MAX_OPEN_ELEMENTS = 5000;
/**
 * Tags, comments and entities: each becomes a node. News pages have some thousands, the largest 25,000; a thread that runs out of memory in the
 * wrong place takes the process with it, so the tree must fit into the thread's heap beforehand.
 */
const MAX_NODES = 40_000;
/** Attributes: each is an object of the tree. 20 in each of 39,000 tags ran out of a heap of 192 MiB. */
const MAX_ATTRIBUTES_OF_TAG = 4000;
const MAX_ATTRIBUTES = 80_000;
/** Elements that stay open until they are closed. Others (`p`, `li`, `td`) end by themselves in careless pages. */
const NESTING_TAG =
  /<(\/?)(?:div|span|section|article|main|header|footer|aside|nav|ul|ol|dl|table|blockquote|center|font|b|i|u|em|strong|a|form|fieldset|figure|details|small|big|sub|sup|code|pre|tt|svg|g|math|mrow|object|[a-z]+-[a-z-]+)[\s>]/gi;

/**
 * Parses a page, with a `body` whatever the page has.
 *
 * @throws Unprocessable for nesting and a size that no page has
 */
export function parsePage(page: string): DomDocument {
  if (hasMoreThan(MAX_NODES, page))
    throw new Unprocessable(`The page has more than ${MAX_NODES} tags and entities. ${ADVICE}`);
  const attributes = countAttributes(page);
  if (attributes.inOneTag > MAX_ATTRIBUTES_OF_TAG)
    throw new Unprocessable(`A tag of the page has more than ${MAX_ATTRIBUTES_OF_TAG} attributes. ${ADVICE}`);
  if (attributes.inAll > MAX_ATTRIBUTES)
    throw new Unprocessable(`The page has more than ${MAX_ATTRIBUTES} attributes. ${ADVICE}`);
  if (deepestNesting(page) > MAX_OPEN_ELEMENTS)
    throw new Unprocessable(
      `The page has more than ${MAX_OPEN_ELEMENTS} elements open within each other. ${ADVICE}`,
    );
  // linkedom parses with htmlparser2, which adds no elements that were left out; it closes those that are open.
  const html = page.replace(DOCTYPE, NO_DOCTYPE);
  const whole = /<html[\s>]/i.test(html)
    ? /<body[\s>]/i.test(html)
      ? html
      : withBody(html)
    : `${EMPTY_PAGE}${html}`;
  const { document } = parseHTML(whole);
  // Its tags stood in a comment or an attribute that is never closed.
  return document.documentElement ? document : parseHTML(`${EMPTY_PAGE}${html}`).document;
}

/** With a second declaration linkedom's tree may become a ring, that Readability goes round and round. */
const DOCTYPE = /<!doctype/gi;
const NO_DOCTYPE = '<!none';
const EMPTY_PAGE = '<!doctype html><html><head></head><body>';

const ADVICE = "Send the article's own part of the page.";

function hasMoreThan(limit: number, html: string): boolean {
  let nodes = 0;
  for (const mark of ['<', '&'])
    for (let at = html.indexOf(mark); at >= 0 && nodes <= limit; at = html.indexOf(mark, at + 1)) nodes += 1;
  return nodes > limit;
}

function deepestNesting(html: string): number {
  let open = 0;
  let deepest = 0;
  for (const [, closing] of html.matchAll(NESTING_TAG)) {
    open = closing ? Math.max(0, open - 1) : open + 1;
    if (open > deepest) deepest = open;
  }
  return deepest;
}

function withBody(html: string): string {
  const head = /<\/head\s*>/i.exec(html) ?? /<html[^>]{0,500}>/i.exec(html);
  if (!head) return `${EMPTY_PAGE}${html}`;
  const at = head.index + head[0].length;
  return `${html.slice(0, at)}<body>${html.slice(at)}`;
}
