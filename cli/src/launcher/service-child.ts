import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { StageName } from '@wirefold/contracts';
import { processSettings } from '@wirefold/pipeline';

export interface ServiceChildOptions {
  readonly name: StageName;
  readonly root: string;
  readonly logFile: string;
  readonly environment: Record<string, string>;
  readonly onChange: () => void;
}

const RESTART_MS = 1000;
const STOP_MS = 20_000;

/**
 * A service as a child process. When it ends by itself it is started again, as an orchestrator would; it ends with the
 * launcher, by the channel between them, however that ends.
 */
export class ServiceChild {
  readonly name: StageName;
  readonly #options: ServiceChildOptions;
  #process: ChildProcess | undefined;
  #url: string | undefined;
  #restarts = 0;
  #stopping = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ServiceChildOptions) {
    this.name = options.name;
    this.#options = options;
  }

  /** Address of its probes and metrics, while it runs. */
  get url(): string | undefined {
    return this.#url;
  }

  get restarts(): number {
    return this.#restarts;
  }

  start(): void {
    const { name, root, logFile, environment, onChange } = this.#options;
    const log = openSync(logFile, 'a');
    const child = fork(join(root, 'services', name, 'dist/main.js'), {
      env: { ...processSettings, ...environment, HTTP_HOST: '127.0.0.1', HTTP_PORT: '0' },
      execArgv: [],
      stdio: ['ignore', log, log, 'ipc'],
      // A Ctrl-C in the terminal is for the launcher, which stops the services in order.
      detached: true,
    });
    closeSync(log);
    this.#process = child;
    child.on('message', (message: { ready?: string }) => {
      this.#url = message.ready;
      onChange();
    });
    child.on('exit', () => {
      this.#url = undefined;
      this.#process = undefined;
      onChange();
      if (this.#stopping) return;
      this.#restarts += 1;
      this.#timer = setTimeout(() => this.start(), RESTART_MS);
    });
  }

  /** Stops it cleanly; by force where it does not end in time. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    const child = this.#process;
    if (child === undefined) return;
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
    });
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(force);
  }
}
