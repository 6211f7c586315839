import type { StoryLink } from '@wirefold/contracts';
import { claimOf, isRoot, memberOf, type ArticleRecord } from './article-record.ts';
import { killReaching, readOne, type DecideDeps } from './decide-story.ts';
import { englishOf } from './english-record.ts';
import { likeliest, type Likeness } from './likeliest.ts';
import { likenessesOf } from './likenesses.ts';
import { prepareArticle } from './prepare-article.ts';
import { storyLinkOf } from './story-link.ts';

/** An article that was translated into English. */
export interface Translated {
  readonly id: string;
  readonly uri: string;
  /** What folding found by its own text. */
  readonly story: StoryLink;
  /** In English. */
  readonly title: string;
  /** In English. */
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly publishedMs: number;
}

/**
 * Folds once more by the English text, of which more can be told than of names and figures: an article that is alone in its story goes
 * over to the one that its English text belongs to. Whatever comes later is compared with that text as well.
 *
 * @returns the story of each article, in order
 * @throws Outage
 */
export type FoldTranslated = (articles: readonly Translated[]) => Promise<readonly StoryLink[]>;

export function createFoldTranslated(deps: DecideDeps): FoldTranslated {
  const { store } = deps;
  return async (articles) => {
    const prepared = articles.map((article) =>
      prepareArticle({
        ...englishOf(article.uri),
        ...textOf(article),
        language: 'en',
        publishedMs: article.publishedMs,
      }),
    );
    const found = await store.lookUp(prepared.map(({ id, postings }) => ({ id, postings })));
    const known = await store.read([
      ...new Set(found.flatMap((candidates) => candidates.map(({ ref }) => ref))),
    ]);
    const inEnglish = new Map([...known].filter(([, { fingerprint }]) => fingerprint.language === 'en'));
    const nowMs = deps.nowMs();
    const links: StoryLink[] = [];
    const records: ArticleRecord[] = [];
    for (const [index, article] of articles.entries()) {
      const { fingerprint, ...english } = prepared[index] as (typeof prepared)[number];
      const claim = claimOf(nowMs, index);
      const { uri } = article;
      // In another language there is nothing new to be told.
      const likenesses = likenessesOf(deps, { uri, claim, fingerprint }, found[index] ?? [], inEnglish);
      const link = (await goOver(deps, article, likenesses)) ?? article.story;
      links.push(link);
      records.push({
        id: english.id,
        uri: english.uri,
        state: 'confirmed',
        claim,
        storyId: link.id,
        relation: 'translation',
        score: 1,
        of: uri,
        isKilled: false,
        isCorrected: link.corrected ?? false,
        contentKey: english.contentKey,
        fingerprint,
      });
    }
    await store.confirm(records);
    return links;
  };
}

const textOf = ({ title, body }: Translated) => ({ title, body });

/** Undefined where the article stays: it has company, or nothing is like its English text. */
async function goOver(
  { store }: DecideDeps,
  { id, uri }: Translated,
  likenesses: readonly Likeness[],
): Promise<StoryLink | undefined> {
  const [best] = likeliest(likenesses);
  if (best === undefined) return undefined;
  const record = await readOne(store, id);
  if (record?.uri !== uri || !isRoot(record) || record.isKilled) return undefined;
  if ((await store.readStories([record.storyId])).size > 0) return undefined;
  const { other, match } = best;
  if (other.storyId === record.storyId) return undefined;
  const root = (await readOne(store, other.storyId)) ?? other;
  const joined = await store.join({
    storyId: other.storyId,
    ...memberOf(record),
    isUnsure: true,
    root: memberOf(root),
  });
  if (joined.kind === 'refused') return undefined;
  const moved: ArticleRecord = {
    ...record,
    storyId: other.storyId,
    relation: 'translation',
    score: match.score,
    of: other.uri,
    isCorrected: other.isCorrected,
  };
  await store.confirm([moved]);
  const likeness = {
    other,
    match: { ...match, relation: 'translation', covered: false, why: [...match.why, byEnglish] } as const,
  };
  const { head, killedBy } = joined;
  return storyLinkOf({ record: moved, likeness, head, ...killReaching(moved, best, killedBy) });
}

const byEnglish = { sign: 'english', reason: 'told by its translation into English' };
