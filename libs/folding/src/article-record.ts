import type { StoryRelation } from '@wirefold/contracts';
import type { Fingerprint } from './fingerprint.ts';

/**
 * How far an article is: claimed by a worker that works on it; decided, so that its story is fixed; confirmed, so that it is
 * published. What is not confirmed is forgotten after the lease.
 */
export type RecordState = 'claimed' | 'decided' | 'confirmed';

/** What is remembered of an article, to find its copies by. */
export interface ArticleRecord {
  /** Document id. */
  readonly id: string;
  readonly uri: string;
  readonly state: RecordState;
  /** Order of claims: of two articles that are worked on at once, the later one waits for the earlier. */
  readonly claim: number;
  /** Id of its story: the document id of the article that it began with. While it is claimed: of the one that took it along, or its own. */
  readonly storyId: string;
  readonly relation: StoryRelation;
  /** 0 to 1. */
  readonly score: number;
  /** Uri of the article that it was compared with; absent for an original. */
  readonly of?: string;
  readonly isKilled: boolean;
  /** It is a correction, or a copy of one. */
  readonly isCorrected: boolean;
  /** Hash of title, body and language: 11 characters of base64url. */
  readonly contentKey: string;
  readonly fingerprint: Fingerprint;
}

export const isRoot = ({ id, storyId }: Pick<ArticleRecord, 'id' | 'storyId'>): boolean => id === storyId;

/** How much an article's word counts: an agency's own before one that credits an agency before any other. */
export const rankOf = ({ isAgencys, agency }: Pick<Fingerprint, 'isAgencys' | 'agency'>): number =>
  isAgencys ? 2 : agency === undefined ? 0 : 1;

/** What a story has to know of an article. */
export const memberOf = ({ uri, fingerprint }: Pick<ArticleRecord, 'uri' | 'fingerprint'>) => ({
  uri,
  language: fingerprint.language,
  rank: rankOf(fingerprint),
  publishedMs: fingerprint.publishedMs,
});

/** Claims of one millisecond. */
export const PLACES = 4096;

/** Orders the claims of all workers: by time, then by place in the batch. */
export const claimOf = (nowMs: number, place: number): number => nowMs * PLACES + Math.min(place, PLACES - 1);
