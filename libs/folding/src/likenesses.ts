import { PLACES, type ArticleRecord } from './article-record.ts';
import { compare, type Match } from './compare.ts';
import type { DecideDeps, FoldWindows } from './decide-story.ts';
import { throughEnglish } from './english-record.ts';
import type { Candidate } from './fold-store.ts';
import type { Likeness } from './likeliest.ts';

/** What is compared with the candidates. */
type Compared = Pick<ArticleRecord, 'uri' | 'claim' | 'fingerprint'>;

/** Which of the candidates an article is like, and how: of those that are near enough in time. */
export function likenessesOf(
  { thresholds, windows }: Pick<DecideDeps, 'thresholds' | 'windows'>,
  article: Compared,
  candidates: readonly Candidate[],
  known: ReadonlyMap<string, ArticleRecord>,
): Likeness[] {
  return candidates.flatMap(({ ref }): Likeness[] => {
    const other = known.get(ref);
    if (other === undefined || other.uri === article.uri) return [];
    const match = compare(article.fingerprint, other.fingerprint, thresholds);
    if (match === undefined || hoursBetween(article, other) > hoursOf(match, windows)) return [];
    const likeness = throughEnglish({ other, match });
    return likeness.other.uri === article.uri ? [] : [likeness];
  });
}

const HOUR_MS = 3_600_000;

/** Between arrivals or publications, whichever is more: what is folded late, from an archive, is as far apart as it was. */
const hoursBetween = (one: Compared, other: Compared): number =>
  Math.max(
    Math.abs(one.claim - other.claim) / (PLACES * HOUR_MS),
    Math.abs(one.fingerprint.publishedMs - other.fingerprint.publishedMs) / HOUR_MS,
  );

function hoursOf({ relation }: Match, windows: FoldWindows): number {
  if (relation === 'translation') return windows.translationHours;
  return relation === 'follow-up' ? windows.followUpHours : windows.textHours;
}
