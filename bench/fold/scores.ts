import type { Clusters } from './baselines.ts';
import type { LabelledArticle } from './quality-data.ts';

export interface PairScore {
  readonly f1: number;
  readonly precision: number;
  readonly recall: number;
  /** Pairs that were joined, and that are one. */
  readonly joined: number;
  readonly gold: number;
}

/** What the generated set says of a way to fold it; the same as its own scorer, ../shared/data/scorers/score-dedupe.mjs. */
export interface GeneratedScore {
  /** Pairs of one text in one language. */
  readonly sameLanguage: PairScore;
  /** Pairs of one story in two languages. */
  readonly across: PairScore;
  /** Pairs of two days or two places of one daily text that were joined. */
  readonly dailiesMerged: number;
  /** Of each kind of edit: pairs with what was edited that were found, and all. */
  readonly byKind: Readonly<Record<string, readonly [found: number, all: number]>>;
}

const keyOf = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`);

interface Named {
  readonly id: string;
  readonly lang: string;
}

/** Pairs of one group, by their key. */
function pairsWithin<Article extends Named>(
  articles: readonly Article[],
  groupOf: (article: Article) => string | null | undefined,
  isWanted: (one: Article, other: Article) => boolean,
): Map<string, readonly [Article, Article]> {
  const groups = Map.groupBy(articles, groupOf);
  const pairs = new Map<string, readonly [Article, Article]>();
  for (const [group, members] of groups) {
    if (group === null || group === undefined) continue;
    for (const [at, one] of members.entries())
      for (const other of members.slice(at + 1))
        if (isWanted(one, other)) pairs.set(keyOf(one.id, other.id), [one, other]);
  }
  return pairs;
}

/** Precision, recall and their harmonic mean of pairs. */
export function scoreOfPairs(
  joined: { readonly size: number; readonly keys: () => Iterable<string> },
  gold: { readonly size: number; readonly has: (key: string) => boolean },
): PairScore {
  const right = [...joined.keys()].filter((key) => gold.has(key)).length;
  const precision = right / Math.max(1, joined.size);
  const recall = right / Math.max(1, gold.size);
  const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { f1, precision, recall, joined: joined.size, gold: gold.size };
}

const areSameLanguage = (one: Named, other: Named): boolean => one.lang === other.lang;
const areAcross = (one: Named, other: Named): boolean => one.lang !== other.lang;

/** What an edited text was made from. */
const ORIGINALS: ReadonlySet<string> = new Set(['wire', 'translation', 'template']);
const isTemplate = ({ kind }: LabelledArticle): boolean => kind.startsWith('templ');

export function scoreGenerated(articles: readonly LabelledArticle[], stories: Clusters): GeneratedScore {
  const storyOf = ({ id }: LabelledArticle) => stories.get(id);
  const gold = pairsWithin(
    articles,
    ({ cluster }) => cluster,
    () => true,
  );
  const joined = pairsWithin(articles, storyOf, areSameLanguage);
  const dailies = [...joined].filter(([key, pair]) => !gold.has(key) && pair.every(isTemplate));
  const byKind: Record<string, [number, number]> = {};
  for (const [key, [one, other]] of gold) {
    if (!ORIGINALS.has(one.kind) && !ORIGINALS.has(other.kind)) continue;
    const { kind } = ORIGINALS.has(one.kind) ? other : one;
    const counts = (byKind[kind] ??= [0, 0]);
    if (joined.has(key)) counts[0] += 1;
    counts[1] += 1;
  }
  return {
    sameLanguage: scoreOfPairs(joined, gold),
    across: scoreOfPairs(
      pairsWithin(articles, storyOf, areAcross),
      pairsWithin(articles, (article) => (isTemplate(article) ? null : article.wire), areAcross),
    ),
    dailiesMerged: dailies.length,
    byKind,
  };
}

/** How far two ways to fold the same articles agree: F1 of the pairs that they join; 1 is the same stories. */
export interface Agreement {
  readonly sameLanguage: number;
  readonly across: number;
  /** Share of all pairs, joined or not, about which they say the same. */
  readonly ofAllPairs: number;
}

export function agreementOf(articles: readonly Named[], one: Clusters, other: Clusters): Agreement {
  const joined = (stories: Clusters, isWanted: typeof areAcross) =>
    pairsWithin(articles, ({ id }) => stories.get(id), isWanted);
  const agree = (isWanted: typeof areAcross) => {
    const [a, b] = [joined(one, isWanted), joined(other, isWanted)];
    const common = [...a.keys()].filter((key) => b.has(key)).length;
    return {
      f1: a.size + b.size === 0 ? 1 : (2 * common) / (a.size + b.size),
      apart: a.size + b.size - 2 * common,
    };
  };
  const [sameLanguage, across] = [agree(areSameLanguage), agree(areAcross)];
  const all = (articles.length * (articles.length - 1)) / 2;
  return {
    sameLanguage: sameLanguage.f1,
    across: across.f1,
    ofAllPairs: 1 - (sameLanguage.apart + across.apart) / all,
  };
}
