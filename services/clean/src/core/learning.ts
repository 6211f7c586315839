import type { CleanedArticle, IngestedArticle } from '@wirefold/contracts';
import { asError, Outage, type BatchHandler, type Settled } from '@wirefold/pipeline';
import { knownTo, publisherOf, storyIn, type PublisherLines } from './publisher-lines.ts';
import type { KnownLines } from './text/rules/publisher-line.ts';

type Handle = BatchHandler<IngestedArticle, CleanedArticle>;

const nothing: KnownLines = new Map();

/**
 * Handles a batch with what is known of its publishers' lines, and learns from what came of it: one round trip before and one
 * after a batch.
 *
 * @param handleWith makes the batch's handler
 */
export function learning(
  lines: PublisherLines,
  handleWith: (knownLines: (article: IngestedArticle) => KnownLines) => Handle,
): Handle {
  return async (batch, context) => {
    try {
      const publishers = batch
        .map(({ article }) => publisherOf(article))
        .filter((name) => name !== undefined);
      const learned = await lines.read(new Set(publishers));
      const knownLines = (article: IngestedArticle) => {
        const of = learned.get(publisherOf(article) ?? '');
        return of === undefined ? nothing : knownTo(article, of);
      };
      const results = await handleWith(knownLines)(batch, context);
      const stories = results.map((result) => (result.kind === 'pass' ? storyIn(result.output) : undefined));
      await lines.learn(stories.filter((story) => story !== undefined));
      return results;
    } catch (thrown) {
      return batch.map(() => failed(thrown));
    }
  };
}

function failed(thrown: unknown): Settled<CleanedArticle> {
  if (thrown instanceof Outage) return { kind: 'outage', outage: thrown };
  return { kind: 'unexpected', error: asError(thrown) };
}
