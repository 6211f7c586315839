import { setTimeout as sleep } from 'node:timers/promises';
import { createPublisher } from '@wirefold/cli';
import type { Outcome } from '@wirefold/contracts';
import type { RunningPipeline } from '../pipeline/running-pipeline.ts';
import { progress } from '../shared/terminal.ts';
import { memoryTrend, sampleMemory, type MemorySample, type MemoryTrend } from './memory-samples.ts';
import { mixedMessages } from './mixed-messages.ts';
import { openLedger } from './outcome-ledger.ts';

export interface SoakOptions {
  readonly pipeline: RunningPipeline;
  readonly minutes: number;
  readonly warmUpMinutes: number;
  /** Messages a second. */
  readonly rate: number;
  readonly htmlPercent: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface SoakResult {
  readonly published: number;
  readonly settled: number;
  readonly repeatedReceipts: number;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** Messages that were published and had no outcome yet, at the end of the load. */
  readonly backlogAtEnd: number;
  readonly trends: readonly MemoryTrend[];
  readonly samples: Readonly<Record<string, readonly MemorySample[]>>;
}

const SAMPLE_MS = 10_000;
/** A service that gave no sample so often is gone. */
const SILENT_SAMPLES = 6;
const SAY_MS = 60_000;
const TICK_MS = 100;
const MOST_AT_ONCE = 1000;
const WINDOW_MINUTES = 5;
const MINUTE_MS = 60_000;

/** Publishes at a steady rate while it watches memory, then waits for what is on the way. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { pipeline, rate, htmlPercent, signal } = options;
  const message = mixedMessages(Date.now(), `soak-${Date.now()}`, htmlPercent);
  const ledger = await openLedger(pipeline.kafka);
  const publisher = await createPublisher(pipeline.kafka, 'zstd');
  const memory = watchMemory(pipeline);
  const startMs = Date.now();
  const endMs = startMs + options.minutes * MINUTE_MS;
  let published = 0;
  try {
    for (let saidMs = startMs; Date.now() < endMs; ) {
      signal.throwIfAborted();
      ledger.check();
      memory.check();
      const due = Math.floor(((Date.now() - startMs) / 1000) * rate) - published;
      const messages = Array.from({ length: Math.min(due, MOST_AT_ONCE) }, message);
      await publisher.publish(messages);
      published += messages.length;
      if (Date.now() - saidMs >= SAY_MS) {
        saidMs += SAY_MS;
        progress(
          `${Math.round((saidMs - startMs) / MINUTE_MS)} min: ${published} published, ${published - ledger.settled()} on the way; RSS MiB: ${memory.lastLine()}`,
        );
      }
      await sleep(TICK_MS);
    }
    memory.stop();
    const backlogAtEnd = published - ledger.settled();
    progress(`waiting for ${backlogAtEnd} messages`);
    const deadlineMs = Date.now() + options.timeoutMs;
    while (ledger.settled() < published && Date.now() < deadlineMs) {
      signal.throwIfAborted();
      ledger.check();
      await sleep(TICK_MS);
    }
    const warmUpEndMs = startMs + options.warmUpMinutes * MINUTE_MS;
    const windowMs = Math.min(WINDOW_MINUTES * MINUTE_MS, (endMs - warmUpEndMs) / 2);
    return {
      published,
      settled: ledger.settled(),
      repeatedReceipts: ledger.repeated(),
      outcomes: ledger.outcomes(),
      backlogAtEnd,
      trends: [...memory.samples].map(([service, samples]) =>
        memoryTrend(service, samples, { warmUpEndMs, endMs, windowMs }),
      ),
      samples: Object.fromEntries(memory.samples),
    };
  } finally {
    memory.stop();
    await Promise.all([publisher.close(), ledger.close()]);
  }
}

/** A few numbers every ten seconds: some megabytes a day. */
function watchMemory({ services }: RunningPipeline) {
  const samples = new Map<string, MemorySample[]>([...services.keys()].map((name) => [name, []]));
  const silent = new Map<string, number>();
  const look = async (name: string, url: string) => {
    try {
      samples.get(name)?.push(await sampleMemory(url));
      silent.delete(name);
    } catch {
      silent.set(name, (silent.get(name) ?? 0) + 1);
    }
  };
  const timer = setInterval(() => {
    for (const [name, { url }] of services) void look(name, url);
  }, SAMPLE_MS);
  return {
    samples: samples as ReadonlyMap<string, readonly MemorySample[]>,
    lastLine: () =>
      [...samples].map(([name, all]) => `${name} ${all.at(-1)?.rssMiB.toFixed(0) ?? '?'}`).join(', '),
    /** @throws Error where a service does not answer any more; a busy machine may let one sample fail */
    check: () => {
      for (const [name, times] of silent)
        if (times >= SILENT_SAMPLES) throw new Error(`${name} did not answer ${times} times in a row`);
    },
    stop: () => clearInterval(timer),
  };
}
