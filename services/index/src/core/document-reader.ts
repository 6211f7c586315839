import type { ArticleTombstone, KnownDocument } from '@wirefold/article-index';
import { Outage } from '@wirefold/pipeline';
import { killerIds, type Reach, type Relative } from './kill-reach.ts';
import { DEPENDENCY, type Verdict } from './verdict.ts';

/** What the stage must know of the documents that are there. */
export interface DocumentReader {
  /**
   * Documents by their id, as they are at this moment, unrefreshed writes included; what isn't there is left out.
   * @param own ids of which all is wanted that a newer version is compared by
   * @param relatives ids of which only is wanted whether they are canceled
   * @throws Outage
   */
  readonly read: (
    own: Iterable<string>,
    relatives: Iterable<string>,
    signal: AbortSignal,
  ) => Promise<Map<string, KnownDocument>>;
  /**
   * Documents in the reach of kills, page by page, with all that was written before: those of whole stories that
   * aren't canceled yet, and all copies of articles.
   * @throws Outage
   */
  readonly inReach: (reach: Reach, signal: AbortSignal) => AsyncIterable<readonly ArticleTombstone[]>;
}

/** Reads what must be known of the kills around articles: their relatives, and who wiped those. @throws Outage */
export async function readRelatives(
  { read }: DocumentReader,
  ids: Iterable<string>,
  signal: AbortSignal,
): Promise<Map<string, Relative>> {
  const wanted = new Set(ids);
  if (wanted.size === 0) return new Map();
  const found = await read([], wanted, signal);
  return withKillers({ read }, found, signal);
}

/** Adds those who wiped some documents, where they aren't among them. @throws Outage */
export async function withKillers<Document extends Relative>(
  { read }: Pick<DocumentReader, 'read'>,
  found: Map<string, Document>,
  signal: AbortSignal,
): Promise<Map<string, Relative>> {
  const killers = new Set(killerIds(found.values()));
  for (const id of found.keys()) killers.delete(id);
  if (killers.size === 0) return found;
  return new Map<string, Relative>([...found, ...(await read([], killers, signal))]);
}

/** Of tombstones: that a newer version is there is fine, as who wrote it looks for kills too. @throws Outage */
export function requireWritten(verdicts: readonly Verdict[]): void {
  for (const verdict of verdicts) {
    if (verdict.kind === 'written' || verdict.kind === 'stale') continue;
    if (verdict.kind === 'outage') throw verdict.outage;
    const message = verdict.kind === 'rejected' ? verdict.error : verdict.error.message;
    throw new Outage(DEPENDENCY, 'TOMBSTONE', `A tombstone can't be written: ${message}`);
  }
}
