import { Unprocessable } from '../unprocessable.ts';
import { endsAsSentence, type Line } from './line.ts';

/** Line widths of hard-wrapped text. */
const WRAP_MIN = 45;
const WRAP_MAX = 110;
/** A wrapped line is filled up to its last word. */
const LONGEST_WORD = 24;

/** A book has some thousands: more is no article, and would take much memory. */
const MAX_LINES = 20_000;

/**
 * Splits normalised plain text into paragraphs: an empty line separates, and so does each line break, unless the block is
 * hard-wrapped, whose lines are joined again.
 *
 * @throws Unprocessable for more lines than any article has
 */
export function splitText(text: string): Line[] {
  let breaks = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) breaks += 1;
  requireFewLines(breaks);
  return text
    .split(/\n\n+/)
    .flatMap((block) => reflow(block.split('\n').filter((line) => line !== '')))
    .map((line, order) => ({ text: line, role: 'paragraph', linkShare: 0, order }));
}

/** @throws Unprocessable for more lines than any article has */
export function requireFewLines(count: number): void {
  if (count > MAX_LINES)
    throw new Unprocessable(`The text has more than ${MAX_LINES} lines. Send one article in a message.`);
}

function reflow(lines: readonly string[]): string[] {
  if (!isHardWrapped(lines)) return [...lines];
  const width = longestOf(lines);
  const paragraphs: string[][] = [[]];
  for (const line of lines) {
    paragraphs.at(-1)?.push(line);
    if (line.length < width - LONGEST_WORD && endsAsSentence(line)) paragraphs.push([]);
  }
  return paragraphs.filter((paragraph) => paragraph.length > 0).map(joinLines);
}

/** A word that was divided at the end of a line; not the first half of a pair such as `Nord- und Ostsee`. */
const DIVIDED =
  /(?<=\p{Ll})- (?=\p{Ll})(?!(?:und|oder|bis|sowie|and|or|to|et|ou|y|o|u|e|ed|en|of|og|och|eller|i|и|или|та|і|або)\b)/gu;

const joinLines = (lines: readonly string[]): string =>
  lines
    .map((line, index) => (index < lines.length - 1 ? `${line} ` : line))
    .join('')
    .replace(DIVIDED, '');

/** Filled lines of one width, most of which break within a sentence. */
function isHardWrapped(lines: readonly string[]): boolean {
  if (lines.length < 3) return false;
  const longest = longestOf(lines);
  if (longest < WRAP_MIN || longest > WRAP_MAX) return false;
  const inner = lines.slice(0, -1);
  const filled = inner.filter((line) => line.length >= longest - LONGEST_WORD).length;
  const broken = inner.filter((line) => !endsAsSentence(line)).length;
  return filled >= inner.length * 0.7 && broken >= inner.length * 0.6;
}

const longestOf = (lines: readonly string[]) => lines.reduce((max, line) => Math.max(max, line.length), 0);
