import { LEAD_SAMPLE, type Fingerprint, type Sketch } from './fingerprint.ts';
import { overlapOf, sharedOf, type Overlap } from './similarity.ts';

/**
 * Whether two texts are one, edited. A part of a text that stands in another is not enough: a round-up has pieces of many stories, and
 * a follow-up tells again what was. So where no more than the half of each is in the other, or one is a small part of the other, they
 * must begin alike or be headed alike.
 *
 * @param least share of the shorter text's runs of words that is in the other, 0 to 1
 */
export function isOneText(fresh: Fingerprint, known: Fingerprint, overlap: Overlap, least: number): boolean {
  const { ofNew, ofKnown } = overlap;
  const [less, more] = ofNew < ofKnown ? [ofNew, ofKnown] : [ofKnown, ofNew];
  if (more < Math.max(least, needOfShort(Math.min(fresh.words, known.words)))) return false;
  if (isSequel(fresh, known, more) || isQuotedBy(fresh, known, less)) return false;
  if (less >= least * 0.75 && more >= MOSTLY) return true;
  const isHeadedAlike = (titleShare(fresh, known) ?? 0) >= 0.7;
  return leadShare(fresh, known) >= 0.4 || isHeadedAlike || (ofNew >= CONTAINED && more >= CONTAINED);
}
/** More than the half: that much of a story is told again when it goes on. */
export const MOSTLY = 0.6;
const CONTAINED = 0.75;

/** In a text of few words a form of words is most of it. */
const needOfShort = (words: number): number => 0.75 - (0.35 * words) / SHORT_WORDS;
const SHORT_WORDS = 100;

/** An update comes within hours. What comes the day after, and has no more than the half and another beginning, goes on from it. */
function isSequel(fresh: Fingerprint, known: Fingerprint, more: number): boolean {
  const apartMs = Math.abs(fresh.publishedMs - known.publishedMs);
  return apartMs >= NEXT_DAY_MS && more < MOSTLY && leadShare(fresh, known) < SAME_LEAD;
}
/** From then on what comes is no longer the same day's work, but goes on from it. */
export const NEXT_DAY_MS = 18 * 3_600_000;
const SAME_LEAD = 0.8;

/**
 * A later and much longer text that has the earlier one as a small part: the story may have grown, and then its headline has too; or
 * it is in a round-up, or explained, under a headline of its own.
 */
function isQuotedBy(fresh: Fingerprint, known: Fingerprint, less: number): boolean {
  const [earlier, later] = fresh.publishedMs < known.publishedMs ? [fresh, known] : [known, fresh];
  if (less >= SMALL_PART || later.words <= earlier.words || later.titleSignal !== undefined) return false;
  return (titleShare(fresh, known) ?? 1) < 0.25;
}
const SMALL_PART = 0.35;

function leadShare(fresh: Fingerprint, known: Fingerprint): number {
  const lead = overlapOf(asSketch(fresh.lead), asSketch(known.lead));
  return Math.max(lead.ofNew, lead.ofKnown);
}

const asSketch = (hashes: readonly number[]): Sketch => ({
  hashes,
  size: hashes.length < LEAD_SAMPLE ? hashes.length : LEAD_SAMPLE + 1,
});

/** Undefined where one has too short a title. */
function titleShare(fresh: Fingerprint, known: Fingerprint): number | undefined {
  const { shared, smaller } = sharedOf(fresh.title, known.title);
  return smaller < MIN_TITLE ? undefined : shared / smaller;
}
const MIN_TITLE = 4;
