import type { Outcome, RejectReason } from '@wirefold/contracts';
import type { Outage } from './errors.ts';

/** The article goes on to the next topic. */
export interface Pass<Output> {
  readonly kind: 'pass';
  readonly output: Output;
}

/** The article's way ends here, as it should: a receipt says how. */
export interface Drop {
  readonly kind: 'drop';
  readonly outcome: Exclude<Outcome, 'indexed' | 'rejected'>;
}

/** The same record again, whose result is already published: there is nothing left to do, not even a receipt. */
export interface Redelivered {
  readonly kind: 'redelivered';
}

/** The message can't be handled, now or later: it goes to the dead letter queue. */
export interface Reject {
  readonly kind: 'reject';
  readonly reason: RejectReason;
  readonly error: string;
}

/** What a stage function decides about one article. */
export type StageResult<Output> = Pass<Output> | Drop | Redelivered | Reject;

export const pass = <Output>(output: Output): Pass<Output> => ({ kind: 'pass', output });
export const drop = (outcome: Drop['outcome']): Drop => ({ kind: 'drop', outcome });
export const redelivered = (): Redelivered => ({ kind: 'redelivered' });
export const reject = (reason: RejectReason, error: string): Reject => ({ kind: 'reject', reason, error });

/** A dependency is down: nothing is decided, the article is tried again. */
export interface OutageResult {
  readonly kind: 'outage';
  readonly outage: Outage;
}

/** The stage function threw what it shouldn't, attempt after attempt. */
export interface UnexpectedResult {
  readonly kind: 'unexpected';
  readonly error: Error;
}

/** What became of one article of a batch. */
export type Settled<Output> = StageResult<Output> | OutageResult | UnexpectedResult;
