/** Work of a contender's process, handed over as JSON on its command line. */
export interface Job {
  readonly brokers: readonly string[];
  readonly groupId: string;
  readonly inputTopic: string;
  readonly outputTopic: string;
  /** Messages that are measured. */
  readonly messages: number;
  /** Messages before those. */
  readonly warmUpMessages: number;
  readonly measure: 'throughput' | 'latency';
  readonly settings: ContenderSettings;
}

export interface ContenderSettings {
  /** Partitions that are worked on at once; absent: the default of what is measured. */
  readonly concurrency?: number;
  readonly compression?: 'none' | 'zstd';
  /** Stage whose topics Wirefold's hop uses. */
  readonly stage?: 'clean' | 'enrich';
}

export interface Throughput {
  readonly measure: 'throughput';
  readonly messages: number;
  readonly seconds: number;
  /** User and system time of the whole process, its threads included. */
  readonly cpuSeconds: number;
  readonly rssBytes: number;
}

export interface Latency {
  readonly measure: 'latency';
  /** From being handed to the producer before the hop to the acknowledgement of the hop's output. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
  readonly messages: number;
}

/** What a contender's process says to its parent. */
export type ContenderReport =
  | { readonly kind: 'running' }
  | { readonly kind: 'measured'; readonly result: Throughput | Latency };
