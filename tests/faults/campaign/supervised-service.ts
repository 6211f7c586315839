import { setTimeout as sleep } from 'node:timers/promises';
import type { StageName } from '@wirefold/contracts';
import { launchService, type LaunchedService } from '@wirefold/testing';

const RESTART_MS = 300;

/** A service as an orchestrator keeps it: one that ends is started again. */
export class SupervisedService {
  readonly name: StageName;
  readonly #environment: Readonly<Record<string, string>>;
  #process: LaunchedService;
  #url: string | undefined;
  #stopping = false;
  /** Set while it is to end by a fault: any other end is its own doing. */
  #isStruck = false;
  #isAsleep = false;
  /** How it ended without having been struck, with the end of its output. */
  readonly unexpectedEnds: string[] = [];

  constructor(name: StageName, environment: Readonly<Record<string, string>>) {
    this.name = name;
    this.#environment = environment;
    this.#process = this.#launch();
  }

  /** Where its probes are, while it runs. */
  get url(): string | undefined {
    return this.#url;
  }

  /** Whether it was frozen: it can't answer its probes. */
  get isAsleep(): boolean {
    return this.#isAsleep;
  }

  get ready(): Promise<string> {
    return this.#process.ready;
  }

  /** Ends it with SIGKILL or SIGTERM; resolves when the next process has started. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.#isStruck = true;
    const { exited } = this.#process;
    this.#process.kill(signal);
    await exited;
    await sleep(RESTART_MS + 50);
    await this.#process.ready;
  }

  /** Freezes it, or lets it go on: a zombie that wakes up. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#isAsleep = signal === 'SIGSTOP';
    this.#process.kill(signal);
  }

  /** Ends it for good. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    this.#stopping = true;
    this.#process.kill('SIGCONT');
    this.#process.kill(signal);
    await this.#process.exited;
  }

  #launch(): LaunchedService {
    const launched = launchService(this.name, this.#environment);
    this.#isStruck = false;
    void launched.ready.then(
      (url) => (this.#url = url),
      () => undefined,
    );
    void launched.exited.then((code) => {
      this.#url = undefined;
      if (this.#stopping) return;
      if (!this.#isStruck)
        this.unexpectedEnds.push(`${this.name} ended with ${code}: ${launched.output().slice(-600)}`);
      setTimeout(() => {
        if (!this.#stopping) this.#process = this.#launch();
      }, RESTART_MS);
    });
    return launched;
  }
}
