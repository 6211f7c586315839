import type { EnrichedArticle } from '@wirefold/contracts';

/** What a version can change, as a reader sees it. */
export type ChangedField =
  | 'title'
  | 'body'
  | 'byline'
  | 'pubStatus'
  | 'embargoedUntil'
  | 'publishedAt'
  | 'language'
  | 'url'
  | 'copyrightNotice'
  | 'source';

/** A version that was indexed before the present one. */
export interface ShownVersion {
  readonly version: number;
  readonly versionCreated: string;
  readonly pubStatus: EnrichedArticle['pubStatus'];
  /** When it was indexed. */
  readonly at: string;
  /** What it changed against the one before it; absent on the first one. */
  readonly changed?: readonly ChangedField[];
}
