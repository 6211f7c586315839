import { createHash } from 'node:crypto';
import { countWords, keyOf, type ShapedLine } from '../line.ts';
import { isFull } from '../zones.ts';
import type { Cut } from './rule.ts';

/**
 * How sure it is that a line is the publisher's own: `repeated`, it stands in several other stories of late; `regular`, for days
 * now it has stood in a good part of them all.
 */
export type Evidence = 'repeated' | 'regular';

/** Lines that a publisher repeats, by {@link publisherLineId}. */
export type KnownLines = ReadonlyMap<string, Evidence>;

export const PUBLISHER_LINE_REASON = 'stands in 4 or more other stories of this publisher';

const LINE_MAX_CHARACTERS = 300;
const LINE_MAX_WORDS = 40;
const ID_BYTES = 8;

/** Identity of a line that may be the publisher's own; undefined for long ones, which are text. */
export function publisherLineId(text: string): string | undefined {
  if (text.length > LINE_MAX_CHARACTERS || countWords(text) > LINE_MAX_WORDS) return undefined;
  const key = keyOf(text);
  return /\p{L}/u.test(key) ? hashOf(key) : undefined;
}

/** 64 bits of SHA-256, in base64url. */
export const hashOf = (text: string): string =>
  createHash('sha256').update(text, 'utf8').digest().subarray(0, ID_BYTES).toString('base64url');

/** A sentence below this may be said in many a story ("The police are investigating."). */
const SENTENCE_MIN_WORDS = 6;

/**
 * What of a text is the publisher's own lines: for each line its cut, or undefined. At both ends of the story a line goes as soon as it
 * is repeated; between its paragraphs, and where it is a short sentence, only when it is regular: a running story repeats its
 * background for some days, and crossheads, refrains and lists are everywhere the same.
 */
export function publisherCuts(lines: readonly ShapedLine[], known: KnownLines): readonly (Cut | undefined)[] {
  if (known.size === 0) return [];
  const evidence = lines.map(({ text }) => {
    const id = publisherLineId(text);
    return id === undefined ? undefined : known.get(id);
  });
  const isOwn = (line: ShapedLine, index: number) =>
    evidence[index] === undefined && line.role !== 'heading' && (line.hasFinalStop || isFull(line));
  const first = lines.findIndex(isOwn);
  const last = lines.findLastIndex(isOwn);
  // Where nothing but repeated lines would be cut from, they are the text.
  if (!lines.some((line, index) => evidence[index] === undefined && isFull(line))) return [];

  return lines.map((line, index) => {
    const is = evidence[index];
    if (is === undefined || line.role === 'row') return undefined;
    const isAtEnd = index < first || index > last;
    const goes = line.hasFinalStop
      ? is === 'regular'
        ? isAtEnd || isFull(line)
        : isAtEnd && line.words >= SENTENCE_MIN_WORDS
      : isAtEnd && !introduces(line) && (line.role === 'paragraph' || line.linkShare >= 0.5);
    return goes ? { kind: 'other', reason: PUBLISHER_LINE_REASON } : undefined;
  });
}

/** Something follows that belongs to it. */
const introduces = (line: ShapedLine): boolean => /[:,;–—-]$/u.test(line.text);
