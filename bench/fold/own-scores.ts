import {
  isSameStory,
  pairsOf,
  type FoldGroup,
  type FoldPair,
  type FoldTruth,
} from '../../tests/quality/fold-corpus.ts';
import type { Clusters } from './baselines.ts';
import type { FoldedArticles } from './fold-run.ts';
import { scoreOfPairs, type PairScore } from './scores.ts';

/** What became of a pair: the relation that the later one was given to the earlier, or that both came to one story by others. */
export type PairOutcome = string;

/** What the project's own pairs say of a way to fold them. */
export interface OwnScore {
  /** Pairs of one story in one language: copies to updates, and retranslations. */
  readonly sameLanguage: PairScore;
  readonly across: PairScore;
  /** Pairs of two groups that were joined: none is one story. */
  readonly betweenGroups: number;
}

export interface OwnFoldedScore extends OwnScore {
  /** Pairs by truth and by what became of them. */
  readonly confusion: Readonly<Record<FoldTruth, Readonly<Record<PairOutcome, number>>>>;
}

const keyOf = ({ earlier, later }: FoldPair): string => `${earlier.id} ${later.id}`;

export function scoreOwn(groups: readonly FoldGroup[], stories: Clusters): OwnScore {
  const pairs = groups.flatMap(pairsOf);
  const isJoined = ({ earlier, later }: FoldPair) => stories.get(earlier.id) === stories.get(later.id);
  const score = (isOneLanguage: boolean) => {
    const wanted = pairs.filter(
      ({ earlier, later }) => (earlier.language === later.language) === isOneLanguage,
    );
    const keys = (some: readonly FoldPair[]) => new Set(some.map(keyOf));
    return scoreOfPairs(
      keys(wanted.filter(isJoined)),
      keys(wanted.filter(({ truth }) => isSameStory(truth))),
    );
  };
  return { sameLanguage: score(true), across: score(false), betweenGroups: betweenGroups(groups, stories) };
}

function betweenGroups(groups: readonly FoldGroup[], stories: Clusters): number {
  const members = Map.groupBy(
    groups.flatMap(({ name, articles }) => articles.map(({ id }) => ({ name, story: stories.get(id) }))),
    ({ story }) => story,
  );
  let count = 0;
  for (const some of members.values())
    for (const [at, one] of some.entries())
      count += some.slice(at + 1).filter(({ name }) => name !== one.name).length;
  return count;
}

export function scoreOwnFolded(groups: readonly FoldGroup[], folded: FoldedArticles): OwnFoldedScore {
  const confusion: Partial<Record<FoldTruth, Record<PairOutcome, number>>> = {};
  for (const pair of groups.flatMap(pairsOf)) {
    const row = (confusion[pair.truth] ??= {});
    const outcome = outcomeOf(pair, folded);
    row[outcome] = (row[outcome] ?? 0) + 1;
  }
  const stories = new Map([...folded].map(([id, { story }]) => [id, story]));
  return { ...scoreOwn(groups, stories), confusion: confusion as OwnFoldedScore['confusion'] };
}

export const JOINED_BY_OTHERS = 'by others';
export const APART = 'apart';

function outcomeOf({ earlier, later }: FoldPair, folded: FoldedArticles): PairOutcome {
  const [one, other] = [folded.get(earlier.id), folded.get(later.id)];
  if (other?.of === earlier.id) return other.relation;
  return one?.story === other?.story ? JOINED_BY_OTHERS : APART;
}

/** Pairs of another story, or of none, that were joined. */
export const wronglyJoined = (groups: readonly FoldGroup[], stories: Clusters): FoldPair[] =>
  groups
    .flatMap(pairsOf)
    .filter(
      ({ earlier, later, truth }) => !isSameStory(truth) && stories.get(earlier.id) === stories.get(later.id),
    );
