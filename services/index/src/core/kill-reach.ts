import type { ArticleDocument, ArticleTombstone } from '@wirefold/article-index';
import { documentId, type StoryLink } from '@wirefold/contracts';

/** What is asked of another document: whether it is canceled, and by whom. */
export type Relative = Pick<ArticleTombstone, 'pubStatus' | 'uri' | 'killedBy'>;
export type RelativeLookup = (id: string) => Relative | undefined;

/** What is looked at of a document to tell whom it may fall with. */
export interface Member {
  readonly id: string;
  readonly uri: string;
  readonly story?: Pick<StoryLink, 'id' | 'relation' | 'of' | 'head' | 'corrected'> | undefined;
}

/** Id of the document that says that a story's head was killed: whatever of the story comes later must see it. */
export const storyMarkId = (storyId: string): string => documentId(`wirefold:killed-story:${storyId}`);

/**
 * uri of what an article was made from, with which it falls. A follow-up is only related, a correction stands in for what it corrects, and
 * the story's head was only compared with what came before it.
 */
const madeFrom = ({ relation, of, head }: NonNullable<Member['story']>): string | undefined =>
  relation === 'follow-up' || relation === 'correction' || head === true ? undefined : of;

/** Ids of the documents whose kill would reach a member: for a correction's copies, that of the story is none of them. */
export function relativeIds({ id, story }: Member): string[] {
  if (story === undefined) return [];
  const ids = story.corrected ? [] : [storyMarkId(story.id)];
  const of = madeFrom(story);
  if (of !== undefined) ids.push(documentId(of));
  return [...new Set(ids)].filter((one) => one !== id);
}

/** Ids of the documents that wiped others and may have come back themselves since. */
export function killerIds(relatives: Iterable<Relative | undefined>): string[] {
  return [...relatives].flatMap((one) => (one?.killedBy === undefined ? [] : [documentId(one.killedBy)]));
}

/**
 * uri of the kill that reaches a member, if one does: the article it is a copy of, or the story's head is canceled, by itself or by a
 * kill that still stands.
 */
export function killReaching(member: Member, lookup: RelativeLookup): string | undefined {
  return relativeIds(member)
    .map((id) => standingKill(lookup(id), lookup))
    .find((killer) => killer !== undefined && killer !== member.uri);
}

/** uri of the kill that a tombstone stands for; undefined where it is none, or where the killed one came back. */
export function standingKill(document: Relative | undefined, lookup: RelativeLookup): string | undefined {
  if (document?.pubStatus !== 'canceled') return undefined;
  if (document.killedBy === undefined) return document.uri;
  // What isn't there to be asked is taken for canceled.
  const pubStatus = lookup(documentId(document.killedBy))?.pubStatus ?? 'canceled';
  return pubStatus === 'canceled' ? document.killedBy : undefined;
}

/** What a kill reaches, each with the uri of the kill. */
export interface Reach {
  /** Whole stories, by their id. */
  readonly stories: ReadonlyMap<string, string>;
  /** What was made of an article, by its uri. */
  readonly copiesOf: ReadonlyMap<string, string>;
}

/** A tombstone that was just written: by its own kill, or because another's reached it. */
export interface Fallen {
  readonly tombstone: ArticleTombstone;
  /** The story that its message told, where another one was known before and stays on the tombstone. */
  readonly told?: StorySeat | undefined;
}

/** An article's place in its story. */
type StorySeat = Pick<StoryLink, 'id' | 'head'>;

/** What the kills of some articles reach. */
export function reachOf(fallen: readonly Fallen[]): Reach {
  const stories = new Map<string, string>();
  const copiesOf = new Map<string, string>();
  for (const { tombstone, told } of fallen) {
    const { uri, killedBy } = tombstone;
    copiesOf.set(uri, killedBy ?? uri);
    // Who fell with another leads nothing: the other's kill reached the story itself, where it does.
    if (killedBy !== undefined) continue;
    for (const story of [tombstone.story, told]) {
      // Only the head's kill reaches all of the story: which article came first is chance.
      if (story?.head === true) stories.set(story.id, uri);
    }
  }
  return { stories, copiesOf };
}

/** uri of the kill in whose reach a document was found. */
export function killerIn({ stories, copiesOf }: Reach, { id, uri, story }: Member): string | undefined {
  const ofWhole = story?.corrected ? undefined : stories.get(story?.id ?? id);
  if (ofWhole !== undefined && ofWhole !== uri) return ofWhole;
  const of = story && madeFrom(story);
  const ofCopied = of === undefined ? undefined : copiesOf.get(of);
  return ofCopied === uri ? undefined : ofCopied;
}

/** The marks that kills leave on stories; by the story's id. */
export function storyMarks({ stories }: Reach, indexedAt: string): StoryMark[] {
  return [...stories].map(([storyId, killedBy]) => ({
    id: storyMarkId(storyId),
    pubStatus: 'canceled',
    killedBy,
    indexedAt,
  }));
}

/** Hidden like any tombstone; has no uri, as it is no article. */
export type StoryMark = Pick<ArticleDocument, 'id' | 'pubStatus' | 'indexedAt'> & {
  readonly killedBy: string;
};
