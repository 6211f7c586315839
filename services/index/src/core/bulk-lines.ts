import { toDocument } from '@wirefold/article-index';
import { externalVersion, type EnrichedArticle } from '@wirefold/contracts';

/** One article as two lines of a bulk request. */
export interface BulkLines {
  /** Document id. */
  readonly id: string;
  readonly text: string;
  /** In UTF-8. */
  readonly sizeBytes: number;
}

/**
 * The lines are written here and not by the client: a version has up to 63 bits, which JSON.stringify can't write.
 *
 * `external_gte`: the same version again overwrites itself, so that a retry and `redo` take effect; an older one is refused.
 *
 * @param indexedAt ISO 8601
 */
export function bulkLines(article: EnrichedArticle, indexedAt: string): BulkLines {
  const version = externalVersion(article.version, article.versionCreated);
  const action = `{"index":{"_id":${JSON.stringify(article.id)},"version":${version},"version_type":"external_gte"}}`;
  const text = `${action}\n${JSON.stringify(toDocument(article, indexedAt))}\n`;
  return { id: article.id, text, sizeBytes: Buffer.byteLength(text) };
}

/**
 * Deals documents out to lanes that are sent at the same time. One id is always in one lane, in order: of two versions
 * that are equal to the second, the later must win.
 */
export function toLanes<Line extends { readonly id: string }>(
  lines: readonly Line[],
  count: number,
): Line[][] {
  const lanes = Array.from({ length: count }, (): Line[] => []);
  for (const line of lines) lanes[laneOf(line.id, count)]?.push(line);
  return lanes.filter((lane) => lane.length > 0);
}

/** Ids are hashes: their last character but one is as evenly spread as any. (The last has two bits only.) */
function laneOf(id: string, count: number): number {
  return (id.codePointAt(id.length - 2) ?? 0) % count;
}

/** Cuts a list, in order, into requests of at most some bytes; a document above that gets a request of its own. */
export function toRequests<Line extends { readonly sizeBytes: number }>(
  lines: readonly Line[],
  maxBytes: number,
): Line[][] {
  const requests: Line[][] = [];
  let room = 0;
  for (const line of lines) {
    const current = requests.at(-1);
    if (current !== undefined && line.sizeBytes <= room) {
      current.push(line);
      room -= line.sizeBytes;
    } else {
      requests.push([line]);
      room = maxBytes - line.sizeBytes;
    }
  }
  return requests;
}
