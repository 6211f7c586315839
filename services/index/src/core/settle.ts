import type { EnrichedArticle, Receipt } from '@wirefold/contracts';
import { drop, pass, reject, type Settled } from '@wirefold/pipeline';
import { outageVerdict, type Verdict } from './verdict.ts';

/** The receipt of an indexed article; of a canceled one, nothing that was its text. */
export function indexedReceipt(article: EnrichedArticle, at: string): Receipt {
  return {
    origin: article.origin,
    outcome: 'indexed',
    stage: 'index',
    at,
    uri: article.uri,
    id: article.id,
    version: article.version,
    versionCreated: article.versionCreated,
    pubStatus: article.pubStatus,
    ...(article.pubStatus === 'canceled' ? {} : { title: article.title }),
    language: article.language.tag,
    steps: article.steps,
  };
}

/** Turns the verdicts on a batch into its results, in order. */
export function settleBatch(
  articles: readonly EnrichedArticle[],
  verdicts: readonly Verdict[],
  at: string,
): Settled<Receipt>[] {
  const epidemic = commonConflict(verdicts);
  return verdicts.map((verdict, index): Settled<Receipt> => {
    switch (verdict.kind) {
      case 'written':
        return pass(indexedReceipt(articles[index] as EnrichedArticle, at));
      case 'stale':
        return drop('stale');
      case 'outage':
        return verdict;
      case 'unclear':
        return { kind: 'unexpected', error: verdict.error };
      case 'rejected':
        return epidemic !== undefined && verdict.cause === epidemic.cause
          ? epidemic.result
          : reject(verdict.reason, verdict.error);
    }
  });
}

/** This many alike, and more than half of the batch: then it is the index's mapping and not the articles. */
const ALIKE_AT_LEAST = 5;

function commonConflict(verdicts: readonly Verdict[]) {
  const counts = new Map<string, number>();
  for (const verdict of verdicts) {
    if (verdict.kind !== 'rejected' || verdict.reason !== 'mapping-conflict') continue;
    const count = (counts.get(verdict.cause) ?? 0) + 1;
    counts.set(verdict.cause, count);
    if (count >= ALIKE_AT_LEAST && count * 2 > verdicts.length) {
      const message = `Most of a batch is refused alike, so the index's mapping must be wrong: ${verdict.error}`;
      return {
        cause: verdict.cause,
        result: outageVerdict('MAPPING', message) as Extract<Verdict, { kind: 'outage' }>,
      };
    }
  }
  return undefined;
}
