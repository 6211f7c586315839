import { charactersOf, shape, type Line } from '../text/line.ts';
import { isFull } from '../text/zones.ts';
import { walk } from './walk.ts';
import type { DomElement, DomNode } from './dom.ts';

/** Text of an element, as positions in the document. */
interface Span {
  readonly from: number;
  readonly to: number;
  /** Its class is its siblings', too. */
  readonly isNamed: boolean;
}

/** Elements that hold an entry; paragraphs and items of lists are no entries. */
const HOLDERS = new Set(['ARTICLE', 'DIV', 'SECTION', 'FIGURE', 'DETAILS']);
/** Fewer may be like each other by chance. */
const MIN_MEMBERS = 3;
/** The story is in these elements where so much of it is. */
const STORY_SHARE = 0.5;
const MAX_LINK_SHARE = 0.3;
/** Entries are of like size; what is much smaller than the story is a box beside it. */
const MIN_SHARE_OF_ENTRY = 0.25;

/** Elements side by side of one tag and class, as the entries of a live page are. */
export function likeSiblings(
  body: DomElement,
  orderOf: (node: DomNode) => number | undefined,
): readonly Span[][] {
  const groups: Span[][] = [];
  const open: { from: number; to: number; inner?: Map<string, Span[]> }[] = [];
  walk(body, {
    enter: () => {
      open.push({ from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY });
      return true;
    },
    leave: (element) => {
      const done = open.pop();
      const parent = open.at(-1);
      if (!done) return;
      for (const spans of done.inner?.values() ?? []) if (spans.length >= MIN_MEMBERS) groups.push(spans);
      if (!parent || done.to < done.from) return;
      parent.from = Math.min(parent.from, done.from);
      parent.to = Math.max(parent.to, done.to);
      const tag = element.tagName.toUpperCase();
      if (!HOLDERS.has(tag)) return;
      const name = element.getAttribute('class')?.trim() ?? '';
      const key = `${tag} ${name}`;
      parent.inner ??= new Map();
      const same = parent.inner.get(key);
      const span = { from: done.from, to: done.to, isNamed: name !== '' };
      if (same) same.push(span);
      else parent.inner.set(key, [span]);
    },
    text: (node) => {
      const order = orderOf(node);
      const around = open.at(-1);
      if (order === undefined || !around || !node.nodeValue?.trim()) return;
      around.from = Math.min(around.from, order);
      around.to = Math.max(around.to, order);
    },
  });
  return groups;
}

/** The lines of a story, with those of elements that are like the ones that hold most of it. */
export function withLikeSiblings(
  found: readonly Line[],
  blocks: readonly Line[],
  groups: readonly (readonly Span[])[],
): readonly Line[] {
  const story = found.toSorted((a, b) => a.order - b.order);
  const all = charactersOf(story);
  for (const spans of groups) {
    const held = spans.map((span) => charactersOf(linesIn(story, span)));
    const inGroup = held.reduce((sum, characters) => sum + characters, 0);
    const left = spans.filter((_, index) => held[index] === 0);
    // One that is missing among many was left out for a reason.
    if (inGroup < all * STORY_SHARE || left.length * 2 < spans.length || left.length === spans.length)
      continue;
    // Without a class it takes a heading in each to know them.
    if (!spans.every((span) => span.isNamed || linesIn(blocks, span)[0]?.role === 'heading')) continue;
    const least = (inGroup / (spans.length - left.length)) * MIN_SHARE_OF_ENTRY;
    const entries = left.map((span) => linesIn(blocks, span)).filter((lines) => isEntry(lines, least));
    if (entries.length > 0) return [...story, ...entries.flat()].toSorted((a, b) => a.order - b.order);
  }
  return found;
}

/** Prose of some length, and few links. */
function isEntry(lines: readonly Line[], leastCharacters: number): boolean {
  const characters = charactersOf(lines);
  const linked = lines.reduce((sum, { text, linkShare }) => sum + text.length * linkShare, 0);
  return (
    characters > leastCharacters &&
    linked < characters * MAX_LINK_SHARE &&
    lines.some((line) => isFull(shape(line)))
  );
}

/** Those of some lines, which are in order, that are within a span. */
function linesIn(lines: readonly Line[], { from, to }: Span): readonly Line[] {
  const start = firstAt(lines, from);
  return lines.slice(start, firstAt(lines, to + 1));
}

/** Place of the first line at or behind a position. */
function firstAt(lines: readonly Line[], order: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lines[middle]?.order ?? 0) < order) low = middle + 1;
    else high = middle;
  }
  return low;
}
