import type { ProcessUsage } from './process-usage.ts';

/** What is watched: its name, and how to ask for what it used; undefined where that can't be known. */
export interface Watched {
  readonly name: string;
  readonly usage: () => Promise<ProcessUsage | undefined>;
}

export interface Used {
  readonly name: string;
  readonly cpuSeconds: number;
  readonly peakRssMiB: number;
}

const SAMPLE_MS = 500;

/** Watches processes from now on; the function that is returned ends it and says what they used. */
export async function meterUsage(watched: readonly Watched[]): Promise<() => Promise<Used[]>> {
  const before = await Promise.all(watched.map(({ usage }) => usage()));
  const peaks = before.map((usage) => usage?.rssMiB ?? 0);
  const look = async () => {
    const now = await Promise.all(watched.map(({ usage }) => usage()));
    now.forEach((usage, index) => {
      peaks[index] = Math.max(peaks[index] ?? 0, usage?.rssMiB ?? 0);
    });
    return now;
  };
  let failure: unknown;
  const timer = setInterval(() => {
    look().catch((error: unknown) => {
      failure ??= error;
    });
  }, SAMPLE_MS);
  return async () => {
    clearInterval(timer);
    if (failure !== undefined) throw failure;
    const after = await look();
    return watched.flatMap(({ name }, index) => {
      const [first, last] = [before[index], after[index]];
      if (first === undefined || last === undefined) return [];
      return [{ name, cpuSeconds: last.cpuSeconds - first.cpuSeconds, peakRssMiB: peaks[index] ?? 0 }];
    });
  };
}
