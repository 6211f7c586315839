import { createHash } from 'node:crypto';

const ID_BYTES = 16;

/**
 * The document id of an article: the first 128 bits of SHA-256 over its uri in UTF-8, in base64url (RFC 4648 §5).
 * Always 22 characters, so that it fits Elasticsearch's 512 bytes of `_id` and a URL's path, however long the uri is.
 *
 * @param uri the article's `uri`, as it was accepted: it is not normalised here
 */
export function documentId(uri: string): string {
  return createHash('sha256').update(uri, 'utf8').digest().subarray(0, ID_BYTES).toString('base64url');
}
