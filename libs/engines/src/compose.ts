import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from './addresses.ts';
import type { Finding } from './choose-engines.ts';
import { type EngineAddresses, type EngineName, EngineStartFailed } from './engine.ts';
import { findFreePort } from './ports.ts';

const run = promisify(execFile);
const ANSWER_LIMIT_MS = 3_000;
const START_LIMIT_MS = 15 * 60_000;
const STOP_LIMIT_MS = 120_000;

/** Whether docker compose can be used: a daemon answers, compose v2 is there, and so is the compose file. */
export async function findDocker(root: string, environment: Environment): Promise<Finding> {
  const docker = (...commandLine: string[]) =>
    run('docker', commandLine, { timeout: ANSWER_LIMIT_MS, env: { ...environment } });
  try {
    await docker('info', '--format', '{{.ServerVersion}}');
  } catch (error) {
    const { code, killed } = error as NodeJS.ErrnoException & { killed?: boolean };
    if (code === 'ENOENT') return { usable: false, detail: 'there is no docker command' };
    return {
      usable: false,
      detail: killed
        ? `no Docker daemon answered within ${ANSWER_LIMIT_MS / 1000} s`
        : 'no Docker daemon answers',
    };
  }
  const version = await docker('compose', 'version', '--short').catch(() => undefined);
  if (version === undefined)
    return { usable: false, detail: 'a Docker daemon answers, but docker compose v2 is missing' };
  try {
    await access(join(root, 'docker-compose.yml'));
  } catch {
    return {
      usable: false,
      detail: `a Docker daemon answers, but ${join(root, 'docker-compose.yml')} is missing`,
    };
  }
  return { usable: true, detail: `docker compose ${version.stdout.trim()}` };
}

/** A name that compose takes for a project: lower case letters, digits, dashes and underscores. */
export function projectName(directory: string): string {
  const name = basename(directory)
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replaceAll(/^[-_]+|[-_]+$/g, '');
  return name === '' ? 'wirefold' : `wirefold-${name}`;
}

export interface ComposeOptions {
  root: string;
  directory: string;
  services: readonly EngineName[];
  environment: Environment;
  keepData: boolean;
  signal?: AbortSignal | undefined;
}

/**
 * Starts engines by docker compose, on free ports of the loopback interface, and waits for their health checks.
 * @throws EngineStartFailed with what compose said.
 */
export async function startCompose(
  options: ComposeOptions,
): Promise<{ addresses: Partial<EngineAddresses>; stop: () => Promise<void> }> {
  const { root, directory, services, environment, keepData, signal } = options;
  const ports: Record<EngineName, number> = {
    kafka: await findFreePort(),
    elasticsearch: await findFreePort(),
    redis: await findFreePort(),
  };
  const env = {
    ...environment,
    WIREFOLD_KAFKA_PORT: String(ports.kafka),
    WIREFOLD_ELASTICSEARCH_PORT: String(ports.elasticsearch),
    WIREFOLD_REDIS_PORT: String(ports.redis),
  };
  const compose = (timeout: number, abort: AbortSignal | undefined, ...commandLine: string[]) =>
    run(
      'docker',
      ['compose', '-f', join(root, 'docker-compose.yml'), '-p', projectName(directory), ...commandLine],
      { cwd: root, env, timeout, maxBuffer: 64 * 1024 * 1024, ...(abort && { signal: abort }) },
    );
  const stop = async () => {
    const commandLine = keepData ? ['stop'] : ['down', '--volumes', '--remove-orphans'];
    await compose(STOP_LIMIT_MS, undefined, ...commandLine);
  };

  try {
    await compose(START_LIMIT_MS, signal, 'up', '--detach', '--wait', ...services);
  } catch (error) {
    await stop().catch(() => undefined);
    signal?.throwIfAborted();
    const said = ((error as { stderr?: string }).stderr ?? '').trim().split('\n').slice(-25).join('\n');
    throw new EngineStartFailed(
      'engines',
      `docker compose could not start ${services.join(', ')}:\n${said}`,
      {
        cause: error,
      },
    );
  }
  const addresses: Partial<EngineAddresses> = {};
  if (services.includes('kafka')) addresses.kafkaBrokers = [`127.0.0.1:${ports.kafka}`];
  if (services.includes('elasticsearch'))
    addresses.elasticsearchUrl = `http://127.0.0.1:${ports.elasticsearch}`;
  if (services.includes('redis')) addresses.redisUrl = `redis://127.0.0.1:${ports.redis}`;
  return { addresses, stop };
}
