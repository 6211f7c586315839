import type { TitleSignal } from './text/title-signal.ts';

/** What folding reads of an article. */
export interface FoldableText {
  /** BCP 47; only the primary subtag counts. */
  readonly language: string;
  readonly title: string;
  readonly body: string;
  /** When it was published, milliseconds since 1970. */
  readonly publishedMs: number;
  readonly source?: { readonly name?: string | undefined; readonly domain?: string | undefined } | undefined;
  /** What was cut from the text as byline, dateline, credit or source. */
  readonly credits?: readonly string[];
}

/** A sample of a set of hashes: its smallest, in rising order (bottom-k sketch: Cohen and Kaplan 2007). */
export interface Sketch {
  readonly hashes: readonly number[];
  /** Size of the whole set. */
  readonly size: number;
}

/** Something that a translation keeps: a figure, or the sounds of a name. */
export interface Anchor {
  /** 24 bits. */
  readonly hash: number;
  /** How much two texts that share it say by it, in bits: 1 to 12. */
  readonly bits: number;
  /** How likely it is what it seems to be, 0 to 1: see `Name`. */
  readonly certainty: number;
  /** Where it stands first, 0 at the beginning to 255 at the end: a translation keeps the order. */
  readonly place: number;
}

/** Where an article is looked up, and found by others: 42 bits and more. */
export interface Posting {
  readonly hash: number;
  /** A second, independent hash of the same. */
  readonly check: number;
  /** How much it says that two articles have it in common, in bits. */
  readonly bits: number;
  /** A run of words, or something that a translation keeps. */
  readonly kind: 'run' | 'anchor';
}

/** All that is kept of an article's text to recognise it by: some 600 bytes, from which the text can't be had back. */
export interface Fingerprint {
  /** Primary subtag. */
  readonly language: string;
  readonly publishedMs: number;
  /** Words of the body; characters where the script has no spaces. */
  readonly words: number;
  /** Runs of words: of 24 bits each, at most {@link SHINGLE_SAMPLE}. */
  readonly shingles: Sketch;
  /** Runs of words of its beginning: a text that is cut keeps it, one that quotes another does not. */
  readonly lead: readonly number[];
  /** Longer words, cut to their stems: of 16 bits each, at most {@link TERM_SAMPLE}. */
  readonly terms: Sketch;
  /** Figures of the body: of 16 bits each. */
  readonly figures: readonly number[];
  /** Figures of more than one digit and names, the weightiest first. */
  readonly anchors: readonly Anchor[];
  /** Words of the title: of 16 bits each. */
  readonly title: readonly number[];
  /** What the title says about itself, as in `UPDATE 2-`. */
  readonly titleSignal?: TitleSignal;
  /** The agency that it is credited to. */
  readonly agency?: string;
  /** Whether that agency published it itself. */
  readonly isAgencys: boolean;
}

export const SHINGLE_SAMPLE = 64;
export const LEAD_SAMPLE = 12;
export const TERM_SAMPLE = 48;
export const MAX_FIGURES = 32;
export const MAX_ANCHORS = 40;
export const MAX_TITLE_WORDS = 16;
