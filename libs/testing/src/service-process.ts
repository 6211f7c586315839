import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { StageName } from '@wirefold/contracts';
import { repositoryRoot } from './test-engines.ts';

/** A service as a process of its own, the way operations runs it. */
export interface ServiceProcess {
  readonly pid: number;
  /** Where its probes and metrics are. */
  readonly url: string;
  /** What it wrote so far, to both of its outputs. */
  readonly output: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Its exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
}

/**
 * Starts a built service and waits until it runs.
 *
 * @throws Error with its output where it ends before
 */
export async function startServiceProcess(
  name: StageName,
  environment: Record<string, string>,
): Promise<ServiceProcess> {
  let output = '';
  const child = fork(join(repositoryRoot, 'services', name, 'dist/main.js'), {
    env: { PATH: process.env['PATH'], HTTP_PORT: '0', HTTP_HOST: '127.0.0.1', ...environment },
    execArgv: [],
    silent: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  }
  const exited = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? signal ?? 1));
  });
  const ready = new Promise<string>((resolve) => {
    child.on('message', (message: { ready?: string }) => {
      if (message.ready !== undefined) resolve(message.ready);
    });
  });
  const url = await Promise.race([
    ready,
    exited.then((code) => {
      throw new Error(`${name} ended with ${code} before it ran:\n${output}`);
    }),
  ]);
  return {
    pid: child.pid as number,
    url,
    output: () => output,
    kill: (signal) => child.kill(signal),
    exited,
  };
}
