import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Contender } from './contenders.ts';
import type { ContenderReport, Job, Latency, Throughput } from './job.ts';
import type { PacedJob } from './paced-producer.ts';

export interface ProcessOptions {
  readonly signal: AbortSignal;
  /** The process is ended when it has not measured within so many milliseconds. */
  readonly timeoutMs: number;
  /** Directory for a CPU profile of the process, where one is wanted. */
  readonly profileDirectory?: string | undefined;
}

/**
 * Runs a contender in a process of its own: what one does to kafkajs does not reach the other.
 *
 * @param onRunning called when it consumes
 * @throws Error where it ends without a measurement
 */
export async function runContenderProcess(
  contender: Contender,
  job: Job,
  onRunning: () => Promise<void>,
  options: ProcessOptions,
): Promise<Throughput | Latency> {
  const profiling =
    options.profileDirectory === undefined
      ? []
      : ['--cpu-prof', `--cpu-prof-dir=${options.profileDirectory}`, '--cpu-prof-interval=500'];
  const child = start(contender.program, job, profiling, options);
  let result: Throughput | Latency | undefined;
  const running = Promise.withResolvers<void>();
  child.on('message', (report: ContenderReport) => {
    if (report.kind === 'running') running.resolve();
    else result = report.result;
  });
  const ended = exitOf(child, contender.name);
  await Promise.all([ended, Promise.race([running.promise, ended]).then(onRunning)]);
  if (result === undefined) throw new Error(`${contender.name} ended without a measurement`);
  return result;
}

/** Runs the process that sends at a steady rate, to its end. */
export function runPacedProducer(job: PacedJob, options: ProcessOptions): Promise<void> {
  return exitOf(start('paced-producer.ts', job, [], options), 'the producer');
}

function start(
  program: string,
  job: object,
  execArgv: readonly string[],
  options: ProcessOptions,
): ChildProcess {
  options.signal.throwIfAborted();
  return fork(join(import.meta.dirname, program), [JSON.stringify(job)], {
    execArgv: ['--disable-warning=ExperimentalWarning', ...execArgv],
    stdio: ['ignore', 2, 2, 'ipc'],
    signal: AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]),
    killSignal: 'SIGKILL',
  });
}

function exitOf(child: ChildProcess, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`${name}: ${error.message}`, { cause: error })));
    child.on('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${name} ended with ${code ?? signal}`));
    });
  });
}
