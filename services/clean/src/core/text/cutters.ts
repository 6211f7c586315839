import { commentLabels, replyLabels } from './lexicon/furniture.ts';
import { authorBoxLabels } from './lexicon/leads.ts';
import { withoutNumbers, type ShapedLine } from './line.ts';
import { isAgency } from './names.ts';
import { phraseSet } from './phrase-set.ts';
import type { Cut } from './rules/rule.ts';
import { isFull } from './zones.ts';

/** Takes down what is cut. */
export type Note = (line: ShapedLine, cut: Cut) => void;

const authorBoxes = phraseSet(authorBoxLabels);
/** Lines of a box about the author, at the end of a text. */
const AUTHOR_BOX_LINES = 5;
/** A label that stands in a text twice and more; a refrain is longer, or ends with a stop. */
const LABEL_MAX_WORDS = 4;
const LABELS_MAX_SHARE = 0.3;
/** A headline of another story. */
export const RELATED_MAX_WORDS = 25;
const comments = phraseSet(commentLabels);
const replies = phraseSet(replyLabels);
/** Readers' comments follow a story, and don't begin it. */
const COMMENTS_FROM = 0.2;

/** The box about the author that ends the text. */
export function cutAuthorBox(lines: readonly ShapedLine[], note: Note): readonly ShapedLine[] {
  const from = Math.max(1, lines.length - AUTHOR_BOX_LINES);
  const at = lines.findIndex((line, index) => index >= from && authorBoxes.is(line.key));
  if (at < 0) return lines;
  for (const line of lines.slice(at)) note(line, { kind: 'byline', reason: 'a box about the author' });
  return lines.slice(0, at);
}

/** Readers' comments behind the story: a label of comments, and a button to reply to one of them behind it. */
export function cutReadersComments(lines: readonly ShapedLine[], note: Note): readonly ShapedLine[] {
  const lastReply = lines.findLastIndex((line) => replies.is(line.key));
  if (lastReply < 0) return lines;
  const from = lines.findIndex(isFull) + 1;
  const at = lines.findIndex(
    (line, index) =>
      index >= Math.max(from, lines.length * COMMENTS_FROM) &&
      index < lastReply &&
      comments.is(withoutNumbers(line.key)),
  );
  if (at < 0) return lines;
  for (const line of lines.slice(at))
    note(line, { kind: 'comments', reason: 'behind the label of the comments' });
  return lines.slice(0, at);
}

/** Labels that come again and again, as buttons under each picture do. */
export function cutRepeatedLabels(lines: readonly ShapedLine[], note: Note): readonly ShapedLine[] {
  const isLabel = (line: ShapedLine) =>
    line.role === 'paragraph' &&
    !isAgency(line.text) &&
    line.words <= LABEL_MAX_WORDS &&
    !line.hasFinalStop &&
    /^[^\p{N}]*\p{L}[^\p{N}]*(?<![:,;–—-])$/u.test(line.text);
  const counts = new Map<string, number>();
  for (const line of lines) if (isLabel(line)) counts.set(line.key, (counts.get(line.key) ?? 0) + 1);
  const isRepeated = (line: ShapedLine) => isLabel(line) && (counts.get(line.key) ?? 0) > 1;
  // A table without its markup is full of them.
  if (lines.filter(isRepeated).length > lines.length * LABELS_MAX_SHARE) return lines;
  return lines.filter((line) => {
    if (!isRepeated(line)) return true;
    note(line, { kind: 'other', reason: 'a label that stands here more than once' });
    return false;
  });
}

const LEAD_BEFORE_BAR = /^([^|]{4,60}?)\s*\|\s*\S/u;
const LEAD_TIMES = 3;

/** Headlines of other stories that all begin with the same label and a bar. */
export function cutRepeatedLeads(lines: readonly ShapedLine[], note: Note): readonly ShapedLine[] {
  const leadOf = (line: ShapedLine) =>
    line.role === 'row' || line.hasFinalStop || line.words > RELATED_MAX_WORDS
      ? undefined
      : LEAD_BEFORE_BAR.exec(line.text)?.[1];
  const counts = new Map<string, number>();
  for (const line of lines) {
    const lead = leadOf(line);
    if (lead !== undefined) counts.set(lead, (counts.get(lead) ?? 0) + 1);
  }
  return lines.filter((line) => {
    if ((counts.get(leadOf(line) ?? '') ?? 0) < LEAD_TIMES) return true;
    note(line, { kind: 'related', reason: 'a label before a bar that stands here again and again' });
    return false;
  });
}

/** Paragraphs that stand here once more, as pages have them for another size of the screen. */
export function cutSecondTimes(lines: readonly ShapedLine[], note: Note): readonly ShapedLine[] {
  const seen = new Set<string>();
  return lines.filter((line) => {
    if (!isFull(line) || line.role === 'row') return true;
    if (!seen.has(line.text)) {
      seen.add(line.text);
      return true;
    }
    note(line, { kind: 'other', reason: 'a paragraph that stands here already' });
    return false;
  });
}
