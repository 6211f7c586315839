import type { RejectReason } from '@wirefold/contracts';
import { Outage } from '@wirefold/pipeline';

/** What became of one document of a bulk request. */
export type Verdict =
  | { readonly kind: 'written' }
  /** A newer version is there already. */
  | { readonly kind: 'stale' }
  /** Elasticsearch can't now; the document is fine. */
  | { readonly kind: 'outage'; readonly outage: Outage }
  /** Elasticsearch won't, now or later. */
  | {
      readonly kind: 'rejected';
      readonly reason: Extract<RejectReason, 'mapping-conflict' | 'output-too-large'>;
      readonly error: string;
      /** The same for conflicts of the same cause. */
      readonly cause: string;
    }
  /** An error that could be either; it is tried a few more times. */
  | { readonly kind: 'unclear'; readonly error: Error };

export const DEPENDENCY = 'elasticsearch';

export const APPLY_HINT = 'run `wirefold index apply`, or set INDEX_APPLY_ON_START=true';

/** Longest text of an error that is passed on, in characters. */
const MAX_ERROR_CHARACTERS = 500;

export const shorten = (text: string) =>
  text.length > MAX_ERROR_CHARACTERS ? `${text.slice(0, MAX_ERROR_CHARACTERS)}…` : text;

export const outageVerdict = (code: string, message: string, cause?: unknown): Verdict => ({
  kind: 'outage',
  outage: new Outage(DEPENDENCY, code, shorten(message), cause === undefined ? undefined : { cause }),
});
