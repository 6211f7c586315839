import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EngineStartFailed, type EngineEvent, type EngineProcess } from './engine.ts';
import type { EngineContext, EngineDefinition, LaunchCommand } from './engine-definition.ts';
import { logExcerpt, logLength, logSince } from './log-tail.ts';
import { findFreePort, isFree } from './ports.ts';
import { processIdentity } from './process-identity.ts';
import { startSupervised, type SupervisedProcess } from './supervised-process.ts';

const PROBE_EVERY_MS = 50;
const REPORT_EVERY_MS = 2_000;
const START_LIMIT_MS = 180_000;
const GRACE_S = 10;
const BIND_ATTEMPTS = 4;
const BIND_FAILURE = /address (?:is )?already in use|failed to bind|BindException/i;

export type Report = (phase: EngineEvent['phase'], message: string) => void;

/** A running embedded engine. */
export interface EmbeddedEngine extends EngineProcess {
  readonly port: number;
  stop(): Promise<void>;
}

export interface EmbeddedEngineOptions extends Omit<EngineContext, 'ports' | 'dataDirectory'> {
  definition: EngineDefinition;
  report: Report;
  signal?: AbortSignal | undefined;
  /** Of a node that others must know before it starts; else those of the last time, or free ones. */
  ports?: readonly number[];
}

/**
 * Starts one engine as a child process and waits until it answers.
 * @throws EngineStartFailed with the end of its log; the signal's reason when aborted. Nothing runs then.
 */
export async function startEmbeddedEngine(options: EmbeddedEngineOptions): Promise<EmbeddedEngine> {
  const { definition, directory, report, signal, keepData } = options;
  const dataDirectory = join(directory, 'data');
  const logFile = join(directory, `${definition.name}.log`);
  const identityFile = join(directory, 'process');
  const portsFile = join(directory, 'ports.json');

  await mkdir(directory, { recursive: true });
  await killLeftover(identityFile, report);
  if (!keepData) await rm(dataDirectory, { recursive: true, force: true });
  await mkdir(dataDirectory, { recursive: true });
  await rename(logFile, join(directory, `${definition.name}.previous.log`)).catch(() => undefined);

  let context: EngineContext = {
    ...options,
    dataDirectory,
    ports: options.ports ?? (await formerPorts(portsFile, definition.portCount)),
  };
  // Where the log of the present start begins.
  let loggedBefore = 0;
  let isStarted = false;
  let stopped: Promise<void> | undefined;
  let restarting: Promise<void> | undefined;
  let current: SupervisedProcess | undefined;
  for (let attempt = 1; current === undefined; attempt++) {
    try {
      current = await launch(context);
    } catch (error) {
      const log = await logSince(logFile, loggedBefore);
      const portTaken = error instanceof EngineStartFailed && BIND_FAILURE.test(log);
      if (!portTaken || options.ports !== undefined || attempt === BIND_ATTEMPTS) throw error;
      report('starting', 'its port was taken by another process: trying others');
      context = { ...context, ports: await freePorts(definition.portCount) };
    }
  }
  isStarted = true;
  await writeFile(portsFile, JSON.stringify(context.ports));

  return {
    get pid() {
      return current?.pid ?? 0;
    },
    port: context.ports[0] as number,
    logFile,
    kill: (name) => current?.kill(name),
    restart() {
      restarting ??= restart().finally(() => {
        restarting = undefined;
      });
      return restarting;
    },
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };

  async function restart(): Promise<void> {
    if (stopped)
      throw new EngineStartFailed(definition.name, `${definition.name} was stopped: start it anew`);
    report('restarting', 'stopping it');
    await current?.stop();
    current = await launch(context);
  }

  async function stop(): Promise<void> {
    await restarting?.catch(() => undefined);
    // Data that are thrown away need no orderly end.
    if (!keepData) current?.kill('SIGKILL');
    await current?.stop();
    await rm(identityFile, { force: true });
    if (!keepData) await rm(dataDirectory, { recursive: true, force: true });
    report('stopped', 'stopped');
  }

  async function launch(on: EngineContext): Promise<SupervisedProcess> {
    loggedBefore = await logLength(logFile);
    await definition.configure(on);
    const format = await definition.format?.(on);
    if (format) await runOnce(format);
    report('starting', 'starting');
    const process = await supervise(await definition.launch(on), GRACE_S);
    await writeFile(identityFile, (await processIdentity(process.pid)) ?? '');
    try {
      await untilReady(process, on.ports[0] as number);
    } catch (error) {
      process.kill('SIGKILL');
      await process.stop();
      throw error;
    }
    report('ready', `ready on port ${on.ports[0]}`);
    void process.exited.then((code) => {
      if (process === current && !stopped && !restarting)
        report('exited', `it ended by itself (exit code ${code}): see ${logFile}`);
    });
    return process;
  }

  async function runOnce(command: LaunchCommand): Promise<void> {
    const code = await alive((await supervise(command, 1)).exited);
    if (code !== 0) throw await failure(`formatting its data failed with exit code ${code}`);
  }

  function supervise(command: LaunchCommand, graceS: number): Promise<SupervisedProcess> {
    if (!isStarted) signal?.throwIfAborted();
    return startSupervised({
      ...command,
      environment: options.environment,
      workingDirectory: directory,
      logFile,
      graceS,
    });
  }

  async function untilReady(process: SupervisedProcess, port: number): Promise<void> {
    const begun = performance.now();
    let reportAt = REPORT_EVERY_MS;
    let last = 'it does not listen';
    for (;;) {
      if (!isStarted) signal?.throwIfAborted();
      if (process.exitCode !== undefined) throw await failure(`it ended with exit code ${process.exitCode}`);
      try {
        await definition.probe(port);
        // Something else may listen on the port while the engine is about to fail on it.
        if (process.exitCode === undefined) return;
      } catch (error) {
        last = (error as Error).message || String((error as NodeJS.ErrnoException).code);
      }
      const elapsedMs = performance.now() - begun;
      if (elapsedMs > START_LIMIT_MS)
        throw await failure(`not ready after ${START_LIMIT_MS / 1000} s: ${last}`);
      if (elapsedMs > reportAt) {
        report('waiting', `waiting for it: ${last}`);
        reportAt += REPORT_EVERY_MS;
      }
      await delay(PROBE_EVERY_MS);
    }
  }

  async function failure(what: string): Promise<EngineStartFailed> {
    const log = logExcerpt(await logSince(logFile, loggedBefore));
    return new EngineStartFailed(
      definition.name,
      `The embedded ${definition.name} did not start: ${what}.\nFrom ${logFile}:\n${log}`,
    );
  }
}

/** Supervised processes do not keep this one alive: a timer does, while one is waited for. */
async function alive<T>(promise: Promise<T>): Promise<T> {
  const timer = setInterval(() => undefined, 1_000);
  return promise.finally(() => clearInterval(timer));
}

/** The ports of the last time, so that addresses stay the same, else free ones. */
async function formerPorts(file: string, count: number): Promise<number[]> {
  const former: unknown = JSON.parse(await readFile(file, 'utf8').catch(() => '[]'));
  const ports = Array.isArray(former) ? former.filter((port): port is number => Number.isInteger(port)) : [];
  if (ports.length !== count) return freePorts(count);
  const free = await Promise.all(ports.map((port) => isFree(port)));
  return free.every(Boolean) ? ports : freePorts(count);
}

function freePorts(count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, findFreePort));
}

/** Ends an engine that outlived both its launcher and its supervisor: it would hold the data's lock. */
async function killLeftover(identityFile: string, report: Report): Promise<void> {
  const identity = await readFile(identityFile, 'utf8').catch(() => '');
  const pid = Number.parseInt(identity, 10);
  if (!(pid > 0) || (await processIdentity(pid)) !== identity) return;
  report('starting', `ending process ${pid}, left over from a launcher that was killed`);
  process.kill(pid, 'SIGKILL');
  while ((await processIdentity(pid)) === identity) await delay(PROBE_EVERY_MS);
}
