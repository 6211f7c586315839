import type { ArticleDocument, ArticleTombstone, KnownDocument } from '@wirefold/article-index';
import { documentId, type EnrichedArticle } from '@wirefold/contracts';
import { asError } from '@wirefold/pipeline';
import { bulkLines, type BulkLines } from './bulk-lines.ts';
import { withKillers, type DocumentReader } from './document-reader.ts';
import type { BulkWriter } from './document-writer.ts';
import { killReaching, relativeIds, standingKill, type Relative } from './kill-reach.ts';
import { planDocument, type DocumentPlan } from './plan-document.ts';
import type { Verdict } from './verdict.ts';

/** An article on its way into the index. */
export interface Entry {
  /** As it was written: of one that a kill reached, canceled. */
  article: EnrichedArticle;
  verdict: Verdict;
  document?: ArticleDocument | ArticleTombstone;
  /** What was there before it. */
  known?: KnownDocument | undefined;
  /** Text that came after its kill: settled as stale, though the tombstone learned from it. */
  isEcho?: true;
}

export interface WriteContext {
  readonly write: BulkWriter;
  readonly reader: DocumentReader;
  /** ISO 8601 */
  readonly indexedAt: string;
  readonly signal: AbortSignal;
  /** Called whenever something is done: many versions, or many copies, are no hang. */
  readonly progress: () => void;
}

/**
 * Writes articles, each with the history that its document has. Of several versions in a batch each waits for the one before it,
 * as only what was written is history.
 *
 * @throws Outage where the documents that are there can't be read: nothing is known then
 */
export async function writeArticles(
  articles: readonly EnrichedArticle[],
  context: WriteContext,
): Promise<Entry[]> {
  const entries = articles.map((article): Entry => ({ article, verdict: { kind: 'stale' } }));
  const seen: Seen = { own: new Map(), relatives: new Map() };
  let stopped: Verdict | undefined;
  for (const round of roundsOf(entries)) {
    if (stopped === undefined) {
      await read(round, seen, context);
      await writeRound(round, seen, context);
      context.progress();
      const [first] = round;
      // The request failed as a whole: the next one would fail too, and might take long for it.
      const failed =
        first?.verdict.kind === 'outage' && round.every(({ verdict }) => verdict === first.verdict);
      if (failed) stopped = first.verdict;
    } else {
      for (const entry of round) entry.verdict = stopped;
    }
  }
  return entries;
}

interface Seen {
  /** Of each id that was read; undefined: nothing is there. */
  readonly own: Map<string, KnownDocument | undefined>;
  readonly relatives: Map<string, Relative | undefined>;
}

/** Lists in which no article is twice: the first versions of a batch, the second ones … */
function roundsOf(entries: readonly Entry[]): Entry[][] {
  const rounds: Entry[][] = [];
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const count = counts.get(entry.article.id) ?? 0;
    counts.set(entry.article.id, count + 1);
    (rounds[count] ??= []).push(entry);
  }
  return rounds;
}

async function read(round: readonly Entry[], seen: Seen, { reader, signal }: WriteContext): Promise<void> {
  const own = new Set(round.map(({ article }) => article.id).filter((id) => !seen.own.has(id)));
  const relatives = new Set(round.flatMap(({ article }) => relativeIds(article)));
  for (const id of [...own, ...seen.own.keys(), ...seen.relatives.keys()]) relatives.delete(id);
  if (own.size + relatives.size === 0) return;
  const found = await reader.read(own, relatives, signal);
  for (const id of own) seen.own.set(id, found.get(id));
  for (const id of relatives) seen.relatives.set(id, undefined);
  for (const [id, one] of await withKillers(reader, found, signal)) seen.relatives.set(id, one);
}

async function writeRound(
  round: readonly Entry[],
  seen: Seen,
  { write, indexedAt, signal }: WriteContext,
): Promise<void> {
  const lines: BulkLines[] = [];
  const sent: Entry[] = [];
  for (const entry of round) {
    try {
      const plan = planOf(entry, seen, indexedAt);
      if (plan.kind === 'stale') continue;
      entry.document = plan.document;
      if (plan.kind === 'rewrite-tombstone') entry.isEcho = true;
      lines.push(bulkLines(plan.document));
      sent.push(entry);
    } catch (error) {
      entry.verdict = { kind: 'unclear', error: asError(error) };
    }
  }
  const verdicts = await write(lines, signal);
  sent.forEach((entry, index) => settle(entry, verdicts[index] as Verdict, seen));
}

function planOf(entry: Entry, seen: Seen, indexedAt: string): DocumentPlan {
  const { article } = entry;
  const lookup = (id: string) => seen.relatives.get(id);
  entry.known = seen.own.get(article.id);
  return planDocument(
    article,
    {
      known: entry.known,
      reachedBy: killReaching(article, lookup),
      wipedBy: entry.known?.killedBy && standingKill(entry.known, lookup),
    },
    indexedAt,
  );
}

function settle(entry: Entry, verdict: Verdict, seen: Seen): void {
  const { article, document } = entry;
  entry.verdict = verdict;
  if (verdict.kind !== 'written' || document === undefined) {
    // Who refused it knows something newer.
    seen.own.delete(article.id);
    seen.relatives.delete(article.id);
    return;
  }
  if (entry.isEcho) entry.verdict = { kind: 'stale' };
  const { pubStatus, version, versionCreated } = document;
  entry.article = { ...article, pubStatus, version, versionCreated };
  seen.own.set(article.id, document);
  seen.relatives.set(documentId(article.uri), document);
}
