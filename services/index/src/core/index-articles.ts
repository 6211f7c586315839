import type { EnrichedArticle, Receipt } from '@wirefold/contracts';
import { asError, Outage, type BatchHandler, type Clock } from '@wirefold/pipeline';
import type { DocumentReader } from './document-reader.ts';
import type { BulkWriter } from './document-writer.ts';
import type { Fallen } from './kill-reach.ts';
import { settleBatch } from './settle.ts';
import { spreadKills } from './spread-kills.ts';
import { DEPENDENCY } from './verdict.ts';
import { wipeReached } from './wipe-reached.ts';
import { writeArticles, type Entry } from './write-articles.ts';

export interface IndexDeps {
  readonly clock: Clock;
  /** Resolves when there is an index to write to. @throws Outage */
  readonly ensureIndex: () => Promise<void>;
  readonly write: BulkWriter;
  readonly reader: DocumentReader;
}

/**
 * The stage's batch handler: each article a document, each document a receipt.
 *
 * A kill and a copy of the killed may be on their way at once, in two processes. So each first writes and then looks for the
 * other: the kill for copies, the copy for a kill. Whichever is written second finds the first.
 */
export function createIndex(deps: IndexDeps): BatchHandler<EnrichedArticle, Receipt> {
  const now = () => new Date(deps.clock.nowMs()).toISOString();

  return async function index(batch, { signal, progress = () => {} }) {
    const context = { ...deps, indexedAt: now(), signal, progress };
    let entries: readonly Entry[];
    try {
      await deps.ensureIndex();
      entries = await writeArticles(
        batch.map(({ article }) => article),
        context,
      );
    } catch (error) {
      const outage = asOutage(error);
      return batch.map(() => ({ kind: 'outage' as const, outage }));
    }
    await orOutage(entries.filter(isStanding), (standing) => wipeReached(standing, context));
    await orOutage(entries.filter(isFallen), (fallen) => spreadKills(fallen.map(toFallen), context));
    return settleBatch(
      entries.map(({ article }) => article),
      entries.map(({ verdict }) => verdict),
      now(),
    );
  };
}

const isWritten = ({ verdict }: Entry) => verdict.kind === 'written';
const isStanding = (entry: Entry) => isWritten(entry) && entry.document?.pubStatus !== 'canceled';
const isFallen = (entry: Entry) =>
  (isWritten(entry) || entry.isEcho) && entry.document?.pubStatus === 'canceled';

const toFallen = ({ document, article }: Entry): Fallen => ({
  tombstone: document as NonNullable<Entry['document']>,
  told: article.story,
});

/** What can't be finished for an outage is done again, with all that was done before it. */
async function orOutage(
  entries: readonly Entry[],
  work: (entries: readonly Entry[]) => Promise<void>,
): Promise<void> {
  if (entries.length === 0) return;
  try {
    await work(entries);
  } catch (error) {
    const outage = asOutage(error);
    for (const entry of entries) entry.verdict = { kind: 'outage', outage };
  }
}

function asOutage(thrown: unknown): Outage {
  if (thrown instanceof Outage) return thrown;
  const error = asError(thrown);
  return new Outage(DEPENDENCY, 'UNKNOWN', error.message, { cause: error });
}
