import { median } from '../shared/statistics.ts';

/** Memory of a service at one moment. */
export interface MemorySample {
  readonly atMs: number;
  readonly rssMiB: number;
  readonly heapMiB: number;
  readonly externalMiB: number;
}

const MIB = 2 ** 20;

/**
 * Asks a service for its memory.
 *
 * @throws Error where it does not answer or lacks the figures
 */
export async function sampleMemory(url: string): Promise<MemorySample> {
  const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(10_000) });
  const text = await response.text();
  const mebibytes = (name: string): number => {
    const found = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1];
    if (found === undefined) throw new Error(`${url}/metrics has no ${name}`);
    return Number(found) / MIB;
  };
  return {
    atMs: Date.now(),
    rssMiB: mebibytes('process_resident_memory_bytes'),
    heapMiB: mebibytes('nodejs_heap_size_used_bytes'),
    externalMiB: mebibytes('nodejs_external_memory_bytes'),
  };
}

/** How a service's memory developed after the warm-up. */
export interface MemoryTrend {
  readonly service: string;
  readonly firstRssMiB: number;
  readonly lastRssMiB: number;
  readonly growthPercent: number;
  readonly medianRssMiB: number;
  readonly peakRssMiB: number;
  readonly firstHeapMiB: number;
  readonly lastHeapMiB: number;
}

/**
 * Compares the first window after the warm-up with the last one, by their medians.
 *
 * @param samples in order of time
 * @throws RangeError where a window has no samples
 */
export function memoryTrend(
  service: string,
  samples: readonly MemorySample[],
  { warmUpEndMs, endMs, windowMs }: { warmUpEndMs: number; endMs: number; windowMs: number },
): MemoryTrend {
  const steady = samples.filter(({ atMs }) => atMs >= warmUpEndMs && atMs <= endMs);
  const first = steady.filter(({ atMs }) => atMs < warmUpEndMs + windowMs);
  const last = steady.filter(({ atMs }) => atMs > endMs - windowMs);
  const rss = (some: readonly MemorySample[]) => median(some.map(({ rssMiB }) => rssMiB));
  const heap = (some: readonly MemorySample[]) => median(some.map(({ heapMiB }) => heapMiB));
  const [firstRssMiB, lastRssMiB] = [rss(first), rss(last)];
  return {
    service,
    firstRssMiB,
    lastRssMiB,
    growthPercent: (lastRssMiB / firstRssMiB - 1) * 100,
    medianRssMiB: rss(steady),
    peakRssMiB: samples.reduce((most, { rssMiB }) => Math.max(most, rssMiB), 0),
    firstHeapMiB: heap(first),
    lastHeapMiB: heap(last),
  };
}
