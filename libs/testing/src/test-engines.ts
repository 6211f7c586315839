import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import {
  engineNames,
  startEngines,
  type EngineAddresses,
  type EngineName,
  type Engines,
} from '@wirefold/engines';
import { startContainers } from './containers.ts';

/** Engines for tests, and how to end them. */
export interface TestEngines extends EngineAddresses {
  /** Processes of embedded engines that are this test's own: to be stopped, killed, started again. */
  readonly processes: Engines['processes'];
  readonly stop: () => Promise<void>;
}

/** The repository's root. */
export const repositoryRoot = resolve(import.meta.dirname, '../../..');

const VARIABLES = { kafka: 'KAFKA_BROKERS', elasticsearch: 'ELASTICSEARCH_URL', redis: 'REDIS_URL' } as const;

/**
 * Real engines for a test, by the same order as everywhere: addresses in the environment (`npm test` starts engines once
 * and names them there), else containers where a Docker daemon answers, else the embedded ones.
 */
export async function testEngines(services: readonly EngineName[] = engineNames): Promise<TestEngines> {
  const given = services.every((service) => process.env[VARIABLES[service]]);
  if (given) return startEmbedded(services, process.env);
  if (await dockerAnswers()) return { ...(await startContainers(services)), processes: undefined };
  return ownEngines(services);
}

/** Embedded engines of this test alone, whatever the environment names: for tests that kill them. */
export function ownEngines(services: readonly EngineName[] = engineNames): Promise<TestEngines> {
  const {
    KAFKA_BROKERS: _kafka,
    ELASTICSEARCH_URL: _elasticsearch,
    REDIS_URL: _redis,
    ...environment
  } = process.env;
  return startEmbedded(services, environment, 'embedded');
}

async function startEmbedded(
  services: readonly EngineName[],
  environment: NodeJS.ProcessEnv,
  only?: 'embedded',
): Promise<TestEngines> {
  const local = join(repositoryRoot, '.local');
  await mkdir(local, { recursive: true });
  const directory = await mkdtemp(join(local, 'test-'));
  const engines = await startEngines({
    root: repositoryRoot,
    environment,
    directory,
    services,
    onProgress: () => undefined,
    ...(only === undefined ? {} : { only }),
  });
  return {
    ...engines,
    processes: engines.processes,
    stop: async () => {
      await engines.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function dockerAnswers(): Promise<boolean> {
  try {
    await promisify(execFile)('docker', ['info'], { timeout: 3000 });
    return true;
  } catch {
    return false;
  }
}
