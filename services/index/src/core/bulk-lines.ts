import type { ArticleDocument, ArticleTombstone } from '@wirefold/article-index';
import { externalVersion } from '@wirefold/contracts';
import type { StoryMark } from './kill-reach.ts';

/** One document as two lines of a bulk request. */
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
 */
export function bulkLines(document: ArticleDocument | ArticleTombstone): BulkLines {
  const version = externalVersion(document.version, document.versionCreated);
  return toLines(
    document.id,
    `{"index":{"_id":${JSON.stringify(document.id)},"version":${version},"version_type":"external_gte"}}`,
    document,
  );
}

/** A mark has no version: the kill that comes last is the one it stands for. */
export const markLines = (mark: StoryMark): BulkLines =>
  toLines(mark.id, `{"index":{"_id":${JSON.stringify(mark.id)}}}`, mark);

function toLines(id: string, action: string, source: object): BulkLines {
  const text = `${action}\n${JSON.stringify(source)}\n`;
  return { id, text, sizeBytes: Buffer.byteLength(text) };
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
