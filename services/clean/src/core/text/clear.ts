import type { Residue } from '@wirefold/contracts';
import { authorBoxLabels } from './lexicon/leads.ts';
import { keyOf, shape, type Line, type ShapedLine } from './line.ts';
import { phraseSet } from './phrase-set.ts';
import { agencyCredit, byline, contribution, sourceLine } from './rules/bylines.ts';
import { announcesCaption, canBeCaption, caption, namesPicture } from './rules/captions.ts';
import {
  advert,
  bareAddress,
  commentCounter,
  followInvitation,
  navigationLabel,
  shareBar,
} from './rules/furniture.ts';
import { inlineCuts } from './rules/inline.ts';
import { dateline, tagList, timestamp } from './rules/labels.ts';
import {
  commentPolicy,
  cookieNotice,
  copyrightNotice,
  newsletterNotice,
  playerNotice,
} from './rules/notices.ts';
import { unlabelled } from './rules/placed.ts';
import { publisherCuts, type KnownLines } from './rules/publisher-line.ts';
import { isRelatedHeader, relatedPointer } from './rules/related.ts';
import { firstCut, type Cut, type MarkedRule, type PlacedRule } from './rules/rule.ts';
import { isFull, zonesOf } from './zones.ts';

const markedRules: readonly MarkedRule[] = [
  contribution,
  playerNotice,
  commentPolicy,
  followInvitation,
  bareAddress,
  advert,
  relatedPointer,
  cookieNotice,
  newsletterNotice,
  copyrightNotice,
];
const placedRules: readonly PlacedRule[] = [
  commentCounter,
  shareBar,
  timestamp,
  tagList,
  navigationLabel,
  sourceLine,
  agencyCredit,
  byline,
  dateline,
  unlabelled,
];
const namingRules = placedRules.filter((rule) => rule !== unlabelled);

const authorBoxes = phraseSet(authorBoxLabels);
/** Lines of a box about the author, at the end of a text. */
const AUTHOR_BOX_LINES = 5;
/** A label that stands in a text twice and more; a refrain is longer, or ends with a stop. */
const LABEL_MAX_WORDS = 4;
const LABELS_MAX_SHARE = 0.3;
/** A name, or that of an agency. */
const CREDIT_MAX_WORDS = 4;

/** Headlines that follow the opening of a list of other stories. */
const RELATED_LINES = 8;
const RELATED_MAX_WORDS = 25;

export interface PlacedResidue extends Residue {
  /** Position in the document. */
  readonly order: number;
}

export interface Cleared {
  readonly kept: readonly ShapedLine[];
  readonly residue: readonly PlacedResidue[];
  /** The first line, where it is taken for the title. */
  readonly firstLineTitle: string | undefined;
}

/**
 * Parts the text from its residue: what a line's own shape and words tell first; then, with the first and the last
 * paragraph known, what its place tells.
 *
 * @param title publisher's or page's title, on one line; empty: the first line is taken where it looks like one
 * @param known lines that the publisher repeats
 */
export function clearResidue(lines: readonly Line[], title: string, known: KnownLines = new Map()): Cleared {
  const residue: PlacedResidue[] = [];
  const note = (line: ShapedLine, cut: Cut) =>
    residue.push({ kind: cut.kind, text: cut.part?.cut ?? line.text, reason: cut.reason, order: line.order });

  const whole = lines.map(shape);
  const unmarked = cutMarked(
    cutInline(cutRepeatedLeads(cutRepeatedLabels(cutAuthorBox(whole, note), note), note), note),
    note,
  );
  const [firstLineTitle, story] = title === '' ? takeTitle(unmarked) : [undefined, unmarked];
  const unrepeated = cutTitleRepeats(story, title || (firstLineTitle ?? ''), note);
  const once = cutSecondTimes(unrepeated, note);
  const zones = zonesOf(once);
  const ofPublisher = publisherCuts(once, known);
  const kept = once.filter((line, index) => {
    const cut = firstCut(placedRules, line, zones[index] ?? 'middle') ?? ofPublisher[index];
    if (cut) note(line, cut);
    return !cut;
  });
  return { kept, residue: residue.toSorted((a, b) => a.order - b.order), firstLineTitle };
}

/** What a line is by its words, and by a place before or behind the story; undefined for what only its place would tell. */
export const nameResidue = (line: ShapedLine, zone: 'head' | 'tail'): Cut | undefined =>
  firstCut(markedRules, line) ?? caption(line, true) ?? firstCut(namingRules, line, zone);

type Note = (line: ShapedLine, cut: Cut) => void;

/** The box about the author that ends the text. */
function cutAuthorBox(lines: readonly ShapedLine[], note: Note): readonly ShapedLine[] {
  const from = Math.max(1, lines.length - AUTHOR_BOX_LINES);
  const at = lines.findIndex((line, index) => index >= from && authorBoxes.is(line.key));
  if (at < 0) return lines;
  for (const line of lines.slice(at)) note(line, { kind: 'byline', reason: 'a box about the author' });
  return lines.slice(0, at);
}

/** Labels that come again and again, as buttons under each picture do. */
function cutRepeatedLabels(lines: readonly ShapedLine[], note: Note): readonly ShapedLine[] {
  const isLabel = (line: ShapedLine) =>
    line.role === 'paragraph' &&
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
function cutRepeatedLeads(lines: readonly ShapedLine[], note: Note): readonly ShapedLine[] {
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

function cutInline(lines: readonly ShapedLine[], note: Note): ShapedLine[] {
  return lines.flatMap((line) => {
    let left = line.text;
    for (const cut of inlineCuts(line.text)) {
      note(line, cut);
      left = cut.part.left;
    }
    if (left === line.text) return [line];
    return /[\p{L}\p{N}]/u.test(left) ? [shape({ ...line, text: left })] : [];
  });
}

function cutMarked(lines: readonly ShapedLine[], note: Note): ShapedLine[] {
  const lastFull = lines.findLastIndex((line) => isFull(line) && !firstCut(markedRules, line));
  const kept: ShapedLine[] = [];
  let relatedLeft = 0;
  let before: ShapedLine | undefined;
  for (const [index, line] of lines.entries()) {
    const cut =
      firstCut(markedRules, line) ??
      pictureLine(line, before, lines[index + 1]) ??
      caption(line, index >= lastFull);
    before = line;
    relatedLeft = cut && isRelatedHeader(line.key) ? RELATED_LINES : relatedLeft - 1;
    if (cut?.part) {
      note(line, cut);
      kept.push(shape({ ...line, text: cut.part.left }));
    } else if (cut) {
      note(line, cut);
    } else if (
      relatedLeft > 0 &&
      !line.hasFinalStop &&
      line.words <= RELATED_MAX_WORDS &&
      line.role !== 'row'
    ) {
      note(line, { kind: 'related', reason: 'in a list of other stories' });
    } else {
      relatedLeft = 0;
      kept.push(line);
    }
  }
  return kept;
}

/** A picture's label alone, and the line behind it that it speaks of. */
function pictureLine(
  line: ShapedLine,
  before: ShapedLine | undefined,
  next: ShapedLine | undefined,
): Cut | undefined {
  if (announcesCaption(line)) return { kind: 'caption', reason: 'announces a caption' };
  if (before !== undefined && announcesCaption(before) && line.role !== 'heading' && canBeCaption(line))
    return { kind: 'caption', reason: 'behind a line that announces a caption' };
  const isCredit = (one: ShapedLine) =>
    one.role !== 'heading' && one.words <= CREDIT_MAX_WORDS && !one.hasFinalStop;
  if (namesPicture(line) && next !== undefined && isCredit(next))
    return { kind: 'photo-credit', reason: 'a word for pictures before a name' };
  if (before !== undefined && namesPicture(before) && isCredit(line))
    return { kind: 'photo-credit', reason: 'behind a word for pictures' };
  return undefined;
}

const TITLE_KEY_MIN_CHARACTERS = 16;
const KICKER_MAX_CHARACTERS = 60;
const TITLE_MAX_WORDS = 25;
const TITLE_MAX_CHARACTERS = 200;

/** The first line as title: short, without a full stop, followed by a longer paragraph; no author, date or share bar. */
function takeTitle(lines: readonly ShapedLine[]): [string | undefined, readonly ShapedLine[]] {
  const [first, ...rest] = lines;
  if (!first || first.role === 'item' || first.role === 'row') return [undefined, lines];
  const isShort =
    first.words >= 2 && first.words <= TITLE_MAX_WORDS && first.text.length <= TITLE_MAX_CHARACTERS;
  const isSentence = first.hasFinalStop && !/[?!？！؟]["'”“»]*$/u.test(first.text);
  if (!isShort || isSentence || /[:,;]$/.test(first.text)) return [undefined, lines];
  if (!rest.some((line) => isFull(line) && line.text.length > first.text.length)) return [undefined, lines];
  // A name alone may be a title; with a label, a date or an agency it is not.
  const cut = firstCut(placedRules, first, 'head');
  if (cut && cut.reason !== 'a name alone') return [undefined, lines];
  return [first.text, rest];
}

/** Lines that say the title again; kept when there is nothing else. */
function cutTitleRepeats(lines: readonly ShapedLine[], title: string, note: Note): readonly ShapedLine[] {
  const key = keyOf(title);
  if (key === '' || lines.length < 2) return lines;
  const words = new Set(key.split(' '));
  const firstFull = lines.findIndex(isFull);
  return lines.filter((line, index) => {
    const near = index <= Math.max(firstFull, 2) && (isNear(line, words) || isKickerAndTitle(line, key));
    if (line.key !== key && !near) return true;
    note(line, {
      kind: 'title-repeat',
      reason: near ? 'nearly the title, before the story' : 'the title again',
    });
    return false;
  });
}

/** Paragraphs that stand here once more, as pages have them for another size of the screen. */
function cutSecondTimes(lines: readonly ShapedLine[], note: Note): readonly ShapedLine[] {
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

/** The headline with the short line above it. */
const isKickerAndTitle = (line: ShapedLine, title: string): boolean =>
  !line.hasFinalStop &&
  title.length >= TITLE_KEY_MIN_CHARACTERS &&
  line.key.length <= title.length + KICKER_MAX_CHARACTERS &&
  ` ${line.key} `.includes(` ${title} `);

function isNear(line: ShapedLine, title: ReadonlySet<string>): boolean {
  if (title.size < 4 || line.hasFinalStop) return false;
  const words = new Set(line.key.split(' '));
  const shared = [...words].filter((word) => title.has(word)).length;
  return shared / (words.size + title.size - shared) >= 0.75;
}
