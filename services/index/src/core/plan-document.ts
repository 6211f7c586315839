import {
  toDocument,
  tombstoneStory,
  wiped,
  withHistory,
  type ArticleDocument,
  type ArticleTombstone,
  type KnownDocument,
} from '@wirefold/article-index';
import { externalVersion, type EnrichedArticle } from '@wirefold/contracts';

/** What is to be done about an article, given what is in the index. */
export type DocumentPlan =
  | { readonly kind: 'write'; readonly document: ArticleDocument | ArticleTombstone }
  /** Text that came after its kill: what is known of it now is put on the tombstone, and the article itself is too old. */
  | { readonly kind: 'rewrite-tombstone'; readonly document: ArticleTombstone }
  | { readonly kind: 'stale' };

/** The document that is there, and what is known of the kills around the article. */
export interface Circumstances {
  readonly known: KnownDocument | undefined;
  /** uri of the kill that reaches the article as it comes. */
  readonly reachedBy: string | undefined;
  /** uri of the kill that wiped the document that is there, where that kill still stands. */
  readonly wipedBy: string | undefined;
}

/**
 * Decides about one article. Elasticsearch refuses what is older by its external version; this adds what a number
 * can't say: a kill stands until the publisher explicitly makes a newer version.
 *
 * @param indexedAt ISO 8601
 */
export function planDocument(
  article: EnrichedArticle,
  { known, reachedBy, wipedBy }: Circumstances,
  indexedAt: string,
): DocumentPlan {
  const plain = toDocument(article, indexedAt);
  if (plain.pubStatus === 'canceled' && plain.killedBy === undefined) return planKill(plain, known);
  const write = (killedBy: string | undefined): DocumentPlan => ({
    kind: 'write',
    document: withHistory(
      withKnownHash(killedBy === undefined ? plain : wiped(plain, killedBy, indexedAt), known),
      known,
    ),
  });
  if (known?.pubStatus !== 'canceled') return write(reachedBy);
  const order = compareVersions(plain, known);
  if (known.killedBy === undefined) return bringsBack(plain, known) ? write(reachedBy) : { kind: 'stale' };
  // The same version again, of an article that fell with another: it stays fallen, even when the other came back.
  if (order === 0) return write(reachedBy ?? known.killedBy);
  if (order > 0 && plain.versionFrom === 'scrape') return { kind: 'stale' };
  const isSameText = plain.hashes?.body !== undefined && plain.hashes.body === known.hashes?.body;
  return write(reachedBy ?? (isSameText ? wipedBy : undefined));
}

/** A copy that comes without its text is still told by it. */
function withKnownHash(
  document: ArticleDocument | ArticleTombstone,
  known: KnownDocument | undefined,
): ArticleDocument | ArticleTombstone {
  const body = known?.hashes?.body;
  if (document.killedBy === undefined || document.hashes !== undefined || body === undefined) return document;
  return { ...document, hashes: { body } };
}

/** Whether a version is one that the publisher made after the kill. */
function bringsBack(document: ArticleTombstone, kill: ArticleTombstone): boolean {
  if (document.versionFrom === 'scrape') return false;
  // A kill without a number can't be told from an older version by the number: the times decide.
  if (kill.version === 0) return secondOf(document) > secondOf(kill);
  return compareVersions(document, kill) > 0;
}

function planKill(kill: ArticleTombstone, known: KnownDocument | undefined): DocumentPlan {
  if (known !== undefined && isEchoOf(kill, known)) {
    const { story = kill.story } = known;
    return { kind: 'rewrite-tombstone', document: { ...known, ...(story && { story }) } };
  }
  // A kill mostly comes without the text, and so without the story that the text told; where it tells that same story, it knows better: the
  // head may have changed since.
  const isTold = known?.story === undefined || known.story.id === kill.story?.id;
  const story = isTold ? {} : { story: tombstoneStory(known.story) };
  const rank = known !== undefined && killsRegardless(kill, known) ? laterOf(kill, known) : {};
  return { kind: 'write', document: withHistory({ ...kill, ...story, ...rank }, known) };
}

/** ingest passes text that comes after its kill on as that kill, under its version but from the text's record. */
function isEchoOf(kill: ArticleTombstone, known: KnownDocument): boolean {
  return (
    kill.versionFrom === 'scrape' &&
    known.pubStatus === 'canceled' &&
    known.killedBy === undefined &&
    known.origin !== kill.origin &&
    compareVersions(kill, known) === 0
  );
}

/**
 * Whether a kill holds although its version is the lower one. ingest sees to it, unless it has lost what it remembers:
 * a kill without a number is about whatever was there before it; and the time of a mere scrape doesn't outdo a kill.
 */
function killsRegardless(kill: ArticleTombstone, known: KnownDocument): boolean {
  if (compareVersions(kill, known) >= 0) return false;
  // Once it is written it is known by its record: when it comes again, what it reaches may not be done yet.
  if (known.pubStatus === 'canceled') return known.killedBy === undefined && known.origin === kill.origin;
  if (kill.version !== 0 && kill.version !== known.version) return false;
  return known.versionFrom === 'scrape' || (kill.version === 0 && secondOf(kill) >= secondOf(known));
}

function laterOf(kill: ArticleTombstone, known: ArticleTombstone) {
  const { versionCreated } = secondOf(kill) > secondOf(known) ? kill : known;
  return { version: known.version, versionCreated };
}

type Versioned = Pick<ArticleTombstone, 'version' | 'versionCreated'>;

const secondOf = ({ versionCreated }: Versioned) => Math.floor(Date.parse(versionCreated) / 1000);

/** Over 0 where the first is newer; 0: the same to the second. */
export function compareVersions(one: Versioned, other: Versioned): number {
  const [first, second] = [one, other].map(({ version, versionCreated }) =>
    externalVersion(version, versionCreated),
  ) as [bigint, bigint];
  return first === second ? 0 : first > second ? 1 : -1;
}
