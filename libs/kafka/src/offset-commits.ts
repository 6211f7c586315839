import type { Clock, Log } from '@wirefold/pipeline';
import type { OffsetsByTopicPartition } from 'kafkajs';

/** Commits offsets of the group generation that is current at the moment of the call. */
export type Commit = (offsets: OffsetsByTopicPartition) => Promise<void>;

/**
 * Offsets that are done and not yet committed. Committing each batch would cost a round trip; they are committed
 * together every so often.
 */
export class OffsetCommits {
  readonly #topic: string;
  readonly #log: Log;
  readonly #clock: Pick<Clock, 'nowMs'>;
  #refusedSinceMs: number | undefined;
  #pending = new Map<number, string>();
  #commit: Commit | undefined;
  #running: Promise<void> | undefined;

  constructor(topic: string, log: Log, clock: Pick<Clock, 'nowMs'>) {
    this.#topic = topic;
    this.#log = log;
    this.#clock = clock;
  }

  /** For how long now, in milliseconds, no commit was taken although there was something to commit. */
  refusedForMs(): number {
    return this.#refusedSinceMs === undefined ? 0 : this.#clock.nowMs() - this.#refusedSinceMs;
  }

  /** To be called while the brokers are away: that they take nothing is no fault of the group's. */
  excuse(): void {
    this.#refusedSinceMs = undefined;
  }

  /** Notes that a partition is done up to an offset, and how to commit it. */
  done(partition: number, lastOffset: string, commit: Commit): void {
    this.#pending.set(partition, String(BigInt(lastOffset) + 1n));
    this.#commit = commit;
  }

  /**
   * Forgets all: after a rebalance the partitions may be another's, and committing our older offsets would take its
   * progress back.
   */
  forget(): void {
    this.#pending = new Map();
    this.#commit = undefined;
    this.#refusedSinceMs = undefined;
  }

  /** Commits what is pending. What could not be committed stays pending: at worst it is handled again. */
  async flush(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
    const commit = this.#commit;
    if (this.#pending.size === 0 || commit === undefined) return;
    // A copy: what is done while the request is on its way is not committed by it.
    const sent = new Map(this.#pending);
    const partitions = [...sent].map(([partition, offset]) => ({ partition, offset }));
    this.#running = commit({ topics: [{ topic: this.#topic, partitions }] })
      .then(
        () => {
          this.#refusedSinceMs = undefined;
          for (const [partition, offset] of sent) {
            if (this.#pending.get(partition) === offset) this.#pending.delete(partition);
          }
        },
        (error: unknown) => {
          this.#refusedSinceMs ??= this.#clock.nowMs();
          this.#log.debug({ err: error }, 'offsets were not committed; trying again');
        },
      )
      .finally(() => {
        this.#running = undefined;
      });
    await this.#running;
  }
}
