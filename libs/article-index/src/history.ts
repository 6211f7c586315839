import { isDeepStrictEqual } from 'node:util';
import { externalVersion } from '@wirefold/contracts';
import type { ArticleDocument } from './document.ts';
import { given } from './fields.ts';
import type { ChangedField, ShownVersion } from './shown-version.ts';
import type { ArticleTombstone } from './tombstone.ts';

/** Versions that are kept of an article; of more, the oldest go. */
export const MAX_HISTORY = 100;

/** What must be known of the document that is there, to say what a newer version changes. */
export type KnownDocument = ArticleTombstone &
  Partial<Pick<ArticleDocument, 'byline' | 'url' | 'copyrightNotice' | 'languageTag'>>;

/** The fields of {@link KnownDocument} beyond a tombstone's. */
export const comparedFields = ['byline', 'url', 'copyrightNotice', 'languageTag'] as const;

/**
 * A document with the history of its article: the version that is there becomes the last entry. The same version again
 * keeps the history that it has, so that a redelivery changes nothing.
 *
 * @param known what is in the index; undefined: nothing
 */
export function withHistory<Document extends ArticleDocument | ArticleTombstone>(
  document: Document,
  known: KnownDocument | undefined,
): Document {
  if (known === undefined) return document;
  if (rank(known) === rank(document)) {
    return { ...document, ...given({ history: known.history, changed: known.changed }) };
  }
  const before: ShownVersion = {
    version: known.version,
    versionCreated: known.versionCreated,
    pubStatus: known.pubStatus,
    at: known.indexedAt,
    ...given({ changed: known.changed }),
  };
  return {
    ...document,
    history: [...(known.history ?? []), before].slice(-MAX_HISTORY),
    changed: changedBy(known, document),
  };
}

function changedBy(known: KnownDocument, document: KnownDocument): ChangedField[] {
  // Of a tombstone nothing is compared but that it is one: what it lacks was not changed, but wiped.
  const isWiped = document.pubStatus === 'canceled';
  const all: readonly [ChangedField, unknown, unknown][] = [
    ['title', known.hashes?.title, document.hashes?.title],
    ['body', known.hashes?.body, document.hashes?.body],
    ['byline', known.byline, document.byline],
    ['pubStatus', known.pubStatus, document.pubStatus],
    ['embargoedUntil', known.embargoedUntil, document.embargoedUntil],
    ['publishedAt', known.publishedAt, document.publishedAt],
    ['language', known.languageTag, document.languageTag],
    ['url', known.url, document.url],
    ['copyrightNotice', known.copyrightNotice, document.copyrightNotice],
    ['source', known.source, document.source],
  ];
  return all
    .filter(([field, before, after]) =>
      isWiped ? field === 'pubStatus' && before !== after : !isDeepStrictEqual(before, after),
    )
    .map(([field]) => field);
}

const rank = ({ version, versionCreated }: Pick<ArticleTombstone, 'version' | 'versionCreated'>) =>
  externalVersion(version, versionCreated);
