import type { StoryReason, StoryRelation } from '@wirefold/contracts';
import type { Fingerprint } from './fingerprint.ts';
import { isFormOfWords, isOneForm, isOtherFigures, MIN_FIGURES, ONE_FORM } from './one-form.ts';
import { isOneText } from './one-text.ts';
import {
  anchorOverlap,
  overlapOf,
  sharedOf,
  type AnchorOverlap,
  type Overlap,
  type Shared,
} from './similarity.ts';

/** From which likeness on two texts are one story; what they mean is said where they are used. */
export interface FoldThresholds {
  /** Least share of the shorter text's runs of words that is in the other, 0 to 1. */
  readonly text: number;
  /** Least likeness of figures and names of a text in another language, 0 to 1. */
  readonly translation: number;
}

export const DEFAULT_THRESHOLDS: FoldThresholds = { text: 0.4, translation: 0.31 };

/** That two articles tell one story, or that one goes on from the other. */
export interface Match {
  readonly relation: Exclude<StoryRelation, 'original'>;
  /** 0 to 1; comparable within one relation. */
  readonly score: number;
  readonly why: readonly StoryReason[];
  readonly isSameLanguage: boolean;
  /** The known article has all of the new one's text. */
  readonly covered: boolean;
}

/**
 * How a new article stands to a known one; undefined where they have nothing to do with each other. Pure.
 *
 * Same language: containment of word shingles (Broder 1997), then what keeps stories apart that only have one form: their figures and
 * their names. Another language, or another translator: what a translation keeps.
 */
export function compare(
  fresh: Fingerprint,
  known: Fingerprint,
  thresholds: FoldThresholds,
): Match | undefined {
  const anchors = anchorOverlap(fresh, known);
  if (fresh.language !== known.language) return translationOf(fresh, known, anchors, thresholds);
  const text = overlapOf(fresh.shingles, known.shingles);
  const sameText = textMatch(fresh, known, text, anchors, thresholds);
  return sameText ?? retranslation(fresh, known, text, anchors) ?? followUp(fresh, known, anchors);
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function translationOf(
  fresh: Fingerprint,
  known: Fingerprint,
  anchors: AnchorOverlap,
  { translation }: FoldThresholds,
): Match | undefined {
  const figures = sharedOf(fresh.figures, known.figures);
  const score = Math.min(1, Math.max(0, anchors.cosine + figureSupport(figures) + orderSupport(anchors)));
  if (score < translation || anchors.bits < MIN_TRANSLATION_BITS) return undefined;
  return {
    relation: 'translation',
    score,
    why: [anchorReason(anchors), figureReason(figures)],
    isSameLanguage: false,
    covered: false,
  };
}

/** Two reports of one event name the same people; a translation has the same figures as well. */
function figureSupport({ shared, smaller }: Shared): number {
  if (shared === 0) return smaller < MIN_FIGURES ? -0.07 : -0.1;
  return shared / smaller < 0.4 ? -0.03 : 0.03;
}

/** Whoever tells a story anew tells it in another order. */
function orderSupport({ order, shared }: AnchorOverlap): number {
  if (shared < MIN_ORDERED) return 0;
  if (order >= 0.7) return 0.08;
  if (order >= 0.4) return 0;
  return order >= 0.1 ? -0.05 : -0.12;
}
const MIN_ORDERED = 4;

const figureReason = ({ shared, smaller }: Shared): StoryReason => ({
  sign: 'figures',
  reason: `${shared} of the ${smaller} figures of the one with fewer are in the other`,
});
const MIN_TRANSLATION_BITS = 16;

const anchorReason = ({ shared, cosine }: AnchorOverlap): StoryReason => ({
  sign: 'names-and-figures',
  reason: `${shared} names, figures, countries or dates are the same (likeness ${cosine.toFixed(2)})`,
});

function textMatch(
  fresh: Fingerprint,
  known: Fingerprint,
  text: Overlap,
  anchors: AnchorOverlap,
  thresholds: FoldThresholds,
): Match | undefined {
  if (!isOneText(fresh, known, text, thresholds.text)) return undefined;
  const figures = sharedOf(fresh.figures, known.figures);
  if (isOtherFigures(fresh, known, text, anchors, figures) || isOneForm(fresh, known, text, anchors, figures))
    return undefined;
  return {
    ...relationOf(fresh, known, text, figures),
    score: 0.6 * text.ofNew + 0.4 * text.ofKnown,
    isSameLanguage: true,
    why: [
      {
        sign: 'text',
        reason: `${percent(text.ofNew)} of its runs of words are there, and ${percent(text.ofKnown)} of the other way round`,
      },
    ],
  };
}

/** Of the new text's runs of words: what is not there may be the line of a page, but not a paragraph. */
const COVERED = 0.95;

function relationOf(
  fresh: Fingerprint,
  known: Fingerprint,
  text: Overlap,
  { shared, smaller }: Shared,
): Pick<Match, 'relation' | 'covered'> {
  const newFigures = fresh.figures.length - shared;
  if (fresh.titleSignal !== undefined) return { relation: fresh.titleSignal, covered: false };
  if (newFigures > 0 && smaller - shared > 0 && fresh.publishedMs >= known.publishedMs)
    return { relation: 'update', covered: false };
  const covered = text.ofNew >= COVERED && newFigures === 0;
  const sameTitle = sharedOf(fresh.title, known.title);
  if (text.ofNew >= 0.9 && text.ofKnown >= 0.9 && sameTitle.shared >= sameTitle.smaller * 0.8)
    return { relation: 'copy', covered };
  return { relation: 'local-edit', covered };
}

/**
 * Another translation of the same original: other runs of words, but the same words, names and figures in the same order. Where whole
 * passages are the same, one quotes the other, or both a third.
 */
function retranslation(
  fresh: Fingerprint,
  known: Fingerprint,
  text: Overlap,
  anchors: AnchorOverlap,
): Match | undefined {
  const terms = overlapOf(fresh.terms, known.terms);
  const figures = sharedOf(fresh.figures, known.figures);
  const otherRuns = Math.max(text.ofNew, text.ofKnown) < QUOTED;
  const sameWords = terms.resemblance >= RETOLD_TERMS && anchors.cosine >= RETOLD_ANCHORS;
  const sameOrder = anchors.shared >= RETOLD_SHARED && anchors.order >= RETOLD_ORDER;
  if (!otherRuns || !sameWords || !sameOrder) return undefined;
  if (isFormOfWords(fresh, known, anchors) || isOtherFigures(fresh, known, text, anchors, figures))
    return undefined;
  return {
    relation: 'translation',
    score: (terms.resemblance + anchors.cosine) / 2,
    why: [anchorReason(anchors), figureReason(figures)],
    isSameLanguage: true,
    covered: false,
  };
}
const QUOTED = 0.3;
const RETOLD_TERMS = 0.3;
const RETOLD_ANCHORS = 0.45;
const RETOLD_SHARED = 6;
const RETOLD_ORDER = 0.65;

/** Later, of the same people and places, in other words. */
function followUp(fresh: Fingerprint, known: Fingerprint, anchors: AnchorOverlap): Match | undefined {
  const laterMs = fresh.publishedMs - known.publishedMs;
  const isRelated =
    anchors.cosine >= RELATED_ANCHORS && anchors.bits >= RELATED_BITS && anchors.shared >= RELATED_SHARED;
  if (laterMs < RELATED_AFTER_MS || !isRelated) return undefined;
  // One form of words about other things is no sequel.
  if (overlapOf(fresh.terms, known.terms).resemblance >= ONE_FORM) return undefined;
  return {
    relation: 'follow-up',
    score: anchors.cosine,
    why: [anchorReason(anchors)],
    isSameLanguage: true,
    covered: false,
  };
}
const RELATED_ANCHORS = 0.4;
const RELATED_BITS = 30;
const RELATED_SHARED = 5;
const RELATED_AFTER_MS = 2 * 3_600_000;
