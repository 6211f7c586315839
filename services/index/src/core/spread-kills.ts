import { wiped } from '@wirefold/article-index';
import { bulkLines, markLines } from './bulk-lines.ts';
import { requireWritten } from './document-reader.ts';
import { killerIn, reachOf, storyMarks, type Fallen, type Reach } from './kill-reach.ts';
import type { WriteContext } from './write-articles.ts';

/**
 * Wipes what the kills of articles reach: copies, then copies of these, until there are no more. The tombstones of the killed
 * are written already, so that whatever is written meanwhile finds them.
 *
 * @throws Outage: to be done again, from the kills
 */
export async function spreadKills(
  fallen: readonly Fallen[],
  { write, reader, indexedAt, signal, progress }: WriteContext,
): Promise<void> {
  let reach = reachOf(fallen);
  const marks = storyMarks(reach, indexedAt).map(markLines);
  if (marks.length > 0) requireWritten(await write(marks, signal));
  const visited = new Set(reach.copiesOf.keys());
  while (reach.stories.size + reach.copiesOf.size > 0) {
    const next = new Map<string, string>();
    for await (const page of reader.inReach(reach, signal)) {
      const tombstones = page.flatMap((document) => {
        const killer = killerIn(reach, document);
        if (killer === undefined) return [];
        if (!visited.has(document.uri)) next.set(document.uri, killer);
        visited.add(document.uri);
        return document.pubStatus === 'canceled' ? [] : [wiped(document, killer, indexedAt)];
      });
      if (tombstones.length > 0) requireWritten(await write(tombstones.map(bulkLines), signal));
      progress();
    }
    reach = { stories: new Map(), copiesOf: next } satisfies Reach;
  }
}
