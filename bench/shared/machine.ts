import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** Where and when a result was measured. */
export interface Machine {
  readonly measuredAt: string;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  /** Average of runnable processes over the last minute, before the first round: near 0 on a quiet machine. */
  readonly loadBefore: number;
}

export function describeMachine(): Machine {
  return {
    measuredAt: new Date().toISOString(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    loadBefore: load(),
  };
}

/** Load of the machine over the last minute. */
export const load = (): number => Math.round((loadavg()[0] ?? 0) * 100) / 100;
