import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { seededRandom } from '../shared/random.ts';
import { dataFolder, type GoldText } from './quality-data.ts';

/** Shares of shingles that are right, too many, and missing. */
export type ShingleMatch = readonly [right: number, extra: number, missing: number];

export interface Score {
  readonly f1: number;
  readonly precision: number;
  readonly recall: number;
}

/** The functions of the data's own scorers: the metric of scrapinghub's article-extraction-benchmark. */
interface ScorerLibrary {
  readonly shingleMatch: (gold: string, predicted: string) => ShingleMatch;
  readonly aggregate: (matches: readonly ShingleMatch[]) => Score;
  /** A text as a run of tokens, for {@link ScorerLibrary.count}. */
  readonly seq: (text: string) => string;
  readonly count: (haystack: string, needle: string) => number;
}

export const loadScorers = async (): Promise<ScorerLibrary> =>
  (await import(pathToFileURL(join(dataFolder, 'scorers/lib.mjs')).href)) as ScorerLibrary;

const RESAMPLES = 2000;

/**
 * Paired bootstrap over the same pages: the F1 of one extractor minus that of another.
 *
 * @returns the bounds of the 95 % interval
 */
export function pairedDifference(
  { aggregate }: ScorerLibrary,
  ours: readonly ShingleMatch[],
  theirs: readonly ShingleMatch[],
): readonly [low: number, high: number] {
  const random = seededRandom(1);
  const differences = Array.from({ length: RESAMPLES }, () => {
    const picks = ours.map(() => random.below(ours.length));
    const f1 = (matches: readonly ShingleMatch[]) =>
      aggregate(picks.map((pick) => matches[pick] as ShingleMatch)).f1;
    return f1(ours) - f1(theirs);
  }).toSorted((one, other) => one - other);
  const at = (share: number) => differences[Math.floor(share * (RESAMPLES - 1))] ?? 0;
  return [at(0.025), at(0.975)];
}

/** How well residue was taken out of texts; as ../shared/data/scorers/score-residue.mjs counts. */
export interface ResidueScore {
  readonly f1: number;
  readonly precision: number;
  readonly recall: number;
  readonly textF1: number;
  readonly trapsKept: number;
  readonly traps: number;
  /** By type of residue: removed, and all. */
  readonly byType: Readonly<Record<string, readonly [removed: number, all: number]>>;
}

export function scoreResidue(
  { shingleMatch, aggregate, seq, count }: ScorerLibrary,
  texts: readonly GoldText[],
  cleaned: (text: GoldText) => string,
): ResidueScore {
  const matches: ShingleMatch[] = [];
  const byType: Record<string, [number, number]> = {};
  let [removed, residues, lost, trapsKept, traps] = [0, 0, 0, 0, 0];
  const empty = seq('');
  for (const gold of texts) {
    const text = cleaned(gold);
    const [found, wanted] = [seq(text), seq(gold.clean)];
    matches.push(shingleMatch(gold.clean, text));
    const groups = Map.groupBy(
      gold.residues.filter((residue) => seq(residue.text) !== empty),
      (residue) => seq(residue.text),
    );
    for (const [tokens, group] of groups) {
      const left = Math.min(group.length, Math.max(0, count(found, tokens) - count(wanted, tokens)));
      for (const [index, { type }] of group.entries()) {
        const counts = (byType[type] ??= [0, 0]);
        residues += 1;
        counts[1] += 1;
        if (index >= left) {
          removed += 1;
          counts[0] += 1;
        }
      }
    }
    for (const paragraph of gold.clean.split('\n\n')) {
      if (seq(paragraph) === empty) continue;
      const isThere = count(found, seq(paragraph)) > 0;
      if (!isThere) lost += 1;
      if (!gold.keep?.includes(paragraph)) continue;
      traps += 1;
      if (isThere) trapsKept += 1;
    }
  }
  const precision = removed / Math.max(1, removed + lost);
  const recall = removed / Math.max(1, residues);
  const f1 = (2 * precision * recall) / (precision + recall || 1);
  return { f1, precision, recall, textF1: aggregate(matches).f1, trapsKept, traps, byType };
}
