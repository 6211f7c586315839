import { parseHTML } from 'linkedom';
import type { DomDocument } from './dom.ts';

/** The page can't be read at all; the message says why. */
export class UnreadablePage extends Error {
  override readonly name = 'UnreadablePage';
}

/**
 * Elements open at once before a page counts as an attack; parsing takes time with the square of it. Pages nest some
 * forty deep.
 */
const MAX_OPEN_ELEMENTS = 5000;
/** Elements that stay open until they are closed. Others (`p`, `li`, `td`) end by themselves in careless pages. */
const NESTING_TAG =
  /<(\/?)(?:div|span|section|article|main|header|footer|aside|nav|ul|ol|dl|table|blockquote|center|font|b|i|u|em|strong|a|form|fieldset|figure|details|small|big|sub|sup|code|pre|tt|svg|g|math|mrow|object|[a-z]+-[a-z-]+)[\s>]/gi;

/**
 * Parses a page, with a `body` whatever the page has.
 *
 * @throws UnreadablePage for nesting that no page has
 */
export function parsePage(html: string): DomDocument {
  const deepest = deepestNesting(html);
  if (deepest > MAX_OPEN_ELEMENTS)
    throw new UnreadablePage(
      `The page has more than ${MAX_OPEN_ELEMENTS} elements open within each other. Send the article's own part of the page.`,
    );
  // linkedom parses with htmlparser2, which adds no elements that were left out.
  const whole = /<html[\s>]/i.test(html)
    ? /<body[\s>]/i.test(html)
      ? html
      : withBody(html)
    : `<!doctype html><html><head></head><body>${html}</body></html>`;
  return parseHTML(whole).document as unknown as DomDocument;
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
  const head = /<\/head\s*>/i.exec(html) ?? /<html[^>]{0,2000}>/i.exec(html);
  if (!head) return `<!doctype html><html><head></head><body>${html}</body></html>`;
  const at = head.index + head[0].length;
  return `${html.slice(0, at)}<body>${html.slice(at)}`;
}
