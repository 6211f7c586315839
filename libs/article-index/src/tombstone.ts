import type { EnrichedArticle, Step, StoryLink } from '@wirefold/contracts';
import { given, utc } from './fields.ts';
import type { ChangedField, ShownVersion } from './shown-version.ts';

/** What a tombstone keeps of the story: nothing that was written about the text. */
export type TombstoneStory = Pick<
  StoryLink,
  'id' | 'relation' | 'of' | 'score' | 'covered' | 'agency' | 'head' | 'corrected' | 'killedBy'
>;

/** What stays of a canceled article: that it was there, and that it is gone. */
export interface ArticleTombstone {
  readonly id: string;
  readonly uri: string;
  readonly version: number;
  /** This and every other time: ISO 8601 in UTC. */
  readonly versionCreated: string;
  /** Who says that this is a newer version, see the contract. */
  readonly versionFrom?: EnrichedArticle['versionFrom'];
  readonly pubStatus: EnrichedArticle['pubStatus'];
  readonly signal?: EnrichedArticle['signal'];
  /** What this version changed; absent on the first one. */
  readonly changed?: readonly ChangedField[];
  /** The versions that were indexed before this one, oldest first; at most the newest 100. */
  readonly history?: readonly ShownVersion[];
  readonly embargoedUntil?: string;
  readonly publishedAt?: string;
  readonly fetchedAt?: string;
  /** When it was published, or else when this version was made: what is sorted and counted by. */
  readonly date: string;
  readonly indexedAt: string;
  readonly source?: { readonly name?: string; readonly domain?: string };
  readonly story?: TombstoneStory;
  /** uri of the canceled article whose kill reached this one; absent where it is canceled itself. */
  readonly killedBy?: string;
  /** Of an article that another's kill reached: so that the same text isn't brought back as a newer version. */
  readonly hashes?: { readonly title?: string; readonly body?: string };
  readonly origin: string;
  readonly steps: readonly Step[];
}

/** The fields of a document that a tombstone of it is made of, and what its text is compared by. */
export const tombstoneFields = [
  'id',
  'uri',
  'version',
  'versionCreated',
  'versionFrom',
  'pubStatus',
  'signal',
  'changed',
  'history',
  'embargoedUntil',
  'publishedAt',
  'fetchedAt',
  'date',
  'indexedAt',
  'source',
  'story',
  'killedBy',
  'hashes',
  'origin',
  'steps',
] as const satisfies readonly (keyof ArticleTombstone)[];

/**
 * The tombstone of an article, as it comes.
 *
 * @param indexedAt ISO 8601
 */
export function tombstoneOf(article: EnrichedArticle, indexedAt: string): ArticleTombstone {
  const { name, domain } = article.source ?? {};
  return {
    id: article.id,
    uri: article.uri,
    version: article.version,
    versionCreated: utc(article.versionCreated),
    pubStatus: article.pubStatus,
    ...given({
      versionFrom: article.versionFrom,
      signal: article.signal,
      embargoedUntil: article.embargoedUntil && utc(article.embargoedUntil),
      publishedAt: article.publishedAt && utc(article.publishedAt),
      fetchedAt: article.fetchedAt && utc(article.fetchedAt),
      source: article.source && given({ name, domain }),
      story: article.story && tombstoneStory(article.story),
      killedBy: article.story?.killedBy,
    }),
    date: utc(article.publishedAt ?? article.versionCreated),
    indexedAt: utc(indexedAt),
    origin: article.origin,
    steps: article.steps,
  };
}

/**
 * The tombstone of a document that is there, or is about to be, under its own version: another's kill reached it.
 *
 * @param killedBy uri of the canceled article
 * @param indexedAt ISO 8601
 */
export function wiped(document: ArticleTombstone, killedBy: string, indexedAt: string): ArticleTombstone {
  const kept = Object.fromEntries(
    tombstoneFields.flatMap((field) => (document[field] === undefined ? [] : [[field, document[field]]])),
  ) as unknown as ArticleTombstone;
  const { hashes: _hashes, story: _story, ...rest } = kept;
  return {
    ...rest,
    ...given({
      story: document.story && tombstoneStory(document.story),
      hashes: document.hashes?.body === undefined ? undefined : { body: document.hashes.body },
    }),
    pubStatus: 'canceled',
    killedBy,
    indexedAt: utc(indexedAt),
  };
}

/** A story as a tombstone keeps it. */
export function tombstoneStory(story: TombstoneStory): TombstoneStory {
  const { id, relation, of, score, covered, agency, head, corrected, killedBy } = story;
  return { id, relation, score, ...given({ of, covered, agency, head, corrected, killedBy }) };
}
