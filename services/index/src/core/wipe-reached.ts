import { wiped } from '@wirefold/article-index';
import { bulkLines } from './bulk-lines.ts';
import { readRelatives, requireWritten } from './document-reader.ts';
import { killReaching, relativeIds } from './kill-reach.ts';
import type { Entry, WriteContext } from './write-articles.ts';

/**
 * Looks once more for kills that reach articles which were just written, and wipes those: the kill may have looked for copies
 * before this one was there.
 *
 * @throws Outage
 */
export async function wipeReached(
  entries: readonly Entry[],
  { write, reader, indexedAt, signal }: WriteContext,
): Promise<void> {
  // Of several versions only the last is there.
  const last = [...new Map(entries.map((entry) => [entry.article.id, entry])).values()];
  const ids = last.flatMap(({ article }) => relativeIds(article));
  const relatives = await readRelatives(reader, ids, signal);
  const reached = last.flatMap((entry) => {
    const killer = killReaching(entry.article, (id) => relatives.get(id));
    if (killer === undefined || entry.document === undefined) return [];
    return [{ entry, tombstone: wiped(entry.document, killer, indexedAt) }];
  });
  if (reached.length === 0) return;
  requireWritten(
    await write(
      reached.map(({ tombstone }) => bulkLines(tombstone)),
      signal,
    ),
  );
  for (const { entry, tombstone } of reached) {
    entry.document = tombstone;
    entry.article = { ...entry.article, pubStatus: 'canceled' };
  }
}
