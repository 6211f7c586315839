import { decodeEntities } from '../entities.ts';
import { normaliseLine } from '../normalise.ts';
import type { Line, LineRole } from '../text/line.ts';
import { walk } from './walk.ts';
import type { DomElement, DomNode } from './dom.ts';
import { wordList } from '../word-list.ts';

const BLOCKS = new Set(
  wordList(`
  ADDRESS, ARTICLE, ASIDE, BLOCKQUOTE, BODY, CAPTION, CENTER, DD, DETAILS, DIV, DL, DT, FIELDSET,
  FIGCAPTION, FIGURE, FOOTER, FORM, H1, H2, H3, H4, H5, H6, HEADER, HR, LI, MAIN, NAV, OL,
  P, PRE, SECTION, SUMMARY, TABLE, TBODY, TFOOT, THEAD, TR, UL, BR,
`),
);
const UNREAD = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'BUTTON', 'SELECT', 'TEXTAREA', 'SVG']);
const CELLS = new Set(['TD', 'TH']);
const CELL_SEPARATOR = ' | ';
/** Cells of a table of data hold less. */
const CELL_MAX_CHARACTERS = 300;

/** The beginning of an element's text on one line. */
export function beginningOf(root: DomElement, maxCharacters: number): string {
  let text = '';
  const isFull = () => text.length > maxCharacters * 2;
  walk(root, {
    enter: (element) => {
      const tag = element.tagName.toUpperCase();
      if (BLOCKS.has(tag) || CELLS.has(tag)) text += ' ';
      return !isFull() && !UNREAD.has(tag);
    },
    leave: (element) => {
      const tag = element.tagName.toUpperCase();
      if (BLOCKS.has(tag) || CELLS.has(tag)) text += ' ';
    },
    text: (node) => {
      if (!isFull()) text += (node.nodeValue ?? '').slice(0, maxCharacters * 2);
    },
  });
  return normaliseLine(decodeEntities(text));
}

/** The text of a part of a page as lines: paragraphs, headings, items of lists, rows of tables. */
export function readBlocks(root: DomElement, orderOf: (node: DomNode) => number | undefined): Line[] {
  const lines: Line[] = [];
  const roles: LineRole[] = [];
  let text = '';
  let linked = 0;
  let links = 0;
  let order = 0;
  let lineOrder = 0;

  const role = (): LineRole => roles.at(-1) ?? 'paragraph';
  const flush = () => {
    const line = normaliseLine(decodeEntities(text));
    const characters = text.replace(/\s+/g, ' ').length;
    if (/[\p{L}\p{N}]/u.test(line))
      lines.push({ text: line, role: role(), linkShare: Math.min(1, linked / characters), order: lineOrder });
    text = '';
    linked = 0;
  };
  walk(root, {
    enter: (element) => {
      const tag = element.tagName.toUpperCase();
      if (UNREAD.has(tag)) return false;
      const inRow = role() === 'row';
      if (inRow && CELLS.has(tag) && text.trim() !== '') text += CELL_SEPARATOR;
      // A cell's paragraphs stay on the row's line; a table that lays out a page has tables within.
      if (BLOCKS.has(tag) && (!inRow || tag === 'TR' || tag === 'TABLE')) flush();
      else if (BLOCKS.has(tag)) text += ' ';
      else if (!inRow && CELLS.has(tag)) flush();
      const next = roleOf(tag, element);
      if (next) roles.push(next);
      if (isLink(tag, element)) links += 1;
      return true;
    },
    leave: (element) => {
      const tag = element.tagName.toUpperCase();
      if (UNREAD.has(tag)) return;
      if (isLink(tag, element)) links -= 1;
      const next = roleOf(tag, element);
      if (BLOCKS.has(tag) && (role() !== 'row' || next !== undefined)) flush();
      else if (BLOCKS.has(tag)) text += ' ';
      else if (role() !== 'row' && CELLS.has(tag)) flush();
      if (next) roles.pop();
    },
    text: (node) => {
      const value = node.nodeValue ?? '';
      order = orderOf(node) ?? order;
      if (text.trim() === '') lineOrder = order;
      text += value.replace(/\s+/g, ' ');
      if (links > 0) linked += value.trim().length;
    },
  });
  flush();
  return lines;
}

/** A link that leads away from the page; headings link to themselves. */
function isLink(tag: string, element: DomElement): boolean {
  if (tag !== 'A') return false;
  const address = element.getAttribute('href');
  return address !== null && !address.startsWith('#');
}

/** A row of one cell, with a table in it or with a cell of much text, lays out the page. */
function isLayout(row: DomElement): boolean {
  const cells = Array.from(row.children);
  return (
    cells.length < 2 ||
    row.querySelector('table, p + p') !== null ||
    cells.some((cell) => (cell.textContent ?? '').length > CELL_MAX_CHARACTERS)
  );
}

function roleOf(tag: string, element: DomElement): LineRole | undefined {
  if (/^H[1-6]$/.test(tag)) return 'heading';
  if (tag === 'LI') return 'item';
  if (tag === 'PRE') return 'code';
  if (tag === 'P' || tag === 'BLOCKQUOTE') return 'paragraph';
  if (tag === 'TR') return isLayout(element) ? 'paragraph' : 'row';
  return undefined;
}
