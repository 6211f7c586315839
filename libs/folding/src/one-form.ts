import type { Fingerprint } from './fingerprint.ts';
import { MOSTLY, NEXT_DAY_MS } from './one-text.ts';
import { overlapOf, type AnchorOverlap, type Overlap, type Shared } from './similarity.ts';

/** From so many figures in a hundred words on, the figures are the story. */
const FIGURES_DENSE = 4;
/** Fewer say nothing by how many of them agree. */
export const MIN_FIGURES = 3;

/**
 * Texts of one form with other figures: the weather, the markets, a table, of another day or another place. Where no more than some of
 * the text is the same and the names are others as well, fewer figures tell it. Not what says of itself that it brings an earlier text
 * up to date, within the hours that this takes: tomorrow's table may say so of tomorrow's.
 */
export function isOtherFigures(
  fresh: Fingerprint,
  known: Fingerprint,
  text: Overlap,
  { cosine }: AnchorOverlap,
  { shared, smaller }: Shared,
): boolean {
  if (smaller < MIN_FIGURES || isUpdateOf(fresh, known)) return false;
  const [share, density] = [shared / smaller, densityOf(fresh, known, smaller)];
  if (density >= FIGURES_DENSE) return share <= 0.5;
  const isOtherThing = cosine < OTHER_THINGS && Math.max(text.ofNew, text.ofKnown) < MOSTLY;
  return isOtherThing && density >= FIGURES_FREQUENT && share <= 0.4;
}
const OTHER_THINGS = 0.6;

function isUpdateOf(fresh: Fingerprint, known: Fingerprint): boolean {
  const isSoon = Math.abs(fresh.publishedMs - known.publishedMs) < NEXT_DAY_MS;
  return isSoon && laterOf(fresh, known).titleSignal !== undefined;
}

/** Whichever comes first: order of arrival decides nothing. */
const laterOf = (fresh: Fingerprint, known: Fingerprint): Fingerprint =>
  fresh.publishedMs < known.publishedMs ? known : fresh;

/** Figures in a hundred words. */
const densityOf = (fresh: Fingerprint, known: Fingerprint, figures: number): number =>
  (figures * 100) / Math.max(1, Math.min(fresh.words, known.words));

/**
 * Whether two texts have their words in common, and not what these are about: names, dates and figures. Words that stay while those change
 * are a form; who updates or edits a story writes some words anew, or leaves most of the names.
 */
export function isFormOfWords(fresh: Fingerprint, known: Fingerprint, { cosine }: AnchorOverlap): boolean {
  return cosine < ONE_THING && overlapOf(fresh.terms, known.terms).resemblance >= ONE_FORM;
}
/** Resemblance of the words without the shortest. */
export const ONE_FORM = 0.7;
const ONE_THING = 0.9;

/**
 * Whether two texts that have runs of words in common are one form filled in twice: the values of funds, the notices of one kind, the
 * bulletin of the next day. Fewer figures than in {@link isOtherFigures} tell it where names or dates differ as well; and names
 * alone, where nothing else does. Not what says of itself that it is an update, nor where one has all of the other's text.
 */
export function isOneForm(
  fresh: Fingerprint,
  known: Fingerprint,
  text: Overlap,
  anchors: AnchorOverlap,
  figures: Shared,
): boolean {
  if (laterOf(fresh, known).titleSignal !== undefined || Math.max(text.ofNew, text.ofKnown) >= ALL_THERE)
    return false;
  if (!isFormOfWords(fresh, known, anchors)) return false;
  return haveFiguresChanged(fresh, known, anchors, figures) || areOnlyNamesOther(fresh, known, anchors);
}
const ALL_THERE = 0.95;

/**
 * Both have figures that the other has not, and names or dates besides: a toll that rises changes nothing but figures. What was cut from
 * one of them counts for nothing.
 */
function haveFiguresChanged(
  fresh: Fingerprint,
  known: Fingerprint,
  anchors: AnchorOverlap,
  { shared, smaller }: Shared,
): boolean {
  const changed = smaller - shared;
  const otherAnchors = Math.min(fresh.anchors.length, known.anchors.length) - anchors.shared;
  const isOften = densityOf(fresh, known, smaller) >= FIGURES_FREQUENT && changed >= smaller * CHANGED;
  return isOften && otherAnchors > changed;
}
const FIGURES_FREQUENT = 2.5;
const CHANGED = 0.15;

/** A long text of the same words is an edited one; a short one, a notice about somebody or something else. */
function areOnlyNamesOther(fresh: Fingerprint, known: Fingerprint, { cosine }: AnchorOverlap): boolean {
  if (Math.min(fresh.words, known.words) >= NOTICE_WORDS) return false;
  return cosine < OTHER_NAMES && overlapOf(fresh.terms, known.terms).resemblance >= SAME_WORDS;
}
const NOTICE_WORDS = 120;
const OTHER_NAMES = 0.8;
const SAME_WORDS = 0.85;
