import type { KafkaMessage } from 'kafkajs';
import type { PlannedRecord } from './plan.ts';

/**
 * Records of a partition whose outputs are on the broker and which the stage could not confirm yet (Redis is read-only, say).
 * They come again with the next attempt: then only their confirmation is missing, and publishing them once more with each
 * attempt would fill the next topic for as long as the outage lasts.
 *
 * What was begun before a rebalance may be kept here, too: where the partition comes back at the same offset, nobody else
 * has finished it, and confirming is idempotent.
 */
export class Unconfirmed {
  readonly #byPartition = new Map<number, readonly PlannedRecord[]>();

  keep(partition: number, published: readonly PlannedRecord[]): void {
    if (published.length > 0) this.#byPartition.set(partition, published);
  }

  /** Takes out the records that a chunk begins with; those behind the chunk stay. A chunk that begins elsewhere ends it all. */
  take(partition: number, messages: readonly KafkaMessage[]): readonly PlannedRecord[] {
    const published = this.#byPartition.get(partition) ?? [];
    this.#byPartition.delete(partition);
    if (!isSame(published[0]?.record.message, messages[0])) return [];
    this.keep(partition, published.slice(messages.length));
    return published.slice(0, messages.length);
  }
}

/** The time tells a record of a topic that was made anew, whose offsets begin at 0 again. */
const isSame = (one: KafkaMessage | undefined, other: KafkaMessage | undefined): boolean =>
  one !== undefined && one.offset === other?.offset && one.timestamp === other.timestamp;
