import type { Contract, StageName } from '@wirefold/contracts';
import type { Settled } from './stage-result.ts';

/** One message as a stage gets it: read, checked by its contract. */
export interface Delivery<Input> {
  readonly article: Input;
  /** Key of the record: messages of one key are handled in their order. */
  readonly key: string;
  /** Identity of the scraped record that this comes from: topic/partition/offset@timestamp. */
  readonly origin: string;
  /** Broker's time of the record, milliseconds since 1970. */
  readonly timestampMs: number;
}

export interface BatchContext {
  /** Aborted when the result is no longer wanted: the partition moved, or the process stops. */
  readonly signal: AbortSignal;
  /** To be called whenever an article of the batch is done: a long batch is not a hang. */
  readonly progress?: () => void;
}

/**
 * Handles a batch in the order of the partition; one result for each delivery, in their order. Never throws: what goes
 * wrong is in the results.
 */
export type BatchHandler<Input, Output> = (
  batch: readonly Delivery<Input>[],
  context: BatchContext,
) => Promise<Settled<Output>[]>;

/** A stage of the pipeline, as its service's module provides it. */
export interface Stage<Input, Output> {
  readonly name: StageName;
  /**
   * Most messages of a chunk, where handling one takes long: a chunk in hand is finished before a process stops or a
   * partition moves, and what of it could not be finished is done again.
   */
  readonly chunkMessages?: number;
  /** How the input is read, where it isn't by its topic's contract alone. */
  readonly contract?: Contract<Input>;
  readonly handle: BatchHandler<Input, Output>;
  /**
   * Called with the deliveries that were passed on or dropped, after their outputs and receipts are acknowledged and
   * before their offsets are committed.
   * @throws Outage: the deliveries are then handled again
   */
  readonly confirm?: (deliveries: readonly Delivery<Input>[]) => Promise<void>;
}

/** A stage with what it holds on to. */
export interface AssembledStage<Input, Output> {
  readonly stage: Stage<Input, Output>;
  readonly dependencies: readonly Dependency[];
  readonly close: () => Promise<void>;
}

/** Something a service can't do without; part of its readiness. */
export interface Dependency {
  /** Such as `redis`. */
  readonly name: string;
  /** Resolves when it answers. */
  readonly check: () => Promise<void>;
}
