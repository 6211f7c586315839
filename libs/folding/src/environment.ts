import { wholeNumber } from '@wirefold/pipeline';
import { z } from 'zod';
import { DEFAULT_THRESHOLDS, type FoldThresholds } from './compare.ts';
import type { FoldWindows } from './decide-story.ts';

const share = (least: number, most: number) => z.coerce.number().min(least).max(most);

/** What becomes of an article whose whole text another one has. */
export const foldPolicies = ['link', 'drop', 'full'] as const;
export type FoldPolicy = (typeof foldPolicies)[number];

/** Variables of folding; to be merged into those of the services that fold. */
export const foldEnvironment = z.object({
  FOLD_POLICY: z
    .enum(foldPolicies)
    .default('link')
    .describe(
      'What becomes of a copy: link (indexed beside its story, neither translated nor enriched again), drop (its way ends with the receipt folded) or full (treated as any other)',
    ),
  FOLD_WINDOW_HOURS: wholeNumber(1, 24 * 365)
    .default(72)
    .describe('How long after an article its copies, edits, updates and corrections are recognised'),
  FOLD_TRANSLATION_WINDOW_HOURS: wholeNumber(1, 24 * 365)
    .default(72)
    .describe('How long after an article its translations are recognised'),
  FOLD_FOLLOW_UP_WINDOW_HOURS: wholeNumber(1, 24 * 365)
    .default(72)
    .describe('How long after an article its follow-ups are recognised'),
  FOLD_TEXT_THRESHOLD: share(0.2, 1)
    .default(DEFAULT_THRESHOLDS.text)
    .describe("Least share of the shorter article's runs of five words that are in the other, for one story"),
  FOLD_TRANSLATION_THRESHOLD: share(0.1, 1)
    .default(DEFAULT_THRESHOLDS.translation)
    .describe('Least likeness of names, figures and their order, for a translation of one story'),
  FOLD_LEASE_MS: wholeNumber(1000, 3_600_000)
    .default(60_000)
    .describe('How long an article is remembered that was decided about and not published yet'),
});
/** What folding itself goes by; the policy is its user's. */
export type FoldConfig = Omit<z.infer<typeof foldEnvironment>, 'FOLD_POLICY'>;

export const thresholdsOf = (config: FoldConfig): FoldThresholds => ({
  text: config.FOLD_TEXT_THRESHOLD,
  translation: config.FOLD_TRANSLATION_THRESHOLD,
});

export const windowsOf = (config: FoldConfig): FoldWindows => ({
  textHours: config.FOLD_WINDOW_HOURS,
  translationHours: config.FOLD_TRANSLATION_WINDOW_HOURS,
  followUpHours: config.FOLD_FOLLOW_UP_WINDOW_HOURS,
});
