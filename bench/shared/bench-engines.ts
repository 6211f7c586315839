import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startEngines, type EngineName, type Engines } from '@wirefold/engines';
import { progress } from './terminal.ts';

/** The repository's root. */
export const repositoryRoot = join(import.meta.dirname, '../..');

/**
 * Embedded engines of this run alone, whatever the environment names: a benchmark deletes topics and fills disks.
 * They end with this process however it ends.
 */
export async function startBenchEngines(
  name: string,
  services: readonly EngineName[],
  signal: AbortSignal,
): Promise<Engines> {
  const directory = join(repositoryRoot, '.local/bench', `${name}-${process.pid}`);
  const addresses = new Set(['KAFKA_BROKERS', 'ELASTICSEARCH_URL', 'REDIS_URL']);
  const environment = Object.fromEntries(Object.entries(process.env).filter(([key]) => !addresses.has(key)));
  const engines = await startEngines({
    root: repositoryRoot,
    directory,
    environment,
    services,
    only: 'embedded',
    signal,
    onProgress: ({ engine, phase, message, elapsedMs }) =>
      progress(`${(elapsedMs / 1000).toFixed(1)} s  ${engine} ${phase}: ${message}`),
  });
  return {
    ...engines,
    ...(engines.processes === undefined ? {} : { processes: engines.processes }),
    stop: async () => {
      await engines.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
