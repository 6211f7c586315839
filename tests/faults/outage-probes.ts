import { eventually, metricsOf, probe } from '@wirefold/testing';

/** Partitions of a service that wait for a dependency, by the metric. */
export async function waitingPartitions(url: string, dependency: string): Promise<number> {
  const samples = [...(await metricsOf(url))];
  const waiting = samples.find(
    ([name]) => name.startsWith('wirefold_outage_partitions{') && name.includes(`dependency="${dependency}"`),
  );
  return waiting?.[1] ?? 0;
}

/** Resolves when readiness names the dependency, with some words in what is wrong. */
export async function untilNotReady(url: string, dependency: string, because: string): Promise<void> {
  await eventually(`not ready: ${because}`, async () => {
    const { status, error } = await probe(url, 'ready');
    return status === 503 && error[dependency]?.message?.includes(because) ? true : undefined;
  });
}
