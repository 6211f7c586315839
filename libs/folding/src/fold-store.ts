import type { ArticleRecord } from './article-record.ts';
import type { Posting } from './fingerprint.ts';

/** What is to be looked up, and found by others from then on. */
export interface LookUp {
  /** Document id of the article. */
  readonly id: string;
  readonly postings: readonly Posting[];
}

/** An article that may be alike. */
export interface Candidate {
  /** The first eight characters of its document id. */
  readonly ref: string;
  /** Sum of what they have in common says, in bits. */
  readonly bits: number;
}

/** What became of a decision. */
export type Decision =
  | { readonly kind: 'written' }
  /** An article that was claimed earlier took it along: its story is that one's. */
  | { readonly kind: 'adopted'; readonly by: string }
  /** Another worker decided it before, for want of an answer. */
  | { readonly kind: 'known'; readonly record: ArticleRecord };

/** One article's entry into a story. */
export interface Join {
  readonly storyId: string;
  readonly uri: string;
  readonly language: string;
  /** Whether names and figures alone tell it, and not for sure: it comes in only as the first text of the story in its language. */
  readonly isUnsure: boolean;
  /** See `rankOf`. */
  readonly rank: number;
  readonly publishedMs: number;
  /** What the story is taken for where nothing is known of it but its first article. */
  readonly root: Pick<Join, 'uri' | 'language' | 'rank' | 'publishedMs'>;
}

export type Joined =
  | {
      readonly kind: 'joined';
      /** Uri of the agency's own article, else of the earliest. */
      readonly head: string;
      /** Uri of the canceled article whose kill reaches all of the story. */
      readonly killedBy?: string;
    }
  /** The story has a text in that language, and this isn't it. */
  | { readonly kind: 'refused' };

/**
 * The memory of folding. Each call is about whole chunks, so that an adapter can send them together; each change is atomic for one
 * article or one story. What isn't confirmed ends by itself.
 *
 * Every call throws an Outage where the memory is away.
 */
export interface FoldStore {
  /** Claims articles that nobody knows; of the others, gives what is known and changes nothing. */
  readonly claim: (records: readonly ArticleRecord[]) => Promise<readonly (ArticleRecord | undefined)[]>;
  /** Enters articles at their postings, and gives those that were there, the likeliest first. */
  readonly lookUp: (lookUps: readonly LookUp[]) => Promise<readonly (readonly Candidate[])[]>;
  /** By the first eight characters of their ids. */
  readonly read: (refs: readonly string[]) => Promise<ReadonlyMap<string, ArticleRecord>>;
  /** Decides that claimed articles are originals, and gives those about which somebody else has had a say. */
  readonly decideAlone: (records: readonly ArticleRecord[]) => Promise<readonly ArticleRecord[]>;
  /** Writes a decided record, unless somebody else has had a say; as an original's only where nobody took it along. */
  readonly decide: (record: ArticleRecord) => Promise<Decision>;
  /** Takes a claimed article along into the story of another; gives the record where it is decided already, undefined where it is gone. */
  readonly adopt: (id: string, by: string) => Promise<'adopted' | ArticleRecord | undefined>;
  /** Decides for a worker that does not answer that its article is an original. */
  readonly settle: (id: string) => Promise<ArticleRecord | undefined>;
  readonly join: (join: Join) => Promise<Joined>;
  /** Marks a story as canceled by an article, for all of its articles; undefined takes that back. */
  readonly killStory: (storyId: string, by: string | undefined) => Promise<void>;
  /** What is known of stories that have more than one article, or were canceled. */
  readonly readStories: (storyIds: readonly string[]) => Promise<ReadonlyMap<string, StoryState>>;
  /** Writes records for good: their articles are published. */
  readonly confirm: (records: readonly ArticleRecord[]) => Promise<void>;
  /** Takes back what is remembered of articles. */
  readonly forget: (records: readonly ArticleRecord[]) => Promise<void>;
}

export interface StoryState {
  readonly head: string;
  readonly killedBy?: string;
}
