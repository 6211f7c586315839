import type { PlacedRule } from './rule.ts';

/** A label with its value, such as the time that reading takes. */
const LABELLED_VALUE = /^[^\p{N}]{2,40}[:：]?\s*\p{N}{1,4}\s*\p{L}{0,12}\.?$/u;
/** Unlabelled lines longer than this may be text that lost its stop. */
const TAIL_MAX_WORDS = 30;
const HEADLINE_MIN_WORDS = 5;

/** A line without a stop where only furniture stands: after the last sentence, or a short label before the first paragraph. */
export const unlabelled: PlacedRule = (line, zone) => {
  if (line.role === 'row') return undefined;
  if (
    zone === 'head' &&
    line.role !== 'item' &&
    line.words <= 6 &&
    LABELLED_VALUE.test(line.text.slice(0, 80))
  )
    return { kind: 'other', reason: 'label and figure before the story' };
  if (zone === 'head' && line.role === 'paragraph' && line.words <= 2 && !line.hasFinalStop)
    return { kind: 'other', reason: 'short label before the first paragraph' };
  if (zone !== 'tail' || line.hasFinalStop || line.words > TAIL_MAX_WORDS) return undefined;
  if (line.role === 'item' && line.linkShare < 0.5) return undefined;
  // What introduces something, or breaks off, is text.
  if (/[:,;–—-]$/u.test(line.text)) return undefined;
  return line.words >= HEADLINE_MIN_WORDS
    ? { kind: 'related', reason: 'headline without a stop after the last sentence' }
    : { kind: 'other', reason: 'short line without a stop after the last sentence' };
};
