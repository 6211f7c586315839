import type { ShapedLine } from './line.ts';
import type { Zone } from './rules/rule.ts';

/** A sentence of this many words is a paragraph of the story; shorter ones may be a slogan or a label. */
const FULL_MIN_WORDS = 8;
const LONG_MIN_WORDS = 45;
/** Lines after the first paragraph that may still be the author's or the date's. */
const DECK_LINES = 4;

/** Is this line surely a paragraph of text? */
export const isFull = (line: ShapedLine): boolean =>
  line.role !== 'heading' &&
  ((line.hasFinalStop && line.words >= FULL_MIN_WORDS) || line.words >= LONG_MIN_WORDS);

/** A list's items and a table's rows go without stops; links and single words are furniture, though. */
const ITEM_MIN_WORDS = 4;

/** Text, however short. */
function isText(line: ShapedLine): boolean {
  if (line.role === 'heading') return false;
  if (line.role === 'row' || line.role === 'item')
    return line.hasFinalStop || (line.words >= ITEM_MIN_WORDS && line.linkShare < 0.5);
  return isFull(line) || line.hasFinalStop;
}

/**
 * Tells for each line where it stands. The tail begins after the last line that ends as a sentence: a short last sentence
 * belongs to the story.
 */
export function zonesOf(lines: readonly ShapedLine[]): Zone[] {
  const first = lines.findIndex(isFull);
  if (first < 0) return lines.map(() => 'middle');
  const second = lines.findIndex((line, index) => index > first && isFull(line));
  const deckEnd = second > first ? Math.min(second, first + 1 + DECK_LINES) : first + 1;
  const last = lines.findLastIndex(isText);
  return lines.map((_line, index) => {
    if (index < first) return 'head';
    if (index > last) return 'tail';
    return index > first && index < deckEnd ? 'deck' : 'middle';
  });
}
