import {
  LEAD_SAMPLE,
  MAX_ANCHORS,
  MAX_FIGURES,
  MAX_TITLE_WORDS,
  SHINGLE_SAMPLE,
  TERM_SAMPLE,
  type Anchor,
  type Fingerprint,
  type FoldableText,
  type Posting,
  type Sketch,
} from './fingerprint.ts';
import { agencyInCredits, agencyOfPublisher } from './text/agencies.ts';
import { inSimplified } from './text/chinese.ts';
import { conceptsOf } from './text/concepts.ts';
import { figuresOf } from './text/figures.ts';
import { hash32, mix32 } from './text/hash.ts';
import { namesOf } from './text/names.ts';
import { titleSignal } from './text/title-signal.ts';
import { areCharacters, foldCase, wordsOf } from './text/words.ts';

const LEAD_WORDS = 60;
const SHINGLE_WORDS = 5;
/** Of a script without spaces: five words are some eight characters. */
const SHINGLE_CHARACTERS = 8;
const CHARACTERS_PER_WORD = 1.6;
const TERM_MIN_CHARACTERS = 5;
/** What is behind is mostly inflection. */
const STEM_CHARACTERS = 6;
/** Beyond it a text adds nothing to what it is recognised by. */
const MAX_CHARACTERS = 100_000;
/** Two texts of which a third is the same miss each other in one of twenty-five cases; one more edition of the story finds both. */
const SHINGLE_POSTINGS = 8;
const ANCHOR_POSTINGS = 12;
const SHINGLE_BITS = 12;

/** Pure: the same text has the same fingerprint and postings, on every machine. */
export function fingerprintOf(text: FoldableText): {
  readonly fingerprint: Fingerprint;
  readonly postings: readonly Posting[];
} {
  const language = text.language.split('-')[0]?.toLowerCase() ?? 'und';
  const body = inSimplified(text.body.slice(0, MAX_CHARACTERS), language);
  const headline = inSimplified(text.title, language);
  const folded = foldCase(body);
  const title = foldCase(headline);
  const words = wordsOf(folded);
  const titleWords = wordsOf(title);
  const isWithoutSpaces = areCharacters(words);
  const runLength = isWithoutSpaces ? SHINGLE_CHARACTERS : SHINGLE_WORDS;
  const hashes = words.map((word) => hash32(word));
  const shingles = shinglesOf(hashes, runLength);
  const ordered = [...shingles.keys()].toSorted((one, other) => one - other);
  const anchors = anchorsOf(
    `${headline}\n${body}`,
    `${title}\n${folded}`,
    [...titleWords, ...words],
    language,
  );
  const publisher = text.source && agencyOfPublisher(text.source);
  const agency = publisher ?? agencyInCredits(body, text.credits ?? []);
  const signal = titleSignal(headline);
  const fingerprint: Fingerprint = {
    language,
    publishedMs: text.publishedMs,
    words: isWithoutSpaces ? Math.ceil(words.length / CHARACTERS_PER_WORD) : words.length,
    shingles: {
      hashes: ordered.slice(0, SHINGLE_SAMPLE).map((hash) => hash >>> 8),
      size: shingles.size,
    },
    lead: sample([...shinglesOf(hashes.slice(0, LEAD_WORDS), runLength).keys()].map(to16Bits), LEAD_SAMPLE)
      .hashes,
    terms: sample(termsOf(words, isWithoutSpaces), TERM_SAMPLE),
    figures: distinct(figuresOf(body, language, folded).map(({ value }) => to16Bits(hash32(value)))).slice(
      0,
      MAX_FIGURES,
    ),
    anchors: anchors.map(({ hash, bits, certainty, place }) => ({
      hash: hash >>> 8,
      bits,
      certainty,
      place,
    })),
    title: distinct(titleWords.map((word) => to16Bits(hash32(word)))).slice(0, MAX_TITLE_WORDS),
    ...(signal && { titleSignal: signal }),
    ...(agency === undefined ? {} : { agency }),
    isAgencys: publisher !== undefined,
  };
  const postings: Posting[] = [
    ...ordered.slice(0, SHINGLE_POSTINGS).map((hash) => ({
      hash,
      check: secondHash(hashes, shingles.get(hash) as number, runLength),
      bits: SHINGLE_BITS,
      kind: 'run' as const,
    })),
    ...anchors.slice(0, ANCHOR_POSTINGS).map(({ hash, check, bits, certainty }) => ({
      hash,
      check,
      bits: bits * certainty,
      kind: 'anchor' as const,
    })),
  ];
  return { fingerprint, postings };
}

const to16Bits = (hash: number): number => hash >>> 16;
const distinct = (values: readonly number[]): number[] => [...new Set(values)];

/** Every run of words by its hash, of 32 bits, and where it begins. */
function shinglesOf(hashes: readonly number[], length: number): Map<number, number> {
  const shingles = new Map<number, number>();
  for (let at = 0; at + length <= hashes.length; at += 1) {
    let hash = 0;
    for (let next = at; next < at + length; next += 1)
      hash = (Math.imul(hash, 31) + (hashes[next] as number)) | 0;
    shingles.set(mix32(hash), at);
  }
  return shingles;
}

/** A second hash of a run: 32 bits are too few to look one up among millions. */
function secondHash(hashes: readonly number[], at: number, length: number): number {
  let hash = 0x9e3779b9;
  for (let next = at; next < at + length; next += 1)
    hash = (Math.imul(hash, 0x01000193) ^ (hashes[next] as number)) | 0;
  return mix32(hash);
}

/** Single words, whatever their order: what another translator of the same text keeps. Pairs where a character is a word. */
function termsOf(words: readonly string[], isWithoutSpaces: boolean): Set<number> {
  const terms = new Set<number>();
  if (isWithoutSpaces) {
    for (let at = 1; at < words.length; at += 1) terms.add(hash32(`${words[at - 1]}${words[at]}`) >>> 16);
    return terms;
  }
  for (const word of words)
    if (word.length >= TERM_MIN_CHARACTERS && !/^\d/.test(word))
      terms.add(hash32(word.slice(0, STEM_CHARACTERS)) >>> 16);
  return terms;
}

/** The smallest of a set of hashes. */
function sample(hashes: Iterable<number>, most: number): Sketch {
  const set = [...new Set(hashes)].toSorted((one, other) => one - other);
  return { hashes: set.slice(0, most), size: set.length };
}

function anchorsOf(
  text: string,
  folded: string,
  words: readonly string[],
  language: string,
): (Anchor & { readonly check: number })[] {
  const anchors = new Map<string, Omit<Anchor, 'hash'> & { readonly count: number }>();
  const add = (key: string, at: number, bits: number, certainty = 1, count = 1) => {
    const before = anchors.get(key);
    if (before === undefined) anchors.set(key, { bits, certainty, place: Math.round(at * 255), count });
    else anchors.set(key, { ...before, count: before.count + count });
  };
  for (const { value, at } of figuresOf(text, language, folded)) add(`#${value}`, at, figureBits(value));
  for (const [concept, at] of conceptsOf(folded, language, words))
    add(concept, at, concept.startsWith('date') ? DATE_BITS : COUNTRY_BITS);
  for (const { skeleton, likelihood, count, at } of namesOf(text, language))
    add(`@${skeleton}`, at, Math.min(MAX_NAME_BITS, 2 * (skeleton.length - 1)), likelihood, count);
  return [...anchors]
    .map(([key, { count, ...anchor }]) => ({
      ...anchor,
      hash: hash32(key),
      check: hash32(key, 1),
      // What is named again is what the story is about.
      value: anchor.bits * anchor.certainty * (count > 1 ? 1.5 : 1),
    }))
    .toSorted((one, other) => other.value - one.value || one.hash - other.hash)
    .slice(0, MAX_ANCHORS);
}

const DATE_BITS = 8;
const COUNTRY_BITS = 4;
const MAX_NAME_BITS = 10;

/** A long number is seldom there by chance; a year, a round one or one of two digits often. */
function figureBits(figure: string): number {
  const digits = figure.replace(/^0\./, '').replace('.', '').replace(/0+$/, '').length;
  if (digits >= 3) return /^(?:19|20)\d\d$/.test(figure) ? 4 : 9;
  return digits === 2 ? 5 : 2;
}
