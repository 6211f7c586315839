import { readFoldGroups, type FoldGroup, type FoldSplit } from '../../tests/quality/fold-corpus.ts';
import type { GuardedRedis } from '@wirefold/redis';
import { seededRandom } from '../shared/random.ts';
import { progress } from '../shared/terminal.ts';
import { minHashBaseline, simHashBaseline, type Clusters } from './baselines.ts';
import { CHUNK, foldAll, prepareAll, storiesOf } from './fold-run.ts';
import { scoreOwn, scoreOwnFolded, type OwnFoldedScore, type OwnScore } from './own-scores.ts';
import {
  generatedSet,
  hasGeneratedSet,
  ownArticles,
  partOf,
  parts,
  type LabelledArticle,
  type Part,
} from './quality-data.ts';
import { agreesWithScorer } from './scorer.ts';
import { agreementOf, scoreGenerated, type Agreement, type GeneratedScore } from './scores.ts';

export const methods = ['folding', 'SimHash64, h ≤ 3', 'MinHash-LSH, J ≥ .5'] as const;
export type Method = (typeof methods)[number];

export interface ShuffleResult {
  readonly seed: number;
  /** With the arrival by `published`. */
  readonly agreement: Agreement;
  readonly sameLanguageF1: number;
  readonly acrossF1: number;
  readonly dailiesMerged: number;
}

export interface GeneratedReport {
  readonly articles: number;
  readonly scores: Readonly<Partial<Record<Part | 'all', Readonly<Record<Method, GeneratedScore>>>>>;
  readonly shuffles: readonly ShuffleResult[];
  /** Of chunks of one article each with those of {@link CHUNK}, both by `published`. */
  readonly chunks: Agreement;
  /** Whether the set's own scorer comes to the same figures; absent where it is not there. */
  readonly scorerAgrees?: boolean;
}

export interface OwnReport {
  readonly articles: number;
  readonly groups: number;
  readonly folding: OwnFoldedScore;
  readonly baselines: Readonly<Record<Exclude<Method, 'folding'>, OwnScore>>;
}

export interface FoldQualityReport {
  /** Absent where the set is not there. */
  readonly generated?: GeneratedReport;
  readonly own: Readonly<Record<OwnPart, OwnReport>>;
}

export interface QualityOptions {
  /** One half of the generated set alone. */
  readonly part?: Part;
  /** Orders of arrival beside that by `published`. */
  readonly shuffles: number;
  readonly signal: AbortSignal;
}

/** Parts of the project's own pairs. */
export type OwnPart = FoldSplit | 'blind';

/** Folds the generated set and the project's own pairs, by the services' own code on a real Redis, and scores the stories. */
export async function measureFoldQuality(
  redis: GuardedRedis,
  options: QualityOptions,
): Promise<FoldQualityReport> {
  const own = {
    open: await measureOwn(redis, 'open'),
    held: await measureOwn(redis, 'held'),
    seen: await measureOwn(redis, 'seen'),
    blind: await measureOwn(redis, 'blind'),
  };
  if (!hasGeneratedSet()) return { own };
  return { generated: await measureGenerated(redis, options), own };
}

async function measureOwn(redis: GuardedRedis, split: OwnPart): Promise<OwnReport> {
  const groups: readonly FoldGroup[] = readFoldGroups(split);
  const articles = ownArticles(groups);
  progress(`own pairs, ${split} part: ${articles.length} articles`);
  return {
    articles: articles.length,
    groups: groups.length,
    folding: scoreOwnFolded(groups, await foldAll(redis, prepareAll(articles))),
    baselines: {
      'SimHash64, h ≤ 3': scoreOwn(groups, simHashBaseline(articles)),
      'MinHash-LSH, J ≥ .5': scoreOwn(groups, minHashBaseline(articles)),
    },
  };
}

export async function measureGenerated(
  redis: GuardedRedis,
  { part, shuffles, signal }: QualityOptions,
): Promise<GeneratedReport> {
  const articles = generatedSet().filter((article) => part === undefined || partOf(article) === part);
  progress(`generated set: ${articles.length} articles`);
  const prepared = prepareAll(articles);
  const fold = async (order: readonly number[], chunk = CHUNK): Promise<Clusters> => {
    signal.throwIfAborted();
    return storiesOf(
      await foldAll(
        redis,
        order.map((at) => prepared[at]!),
        { chunk },
      ),
    );
  };
  const byPublished = articles.map((_, at) => at);
  const stories = await fold(byPublished);
  progress('generated set: SimHash and MinHash');
  const clusters: Record<Method, Clusters> = {
    folding: stories,
    'SimHash64, h ≤ 3': simHashBaseline(articles),
    'MinHash-LSH, J ≥ .5': minHashBaseline(articles),
  };
  const results: ShuffleResult[] = [];
  for (let seed = 1; seed <= shuffles; seed += 1) {
    progress(`generated set: shuffled arrivals, ${seed} of ${shuffles}`);
    const shuffled = await fold(shuffledOf(byPublished, seed));
    const { sameLanguage, across, dailiesMerged } = scoreGenerated(articles, shuffled);
    results.push({
      seed,
      agreement: agreementOf(articles, stories, shuffled),
      sameLanguageF1: sameLanguage.f1,
      acrossF1: across.f1,
      dailiesMerged,
    });
  }
  progress('generated set: one by one');
  const chunks = agreementOf(articles, stories, await fold(byPublished, 1));
  const scorerAgrees = await agreesWithScorer(articles, stories);
  return {
    articles: articles.length,
    scores: scoresOf(articles, clusters, part),
    shuffles: results,
    chunks,
    ...(scorerAgrees !== undefined && { scorerAgrees }),
  };
}

function scoresOf(
  articles: readonly LabelledArticle[],
  clusters: Readonly<Record<Method, Clusters>>,
  part: Part | undefined,
): GeneratedReport['scores'] {
  const scoresFor = (some: readonly LabelledArticle[]) =>
    Object.fromEntries(methods.map((method) => [method, scoreGenerated(some, clusters[method])])) as Record<
      Method,
      GeneratedScore
    >;
  if (part !== undefined) return { [part]: scoresFor(articles) };
  const halves = parts.map((one) => [one, scoresFor(articles.filter((article) => partOf(article) === one))]);
  return { all: scoresFor(articles), ...Object.fromEntries(halves) };
}

/** Fisher and Yates's shuffle. */
function shuffledOf<Value>(values: readonly Value[], seed: number): Value[] {
  const random = seededRandom(seed);
  const shuffled = [...values];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}
