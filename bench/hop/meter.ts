import { quantile } from '../shared/statistics.ts';
import { monotonicNs, SENT_FIELD } from './hop-messages.ts';
import type { Job, Latency, Throughput } from './job.ts';

/** What a hop tells about its work. */
export interface Meter {
  /** The outputs of these articles are acknowledged by the broker. */
  readonly acknowledged: (articles: readonly object[]) => void;
}

/** Measures a hop from the acknowledgement of the last output of the warm-up to that of the last of all. */
export function createMeter(job: Job, onMeasured: (result: Throughput | Latency) => void): Meter {
  return job.measure === 'throughput' ? throughputMeter(job, onMeasured) : latencyMeter(job, onMeasured);
}

function throughputMeter(job: Job, onMeasured: (result: Throughput) => void): Meter {
  let started: { done: number; atNs: number; cpu: NodeJS.CpuUsage } | undefined;
  let done = 0;
  return {
    acknowledged: (articles) => {
      done += articles.length;
      if (started === undefined) {
        if (done >= job.warmUpMessages) started = { done, atNs: monotonicNs(), cpu: process.cpuUsage() };
        return;
      }
      if (done < job.messages + job.warmUpMessages) return;
      const { user, system } = process.cpuUsage(started.cpu);
      onMeasured({
        measure: 'throughput',
        messages: done - started.done,
        seconds: (monotonicNs() - started.atNs) / 1e9,
        cpuSeconds: (user + system) / 1e6,
        rssBytes: process.memoryUsage.rss(),
      });
    },
  };
}

function latencyMeter(job: Job, onMeasured: (result: Latency) => void): Meter {
  let seen = 0;
  const tookMs: number[] = [];
  return {
    acknowledged: (articles) => {
      const nowNs = monotonicNs();
      for (const article of articles) {
        seen += 1;
        if (seen <= job.warmUpMessages) continue;
        tookMs.push((nowNs - sentNs(article)) / 1e6);
      }
      if (tookMs.length < job.messages) return;
      const messages = tookMs.length;
      const values = tookMs.splice(0);
      onMeasured({
        measure: 'latency',
        p50Ms: quantile(values, 0.5),
        p99Ms: quantile(values, 0.99),
        p999Ms: quantile(values, 0.999),
        maxMs: Math.max(...values),
        messages,
      });
    },
  };
}

function sentNs(article: object): number {
  const sent = (article as Record<string, unknown>)[SENT_FIELD];
  if (typeof sent !== 'number') throw new TypeError(`a message without ${SENT_FIELD}`);
  return sent;
}
