import { isRoot, memberOf, type ArticleRecord } from './article-record.ts';
import { compare, type FoldThresholds, type Match } from './compare.ts';
import type { FoldStore, Joined } from './fold-store.ts';
import { likeliest, type Likeness } from './likeliest.ts';
import { NEXT_DAY_MS } from './one-text.ts';

/** How long after an article another one is taken to its story, by what it is to it. */
export interface FoldWindows {
  readonly textHours: number;
  readonly translationHours: number;
  readonly followUpHours: number;
}

export interface DecideDeps {
  readonly store: FoldStore;
  readonly thresholds: FoldThresholds;
  readonly windows: FoldWindows;
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** How long another worker's article is waited for, in milliseconds. */
  readonly patienceMs: number;
}

/** An article's story, as it was decided. */
export interface Decided {
  readonly record: ArticleRecord;
  /** The article that it was compared with, and how it stands to it. */
  readonly likeness?: Likeness;
  /** Uri of the story's head, where it has more than one article. */
  readonly head?: string;
  readonly killedBy?: string;
}

/** Stories that are tried before an article is taken for an original. */
const MOST_TRIES = 4;
const POLL_MS = 5;

/**
 * Decides the story of a claimed article: that of the likeliest one, else its own. Waits only for articles that were claimed
 * earlier, so that nothing waits in a circle; one that was claimed later is taken along instead.
 */
export async function decideStory(
  deps: DecideDeps,
  record: ArticleRecord,
  likenesses: readonly Likeness[],
  before: ArticleRecord | undefined,
): Promise<Decided> {
  let tries = 0;
  for (const likeness of likeliest(likenesses, before?.storyId)) {
    if (tries === MOST_TRIES) break;
    const other = await settledOther(deps, record, likeness.other);
    if (other === undefined) continue;
    const decided = await join(deps, record, { other, match: likeness.match });
    if (decided !== undefined) return decided;
    tries += 1;
  }
  return asOriginal(deps, record, likenesses);
}

/** The other article once its story is fixed; undefined where it comes along with this one, or is gone. */
async function settledOther(
  deps: DecideDeps,
  record: ArticleRecord,
  seen: ArticleRecord,
): Promise<ArticleRecord | undefined> {
  if (seen.state !== 'claimed') return seen;
  if (!isBefore(seen, record)) {
    const answer = await deps.store.adopt(seen.id, record.id);
    return answer === 'adopted' ? undefined : answer;
  }
  return whenDecided(deps, seen.id);
}

const isBefore = (one: ArticleRecord, other: ArticleRecord): boolean =>
  one.claim < other.claim || (one.claim === other.claim && one.id < other.id);

async function whenDecided(
  { store, nowMs, sleep, patienceMs }: DecideDeps,
  id: string,
): Promise<ArticleRecord | undefined> {
  const until = nowMs() + patienceMs;
  for (;;) {
    const record = await readOne(store, id);
    if (record === undefined || record.state !== 'claimed') return record;
    // Its worker has died, or hangs: its article is an original, which it learns when it goes on.
    if (nowMs() >= until) return store.settle(id);
    await sleep(POLL_MS);
  }
}

export async function readOne(store: FoldStore, id: string): Promise<ArticleRecord | undefined> {
  const [record] = (await store.read([id.slice(0, 8)])).values();
  return record?.id === id ? record : undefined;
}

/** Undefined where the story does not take the article. */
async function join(
  deps: DecideDeps,
  record: ArticleRecord,
  likeness: Likeness,
): Promise<Decided | undefined> {
  const { other, match } = likeness;
  const root = isRoot(other) ? other : ((await readOne(deps.store, other.storyId)) ?? other);
  const joined = await deps.store.join({
    storyId: other.storyId,
    ...memberOf(record),
    isUnsure: !match.isSameLanguage && !isSureTranslation(record, likeness),
    root: memberOf(root),
  });
  if (joined.kind === 'refused') return undefined;
  const decided = {
    ...record,
    storyId: other.storyId,
    relation: match.relation,
    score: match.score,
    of: other.uri,
    isCorrected: match.relation === 'correction' || other.isCorrected,
  };
  return write(deps, decided, likeness, joined);
}

/**
 * Whether a translation may join a story that has another text in its language: another translation, or one of an update. Two reporters'
 * accounts of one event are hardly ever that alike; what goes on from it the next day may be.
 */
function isSureTranslation({ fingerprint }: ArticleRecord, { other, match }: Likeness): boolean {
  const apartMs = Math.abs(fingerprint.publishedMs - other.fingerprint.publishedMs);
  return match.score >= (apartMs < NEXT_DAY_MS ? SURE_TRANSLATION : SURE_NEXT_DAY);
}
const SURE_TRANSLATION = 0.5;
const SURE_NEXT_DAY = 0.6;

async function write(
  deps: DecideDeps,
  claimed: ArticleRecord,
  likeness: Likeness,
  { head, killedBy }: Extract<Joined, { kind: 'joined' }>,
): Promise<Decided> {
  const record: ArticleRecord = { ...claimed, state: 'decided' };
  const decision = await deps.store.decide(record);
  if (decision.kind === 'known') return { record: decision.record };
  return { record, likeness, head, ...killReaching(record, likeness, killedBy) };
}

/**
 * Whose kill reaches an article: that of its story, or of the article that it is like. A correction stands in for the text that was
 * canceled: neither it nor its copies are reached, but that they may be canceled themselves.
 */
export function killReaching(
  { relation, isCorrected }: Pick<ArticleRecord, 'relation' | 'isCorrected'>,
  likeness: Likeness | undefined,
  killedBy: string | undefined,
): { readonly killedBy?: string } {
  const other = relation !== 'correction' && likeness?.other.isKilled ? likeness.other.uri : undefined;
  const by = isCorrected ? other : (killedBy ?? other);
  return by === undefined ? {} : { killedBy: by };
}

/** An original: the first of its story. A follow-up is one too, that says what it goes on from. */
export async function asOriginal(
  deps: DecideDeps,
  claimed: ArticleRecord,
  likenesses: readonly Likeness[],
): Promise<Decided> {
  const followed = likenesses
    .filter(({ match }) => match.relation === 'follow-up')
    .toSorted((one, other) => other.match.score - one.match.score)[0];
  const record: ArticleRecord = {
    ...claimed,
    state: 'decided',
    storyId: claimed.id,
    ...(followed && { relation: 'follow-up' as const, score: followed.match.score, of: followed.other.uri }),
  };
  const decision = await deps.store.decide(record);
  if (decision.kind === 'known') return { record: decision.record };
  if (decision.kind === 'written') return { record, ...(followed && { likeness: followed }) };
  const by = await whenDecided(deps, decision.by);
  const match = by && matchOf(claimed, by, deps.thresholds);
  const joined = by && match && (await join(deps, claimed, { other: by, match }));
  if (joined) return joined;
  // What took it along is gone, or its story does not take this one: nobody else has a say any more.
  const settled = await deps.store.settle(claimed.id);
  return { record: settled ?? record };
}

/** The other one found them alike; from this side they may be so only just not. */
const matchOf = (record: ArticleRecord, by: ArticleRecord, thresholds: FoldThresholds): Match | undefined =>
  compare(record.fingerprint, by.fingerprint, thresholds) ??
  compare(by.fingerprint, record.fingerprint, thresholds);
