/** What a line was in a page; plain text has paragraphs alone. */
export type LineRole = 'paragraph' | 'heading' | 'item' | 'row' | 'code';

/** A line or paragraph of the article before the rules: normalised, on one line. */
export interface Line {
  readonly text: string;
  readonly role: LineRole;
  /** Share of its characters that are links, 0 to 1. */
  readonly linkShare: number;
  /** Position in the document; what was cut beside it is put in order by it. */
  readonly order: number;
}

/** A line with what the rules ask about its shape. */
export interface ShapedLine extends Line {
  /** Words; Chinese and Japanese have one for each two characters, Thai, Lao, Khmer and Burmese for each four. */
  readonly words: number;
  /** Ends as a sentence does, closing quotes and brackets aside. */
  readonly hasFinalStop: boolean;
  /** Lower-cased words of the first characters, joined by a space. */
  readonly key: string;
}

/** Rules look at no more of a line than this at each end: their work stays linear, whatever the input. */
export const EDGE_CHARACTERS = 320;
/** Longer lines than this are prose: only what stands at their edges is looked at. */
const KEY_CHARACTERS = 400;

const FINAL_STOP = /[.!?…。！？｡।॥؟۔።։](?:["'”“„’»«›‹)\]）」』】*]| (?=[»"”]))*$/u;
const SPEECH = /^[^「『]*[「『].{4,}[」』]$/u;
/** Thai and Lao end a sentence without a mark: a line of so many words is one. */
const UNSTOPPED_END = /[\p{Script=Thai}\p{Script=Lao}][\p{M}"”’')]*$/u;
const UNSTOPPED_MIN_WORDS = 6;
const LABELLED = /^[^:：]{2,30}[:：]/u;
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’_-]*/gu;
/** Where scripts without spaces are. */
const MAYBE_UNSPACED = /[\u0E00-\u109F\u1780-\u17FF\u2E80-\uFFFF]/;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const UNSPACED_ALPHABETIC = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

export function shape(line: Line): ShapedLine {
  const { text } = line;
  const words = countWords(text);
  return {
    ...line,
    words,
    hasFinalStop:
      endsAsSentence(text) ||
      (words >= UNSTOPPED_MIN_WORDS && UNSTOPPED_END.test(text.slice(-12)) && !LABELLED.test(text)),
    key: keyOf(text.length > KEY_CHARACTERS ? text.slice(0, KEY_CHARACTERS) : text),
  };
}

/** Ends with a stop, or, in Chinese and Japanese, with the mark that closes speech. */
export const endsAsSentence = (text: string): boolean =>
  FINAL_STOP.test(text.slice(-12)) || SPEECH.test(text.slice(-200));

/** Words of a text; in scripts without spaces two characters count as one, four where they are letters and vowel signs. */
export function countWords(text: string): number {
  if (!MAYBE_UNSPACED.test(text)) return countMatches(text, WORD);
  const unspaced = countMatches(text, UNSPACED);
  const alphabetic = countMatches(text, UNSPACED_ALPHABETIC);
  const spaced = unspaced > 0 ? text.replace(UNSPACED, ' ') : text;
  const rest = alphabetic > 0 ? spaced.replace(UNSPACED_ALPHABETIC, ' ') : spaced;
  return countMatches(rest, WORD) + Math.ceil(unspaced / 2) + Math.ceil(alphabetic / 4);
}

/** Counts without a list of a million words. */
function countMatches(text: string, pattern: RegExp): number {
  let count = 0;
  pattern.lastIndex = 0;
  while (pattern.test(text)) count += 1;
  return count;
}

/** Characters of some lines' text. */
export const charactersOf = (lines: readonly Pick<Line, 'text'>[]): number =>
  lines.reduce((sum, { text }) => sum + text.length, 0);

/** A key without its numbers: "3 comments" is the label "comments". */
export const withoutNumbers = (key: string): string =>
  key
    .replace(/(?:^| )\p{N}+(?= |$)/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();

/**
 * Lower-cased words with single spaces between them, without punctuation, Arabic vowel signs, Greek accents (which capitals go
 * without) and the dot that small letters of Turkish capitals have.
 */
export function keyOf(text: string): string {
  const lower = text.toLowerCase();
  const greek = GREEK.test(lower) ? withoutTonos(lower) : lower;
  return (VARIANTS.test(greek) ? withoutVariants(greek) : greek).replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
}

const VARIANTS = /\u0640|[\u064B-\u0652]|أ|إ|آ|\u0307|ı/;
const withoutVariants = (text: string): string =>
  text
    .replace(/\u0640|[\u064B-\u0652]/g, '')
    .replace(/[أإآ]/g, 'ا')
    .replace(/i\u0307|ı/g, 'i');
const GREEK = /[\u0370-\u03FF]/;
/** ϊ and ϋ keep their dots. */
const withoutTonos = (text: string): string =>
  text.normalize('NFD').replaceAll('\u0301', '').replaceAll('ς', 'σ').normalize('NFC');
