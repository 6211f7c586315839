import type { Log, Outage, StageMetrics } from '@wirefold/pipeline';

export interface PartitionWaitsOptions {
  readonly topic: string;
  /** Longest pause of a partition, in milliseconds. */
  readonly maxBackoffMs: number;
  readonly pause: (partitions: number[]) => void;
  readonly resume: (partitions: number[]) => void;
  readonly metrics: Pick<StageMetrics, 'outage'>;
  readonly log: Log;
}

interface Wait {
  readonly attempt: number;
  readonly outage: Outage;
  /** Runs while the partition is paused; undefined from its next attempt on. */
  readonly timer: NodeJS.Timeout | undefined;
}

const FIRST_BACKOFF_MS = 250;

/** Partitions that wait for a dependency: each is paused for a while that grows with every failure. */
export class PartitionWaits {
  readonly #options: PartitionWaitsOptions;
  readonly #waits = new Map<number, Wait>();
  /** Dependencies that were ever down: their gauge goes back to zero. */
  readonly #reported = new Set<string>();

  constructor(options: PartitionWaitsOptions) {
    this.#options = options;
  }

  /** Pauses a partition; after a while the same message is tried again. */
  wait(partition: number, outage: Outage): void {
    const { topic, maxBackoffMs, pause, resume, log } = this.#options;
    const attempt = (this.#waits.get(partition)?.attempt ?? 0) + 1;
    const pauseMs = Math.min(maxBackoffMs, FIRST_BACKOFF_MS * 2 ** Math.min(attempt - 1, 16));
    log.warn(
      { topic, partition, dependency: outage.dependency, code: outage.code, attempt, pauseMs, err: outage },
      'a dependency is down: the partition waits',
    );
    pause([partition]);
    const timer = setTimeout(() => {
      this.#waits.set(partition, { attempt, outage, timer: undefined });
      resume([partition]);
    }, pauseMs);
    this.#waits.set(partition, { attempt, outage, timer });
    this.#report();
  }

  /** A message of the partition was handled: its dependency is back. */
  over(partition: number): void {
    this.#waits.delete(partition);
    this.#report();
  }

  /** Forgets all: the partitions may be another's now. */
  forget(): void {
    this.stop();
    if (this.#waits.size > 0) this.#options.resume([...this.#waits.keys()]);
    this.#waits.clear();
    this.#report();
  }

  /** Resumes nothing any more. */
  stop(): void {
    for (const { timer } of this.#waits.values()) clearTimeout(timer);
  }

  isPaused(partition: number): boolean {
    return this.#waits.get(partition)?.timer !== undefined;
  }

  /** Why the first of them waits; undefined where none does. */
  outage(): Outage | undefined {
    return [...this.#waits.values()][0]?.outage;
  }

  #report(): void {
    const counts = new Map([...this.#reported].map((dependency) => [dependency, 0]));
    for (const { outage } of this.#waits.values())
      counts.set(outage.dependency, (counts.get(outage.dependency) ?? 0) + 1);
    for (const [dependency, partitions] of counts) {
      this.#options.metrics.outage(dependency, partitions);
      this.#reported.add(dependency);
    }
  }
}
