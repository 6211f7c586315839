import type { RejectReason } from '@wirefold/contracts';

/**
 * A dependency (broker, Redis, Elasticsearch, a translator) is down, overloaded, read-only or refuses our credentials.
 * The message is fine: it is tried again with growing pauses until the dependency is back.
 */
export class Outage extends Error {
  override readonly name = 'Outage';
  /** Which dependency: a label of a metric, such as `redis`. */
  readonly dependency: string;
  /** What the dependency said, such as `ECONNREFUSED` or `429`. */
  readonly code: string;

  constructor(dependency: string, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.dependency = dependency;
    this.code = code;
  }
}

/** The message itself can't be handled: trying again would not help. It goes to the dead letter queue. */
export class BadMessage extends Error {
  override readonly name = 'BadMessage';
  readonly reason: RejectReason;

  constructor(reason: RejectReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** Whatever was thrown, as an Error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
