import { execFile, fork } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { StageName } from '@wirefold/contracts';
import { processSettings } from '@wirefold/pipeline';
import { repositoryRoot } from './test-engines.ts';

/** A service as a process of its own, the way operations runs it; it may still be starting. */
export interface LaunchedService {
  readonly pid: number;
  /** Where its probes and metrics are, as soon as it runs; rejects with its output where it ends before. */
  readonly ready: Promise<string>;
  /** What it wrote so far, to both of its outputs. */
  readonly output: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Its exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
}

/** A service that runs. */
export interface ServiceProcess extends Omit<LaunchedService, 'ready'> {
  readonly url: string;
}

/** Builds services with what they stand on; takes a moment where nothing has changed. */
export async function buildServices(names: readonly StageName[]): Promise<void> {
  const projects = names.map((name) => join('services', name));
  const compiler = join(repositoryRoot, 'node_modules/.bin/tsc');
  try {
    await promisify(execFile)(compiler, ['-b', ...projects], { cwd: repositoryRoot });
  } catch (error) {
    throw new Error(`${projects.join(', ')} can't be built:\n${(error as { stdout?: string }).stdout}`, {
      cause: error,
    });
  }
}

/** Starts a built service and waits for nothing. */
export function launchService(
  name: StageName,
  environment: Readonly<Record<string, string>>,
  commandLine: readonly string[] = [],
): LaunchedService {
  let output = '';
  const child = fork(join(repositoryRoot, 'services', name, 'dist/main.js'), commandLine, {
    env: {
      PATH: process.env['PATH'],
      HTTP_PORT: '0',
      HTTP_HOST: '127.0.0.1',
      ...processSettings,
      ...environment,
    },
    execArgv: [],
    silent: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  }
  // Not on `exit`: what it wrote last is read only then.
  const exited = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal ?? 1));
  });
  const ready = new Promise<string>((resolve, reject) => {
    child.on('message', (message: { ready?: string }) => {
      if (message.ready !== undefined) resolve(message.ready);
    });
    void exited.then((code) => reject(new Error(`${name} ended with ${code} before it ran:\n${output}`)));
  });
  ready.catch(() => undefined);
  return {
    pid: child.pid as number,
    ready,
    output: () => output,
    kill: (signal) => child.kill(signal),
    exited,
  };
}

/**
 * Starts a built service and waits until it runs.
 *
 * @throws Error with its output where it ends before
 */
export async function startServiceProcess(
  name: StageName,
  environment: Readonly<Record<string, string>>,
): Promise<ServiceProcess> {
  const { ready, ...launched } = launchService(name, environment);
  return { ...launched, url: await ready };
}
