import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFoldGroups, type FoldGroup } from '../../tests/quality/fold-corpus.ts';
import { dataFolder, qualityFolder } from '../clean/quality-data.ts';
import type { BaselineArticle } from './baselines.ts';

/** An article of the generated set. */
export interface LabelledArticle extends BaselineArticle {
  /** Texts of one cluster are one text in one language, edited; absent of those that are nobody's copy. */
  readonly cluster: string | null;
  /** What was done to the text that it is made from. */
  readonly kind: string;
  /** The story, in all languages; of a template its own. */
  readonly wire: string;
}

/** An article as folding and the baselines read it. */
export interface QualityArticle extends BaselineArticle {
  readonly source?: string;
}

const file = join(qualityFolder, 'dedupe.jsonl');
export const scorer = join(dataFolder, 'scorers/score-dedupe.mjs');

/** Beside the project, as its licences forbid it in there. */
export const hasGeneratedSet = (): boolean => existsSync(file);

/** In the order of `published`. */
export function generatedSet(): LabelledArticle[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as LabelledArticle)
    .toSorted(byArrival);
}

export type Part = 'tuned' | 'other';
export const parts: readonly Part[] = ['tuned', 'other'];

/** A day of a template, which goes with the other days. */
const DAY_OF_TEMPLATE = /^(templ:..:\d):.*/;

/** Thresholds were chosen on one half of the stories, by a hash of the story's name: see bench/README.md. */
export function partOf({ wire }: LabelledArticle): Part {
  const name = wire.replace(DAY_OF_TEMPLATE, '$1');
  const digit = createHash('md5').update(name).digest('hex').at(-1) as string;
  return Number.parseInt(digit, 16) % 2 === 0 ? 'tuned' : 'other';
}

/** The project's own pairs, in the order of `published`. */
export function ownArticles(groups: readonly FoldGroup[] = readFoldGroups()): QualityArticle[] {
  return groups
    .flatMap(({ articles }) => articles)
    .map(({ language, publishedAt, ...article }) => ({ ...article, lang: language, published: publishedAt }))
    .map(({ id, lang, published, title, body, source }) => ({
      id,
      lang,
      published,
      title,
      body,
      ...(source !== undefined && { source }),
    }))
    .toSorted(byArrival);
}

/** Those of one moment as their names have it: the same in every run. */
const byArrival = (one: BaselineArticle, other: BaselineArticle): number =>
  Date.parse(one.published) - Date.parse(other.published) || (one.id < other.id ? -1 : 1);
