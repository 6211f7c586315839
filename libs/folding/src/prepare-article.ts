import { createHash } from 'node:crypto';
import { fingerprintOf } from './fingerprint-of.ts';
import type { Fingerprint, FoldableText, Posting } from './fingerprint.ts';

/** An article that is to be folded. */
export interface Foldable extends FoldableText {
  /** Document id: the hash of the uri. */
  readonly id: string;
  readonly uri: string;
}

/** An article with all that folding needs of its text: what takes the time of a processor, and no memory of others. */
export interface PreparedArticle extends Pick<Foldable, 'id' | 'uri'> {
  /** Hash of title, body and language: 11 characters of base64url. */
  readonly contentKey: string;
  readonly fingerprint: Fingerprint;
  readonly postings: readonly Posting[];
}

const CONTENT_KEY_BYTES = 8;

/** Pure: may be done anywhere, ahead of {@link Folding.fold}. */
export function prepareArticle(article: Foldable): PreparedArticle {
  const { id, uri, language, title, body } = article;
  return {
    id,
    uri,
    contentKey: createHash('sha256')
      .update(`${language}\0${title}\0${body}`)
      .digest()
      .subarray(0, CONTENT_KEY_BYTES)
      .toString('base64url'),
    ...fingerprintOf(article),
  };
}
