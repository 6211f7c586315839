import type { EnrichedArticle, Receipt } from '@wirefold/contracts';
import { asError, Outage, type BatchHandler, type Clock } from '@wirefold/pipeline';
import { bulkLines, type BulkLines } from './bulk-lines.ts';
import { settleBatch } from './settle.ts';
import { DEPENDENCY, type Verdict } from './verdict.ts';

/** Writes documents and says of each, in order, what became of it. Never throws. */
export type BulkWriter = (lines: readonly BulkLines[], signal: AbortSignal) => Promise<Verdict[]>;

export interface IndexDeps {
  readonly clock: Clock;
  /** Resolves when there is an index to write to. @throws Outage */
  readonly ensureIndex: () => Promise<void>;
  readonly write: BulkWriter;
}

/** The stage's batch handler: each article a document, each document a receipt. */
export function createIndex(deps: IndexDeps): BatchHandler<EnrichedArticle, Receipt> {
  const now = () => new Date(deps.clock.nowMs()).toISOString();

  return async function index(batch, { signal }) {
    try {
      await deps.ensureIndex();
    } catch (error) {
      const outage = asOutage(error);
      return batch.map(() => ({ kind: 'outage' as const, outage }));
    }
    const articles = batch.map(({ article }) => article);
    const prepared = prepare(articles, now());
    const lines = prepared.filter((one) => 'text' in one);
    const written = (await deps.write(lines, signal)).values();
    const verdicts = prepared.map((one) => ('text' in one ? (written.next().value as Verdict) : one));
    return settleBatch(articles, verdicts, now());
  };
}

/** The documents; of an article that none can be made of, the verdict. */
function prepare(articles: readonly EnrichedArticle[], indexedAt: string): (BulkLines | Verdict)[] {
  return articles.map((article) => {
    try {
      return bulkLines(article, indexedAt);
    } catch (error) {
      return { kind: 'unclear', error: asError(error) };
    }
  });
}

function asOutage(thrown: unknown): Outage {
  if (thrown instanceof Outage) return thrown;
  const error = asError(thrown);
  return new Outage(DEPENDENCY, 'UNKNOWN', error.message, { cause: error });
}
