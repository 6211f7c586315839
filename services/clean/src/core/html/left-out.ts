import { nameResidue, type PlacedResidue } from '../text/clear.ts';
import { keyOf, shape, type Line, type ShapedLine } from '../text/line.ts';
import { isRelatedHeader } from '../text/rules/related.ts';
import { isFull } from '../text/zones.ts';

type Placed = Pick<Line, 'text' | 'order'>;

/** Lines of the page before and behind the story that are looked at. */
const NEAR_LINES = 12;
const MAX_PIECES = 40;
const HEADLINE_MIN_WORDS = 4;
const LINK_SHARE = 0.75;
const LISTED = { kind: 'related', reason: 'in a list of other stories' } as const;
/** A page sets its standfirst right below the headline. */
const BELOW_HEADLINE_LINES = 3;
const STANDFIRST_MAX_LINES = 2;
const STANDFIRST_MAX_LINK_SHARE = 0.3;

/**
 * What stands in or near the story, and that the search for the story left out, as residue where the rules for lines have a name for
 * it, or where it is a sentence within.
 *
 * @param blocks all lines of the page, in their order
 */
export function nameLeftOut(
  blocks: readonly Line[],
  story: readonly Placed[],
  title: string,
): PlacedResidue[] {
  const range = rangeOf(blocks, story);
  if (!range) return [];
  const found = new Set(story.map(({ order }) => order));
  const texts = new Set(story.map(({ text }) => text));
  const residue: PlacedResidue[] = [];
  const headline = headlineBefore(blocks, range.first, title);
  let underHeader = false;
  const from = Math.max(0, range.first - NEAR_LINES, headline + 1);
  for (const [index, block] of blocks.slice(from, range.last + 1 + NEAR_LINES).entries()) {
    if (found.has(block.order) || residue.length === MAX_PIECES) continue;
    const line = shape(block);
    if (texts.has(line.text) || line.key === keyOf(title)) continue;
    if (!underHeader && isLinkOfFrame(line)) continue;
    const place = from + index;
    const isWithin = place > range.first && place < range.last;
    const isListed: boolean = underHeader && line.linkShare > LINK_SHARE;
    underHeader = isListed || isRelatedHeader(line.key);
    const named = isListed
      ? LISTED
      : (nameResidue(line, place > range.last ? 'tail' : 'head') ??
        (isWithin ? proseWithin(line) : undefined));
    if (named) residue.push({ ...named, text: line.text, order: line.order });
  }
  return residue;
}

/** Menus and footers are links of a word or three. */
const isLinkOfFrame = ({ linkShare, words }: ShapedLine) =>
  linkShare > LINK_SHARE && words < HEADLINE_MIN_WORDS;

/** Lines that were taken for the story: without links of the site's frame, which stand above the headline. */
export function belowFrame(blocks: readonly Line[], story: readonly Line[], title: string): readonly Line[] {
  const key = keyOf(title);
  const headline =
    key === '' ? undefined : blocks.find(({ role, text }) => role === 'heading' && keyOf(text).includes(key));
  if (!headline) return story;
  return story.filter((line) => line.order > headline.order || !isLinkOfFrame(shape(line)));
}

const proseWithin = (line: ShapedLine) =>
  isFull(line) && line.linkShare < 0.5
    ? ({ kind: 'other', reason: 'left out of the story with the element around it' } as const)
    : undefined;

/** Sentences between the headline and where the story that was found begins. */
export function sentencesBelowHeadline(
  blocks: readonly Line[],
  story: readonly Placed[],
  title: string,
): readonly Line[] {
  const range = rangeOf(blocks, story);
  const headline = range ? headlineBefore(blocks, range.first, title) : -1;
  if (!range || headline < 0) return [];
  const between = blocks.slice(headline + 1, Math.min(range.first, headline + 1 + BELOW_HEADLINE_LINES));
  const known = new Set(story.map(({ text }) => text));
  const sentences = between.filter(
    (block) =>
      !known.has(block.text) && block.linkShare <= STANDFIRST_MAX_LINK_SHARE && isFullOfAnyRole(shape(block)),
  );
  return sentences.length <= STANDFIRST_MAX_LINES &&
    sentences.every((line) => !nameResidue(shape(line), 'head'))
    ? sentences
    : [];
}

/** Place of the headline, -1 where none says the title. */
function headlineBefore(blocks: readonly Line[], first: number, title: string): number {
  const key = keyOf(title);
  if (key === '') return -1;
  return blocks.findLastIndex(
    ({ role, text }, index) => index < first && role === 'heading' && keyOf(text).includes(key),
  );
}

const isFullOfAnyRole = (line: ShapedLine) => isFull({ ...line, role: 'paragraph' });

function rangeOf(
  blocks: readonly Line[],
  story: readonly Placed[],
): { readonly first: number; readonly last: number } | undefined {
  const orders = new Set(story.map(({ order }) => order));
  const first = blocks.findIndex(({ order }) => orders.has(order));
  return first < 0 ? undefined : { first, last: blocks.findLastIndex(({ order }) => orders.has(order)) };
}
