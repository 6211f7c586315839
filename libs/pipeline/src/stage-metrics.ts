import type { RejectReason } from '@wirefold/contracts';
import type { Drop } from './stage-result.ts';

/** What became of a message in a stage: the label of its one outcome metric. */
export type Handled = 'passed' | 'indexed' | Drop['outcome'] | 'redelivered' | 'rejected';

/** What a stage measures. */
export interface StageMetrics {
  /** Counts messages whose outcome is settled and published. */
  readonly handled: (result: Handled, count: number, reason?: RejectReason) => void;
  /** One chunk of messages: how many, and the seconds from being read to being acknowledged. */
  readonly chunk: (messages: number, seconds: number) => void;
  /** Messages of a partition that are not yet handled. */
  readonly lag: (partition: number, messages: number) => void;
  /** Partitions that wait for a dependency, by its name. */
  readonly outage: (dependency: string, partitions: number) => void;
  readonly consumerRestarted: () => void;
}
