import type { StageName } from '@wirefold/contracts';
import type { StageMetrics } from '@wirefold/pipeline';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** A registry with the process's own metrics, each labelled with the service. */
export function createRegistry(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** The metrics of a stage, in Prometheus's terms. The names are documented in docs/operations.md. */
export function createStageMetrics(registry: Registry, stage: StageName): StageMetrics {
  const registers = [registry];
  const messages = new Counter({
    name: 'wirefold_messages_total',
    help: 'Messages whose outcome in this stage is settled and published',
    labelNames: ['stage', 'outcome', 'reason'],
    registers,
  });
  const chunkSeconds = new Histogram({
    name: 'wirefold_chunk_seconds',
    help: 'Time from reading a chunk of messages to the acknowledgement of its results',
    labelNames: ['stage'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const chunkMessages = new Histogram({
    name: 'wirefold_chunk_messages',
    help: 'Messages that were handled and acknowledged together',
    labelNames: ['stage'],
    buckets: [1, 2, 5, 10, 25, 50, 100, 250],
    registers,
  });
  const lag = new Gauge({
    name: 'wirefold_consumer_lag_messages',
    help: 'Messages of a partition that are not yet handled',
    labelNames: ['stage', 'partition'],
    registers,
  });
  const waiting = new Gauge({
    name: 'wirefold_outage_partitions',
    help: 'Partitions that wait for a dependency',
    labelNames: ['stage', 'dependency'],
    registers,
  });
  const restarts = new Counter({
    name: 'wirefold_consumer_restarts_total',
    help: 'Times that a crashed consumer was started again',
    labelNames: ['stage'],
    registers,
  });
  restarts.inc({ stage }, 0);
  return {
    handled: (outcome, count, reason) => messages.inc({ stage, outcome, reason: reason ?? '' }, count),
    chunk: (count, seconds) => {
      chunkSeconds.observe({ stage }, seconds);
      chunkMessages.observe({ stage }, count);
    },
    lag: (partition, count) => lag.set({ stage, partition }, count),
    outage: (dependency, partitions) => waiting.set({ stage, dependency }, partitions),
    consumerRestarted: () => restarts.inc({ stage }),
  };
}
