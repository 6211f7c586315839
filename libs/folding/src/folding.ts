import type { StoryLink } from '@wirefold/contracts';
import { claimOf, isRoot, type ArticleRecord } from './article-record.ts';
import {
  asOriginal,
  decideStory,
  killReaching,
  readOne,
  type Decided,
  type DecideDeps,
} from './decide-story.ts';
import type { Posting } from './fingerprint.ts';
import { inOrder } from './decide-order.ts';
import { likenessesOf } from './likenesses.ts';
import type { Likeness } from './likeliest.ts';
import { prepareArticle, type Foldable, type PreparedArticle } from './prepare-article.ts';
import { storyLinkOf } from './story-link.ts';

/** An article with its story. */
export interface Folded {
  readonly link: StoryLink;
  /** To be confirmed once the article is published. */
  readonly record: ArticleRecord;
  /** Whether it was published before, under this text or another. */
  readonly isKnown: boolean;
  /** Whether the article `of` is surely published. */
  readonly isBasisPublished: boolean;
}

/** Finds the stories of articles. */
export interface Folding {
  /**
   * The story of each article, in order; undefined where the text is too short to tell. Articles of a batch see each other, the earlier
   * ones first. The same article again has the same story.
   *
   * @throws Outage
   */
  readonly fold: (
    articles: readonly (Foldable | PreparedArticle)[],
  ) => Promise<readonly (Folded | undefined)[]>;
  /**
   * Marks an article as canceled, and its story with it where it is its head. What it is to its story, or undefined where nothing is known
   * of it.
   *
   * @throws Outage
   */
  readonly kill: (article: Pick<Foldable, 'id' | 'uri'>) => Promise<StoryLink | undefined>;
  /**
   * Remembers articles for the whole window: they are published.
   *
   * @throws Outage
   */
  readonly confirm: (records: readonly ArticleRecord[]) => Promise<void>;
  /**
   * Forgets articles that were dropped: nobody must be told to be a copy of what isn't there.
   *
   * @throws Outage
   */
  readonly forget: (records: readonly ArticleRecord[]) => Promise<void>;
}

/** A text with fewer words is too short to be told from others. */
export const MIN_WORDS = 8;

interface Work {
  readonly place: number;
  readonly record: ArticleRecord;
  readonly postings: readonly Posting[];
  /** What is remembered of it, under this text or another. */
  readonly before: ArticleRecord | undefined;
}

/**
 * Claim, look up, decide. Every article enters itself before it looks for others, so that of two copies at one moment at least one sees
 * the other; where both do, the one that was claimed later joins.
 */
export function createFolding(deps: DecideDeps): Folding {
  const { store } = deps;

  return {
    fold: async (articles) => {
      const nowMs = deps.nowMs();
      const works = await claimAll(
        deps,
        articles.map((article, place) => workOf(article, place, claimOf(nowMs, place))),
      );
      const found = await store.lookUp(works.map(({ record, postings }) => ({ id: record.id, postings })));
      const known = await store.read([
        ...new Set(found.flatMap((candidates) => candidates.map(({ ref }) => ref))),
      ]);
      const folded: (Folded | undefined)[] = articles.map(() => undefined);
      const tasks = works.map((work, index) => ({
        work,
        likenesses: likenessesOf(deps, work.record, found[index] ?? [], known),
      }));
      const alone = tasks.filter(
        ({ work, likenesses }) => likenesses.length === 0 && work.before === undefined,
      );
      const taken = new Set(await store.decideAlone(alone.map(({ work }) => work.record)));
      const left = tasks.filter(({ work, likenesses }) => {
        if (likenesses.length > 0 || work.before !== undefined || taken.has(work.record)) return true;
        folded[work.place] = foldedAlone(work);
        return false;
      });
      await inOrder(left, async ({ work, likenesses }) => {
        folded[work.place] = await foldOne(deps, work, likenesses);
      });
      return folded;
    },
    kill: async ({ id, uri }) => {
      const record = await readOne(store, id);
      if (record?.uri !== uri) return undefined;
      await store.confirm([{ ...record, isKilled: true }]);
      const head = (await store.readStories([record.storyId])).get(record.storyId)?.head;
      const link = storyLinkOf({ record, ...(head === undefined ? {} : { head }) });
      if (link.head === true) await store.killStory(record.storyId, uri);
      return link;
    },
    confirm: (records) => store.confirm(records),
    forget: (records) => store.forget(records),
  };
}

function workOf(article: Foldable | PreparedArticle, place: number, claim: number): Omit<Work, 'before'> {
  const { id, uri, contentKey, fingerprint, postings } =
    'fingerprint' in article ? article : prepareArticle(article);
  const record: ArticleRecord = {
    id,
    uri,
    state: 'claimed',
    claim,
    storyId: id,
    relation: 'original',
    score: 1,
    isKilled: false,
    isCorrected: false,
    contentKey,
    fingerprint,
  };
  return { place, record, postings };
}

async function claimAll({ store }: DecideDeps, prepared: readonly Omit<Work, 'before'>[]): Promise<Work[]> {
  const works = prepared.filter(({ record }) => record.fingerprint.words >= MIN_WORDS);
  const known = await store.claim(works.map(({ record }) => record));
  return works.map((work, index) => {
    const before = known[index];
    // An article keeps its place among those that are waited for.
    const claim = before?.state === 'claimed' ? before.claim : work.record.claim;
    return { ...work, record: { ...work.record, claim }, before };
  });
}

function foldedAlone({ record: claimed }: Work): Folded {
  const record: ArticleRecord = { ...claimed, state: 'decided' };
  return { link: storyLinkOf({ record }), record, isKnown: false, isBasisPublished: false };
}

async function foldOne(
  deps: DecideDeps,
  { record, before }: Work,
  likenesses: readonly Likeness[],
): Promise<Folded> {
  if (before?.isKilled) await revive(deps, before);
  const decided = await decide(deps, record, before, likenesses);
  return {
    link: storyLinkOf(decided),
    record: decided.record,
    isKnown: before?.state === 'confirmed',
    isBasisPublished: decided.likeness?.other.state === 'confirmed',
  };
}

/** A canceled article that comes again: folding is told of its kill again, where that is what came. */
async function revive({ store }: DecideDeps, before: ArticleRecord): Promise<void> {
  await store.confirm([{ ...before, isKilled: false }]);
  const state = (await store.readStories([before.storyId])).get(before.storyId);
  if (state?.killedBy === before.uri) await store.killStory(before.storyId, undefined);
}

async function decide(
  deps: DecideDeps,
  record: ArticleRecord,
  before: ArticleRecord | undefined,
  likenesses: readonly Likeness[],
): Promise<Decided> {
  if (before === undefined || before.state === 'claimed')
    return decideStory(deps, record, likenesses, before);
  if (before.contentKey === record.contentKey)
    return recall(deps, { ...before, isKilled: false }, likenesses);
  // A story goes by the article that it began with, whatever becomes of that one's text.
  if (!isRoot(before)) return decideStory(deps, record, likenesses, before);
  const { relation, score, of } = before;
  const root = { ...record, relation, score, ...(of === undefined ? {} : { of }) };
  return withStory(deps, await asOriginal(deps, root, []));
}

/** The same text again: what was decided stands. */
function recall(deps: DecideDeps, record: ArticleRecord, likenesses: readonly Likeness[]): Promise<Decided> {
  const likeness = likenesses.find(({ other }) => other.uri === record.of);
  return withStory(deps, { record, ...(likeness && { likeness }) });
}

/** With what has become of its story. */
async function withStory({ store }: DecideDeps, decided: Decided): Promise<Decided> {
  const { record, likeness } = decided;
  const { head, killedBy } = (await store.readStories([record.storyId])).get(record.storyId) ?? {};
  return {
    ...decided,
    ...(head === undefined ? {} : { head }),
    ...killReaching(record, likeness, killedBy),
  };
}
