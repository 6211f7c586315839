import type { Residue } from '@wirefold/contracts';
import {
  cutAuthorBox,
  cutReadersComments,
  cutRepeatedLabels,
  cutRepeatedLeads,
  cutSecondTimes,
  RELATED_MAX_WORDS,
  type Note,
} from './cutters.ts';
import { endsAsSentence, keyOf, shape, type Line, type ShapedLine } from './line.ts';
import { agencyCredit, byline, contribution, ledBylineAlone, sourceLine } from './rules/bylines.ts';
import { announcesCaption, canBeCaption, caption, namesPicture } from './rules/captions.ts';
import {
  advert,
  bareAddress,
  commentCounter,
  followInvitation,
  navigationLabel,
  shareBar,
} from './rules/furniture.ts';
import { code } from './rules/code.ts';
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
import { firstCut, type Cut, type MarkedRule, type PlacedRule, type Zone } from './rules/rule.ts';
import { isFull, zonesOf } from './zones.ts';

const markedRules: readonly MarkedRule[] = [
  code,
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
  dateline,
  tagList,
  navigationLabel,
  sourceLine,
  agencyCredit,
  byline,
  unlabelled,
];
/** A name alone, away from the story, may be anybody's. */
const wordedRules = placedRules
  .filter((rule) => rule !== unlabelled && rule !== byline)
  .concat(ledBylineAlone);
const namingRules = placedRules.filter((rule) => rule !== unlabelled);
/** Labels that are told in a list of other stories, too. */
const labelRules: readonly PlacedRule[] = [commentCounter, shareBar, tagList, sourceLine, timestamp];

/** A name, or that of an agency. */
const CREDIT_MAX_WORDS = 4;

/** Headlines that follow the opening of a list of other stories. */
const RELATED_LINES = 8;

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
    cutInline(
      cutRepeatedLeads(cutRepeatedLabels(cutReadersComments(cutAuthorBox(whole, note), note), note), note),
      note,
    ),
    note,
  );
  const [firstLineTitle, story] = title === '' ? takeTitle(unmarked) : [undefined, unmarked];
  const unrepeated = cutTitleRepeats(story, title || (firstLineTitle ?? ''), note);
  const once = cutSecondTimes(unrepeated, note);
  const zones = withLists(zonesOf(once), once);
  const ofPublisher = publisherCuts(once, known);
  const kept = once.filter((line, index) => {
    const cut = firstCut(placedRules, line, zones[index] ?? 'middle') ?? ofPublisher[index];
    if (cut) note(line, cut);
    return !cut;
  });
  return { kept, residue: residue.toSorted((a, b) => a.order - b.order), firstLineTitle };
}

/** A paragraph that ends with a colon opens what follows. */
const OPENS_LIST = /[:：]$/u;
const OPENER_MIN_WORDS = 8;
const LIST_MARK = /^(?:[–—•*·-]|\p{N}{1,2}[.)]|\p{L}\))\s/u;
const LIST_MAX_LINES = 15;

/** The zones, with a list that ends the story in the story, up to the first line that is residue by its words. */
function withLists(zones: readonly Zone[], lines: readonly ShapedLine[]): readonly Zone[] {
  const last = zones.findLastIndex((zone) => zone !== 'tail');
  const opener = lines.findIndex(
    (line, index) =>
      index >= last &&
      index <= last + 2 &&
      OPENS_LIST.test(line.text) &&
      (line.words >= OPENER_MIN_WORDS || LIST_MARK.test(lines[index + 1]?.text ?? '')),
  );
  if (opener < 0) return zones;
  const listed = lines.slice(opener + 1, opener + 1 + LIST_MAX_LINES);
  const other = listed.findIndex((line) => firstCut(namingRules, line, 'tail'));
  const until = opener + 1 + (other < 0 ? listed.length : other);
  return zones.map((zone, index) => (zone === 'tail' && index < until ? 'middle' : zone));
}

/** What a line is by its words, and by a place before or behind the story; undefined for what only its place would tell. */
export const nameResidue = (line: ShapedLine, zone: 'head' | 'tail'): Cut | undefined =>
  firstCut(markedRules, line) ?? caption(line, true) ?? firstCut(wordedRules, line, zone);

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
      !endsAsSentence(line.text) &&
      line.words <= RELATED_MAX_WORDS &&
      line.role !== 'row'
    ) {
      const label = firstCut(labelRules, line, 'tail');
      note(line, label ?? { kind: 'related', reason: 'in a list of other stories' });
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
