/** An engine that Wirefold stands on. */
export type EngineName = 'kafka' | 'elasticsearch' | 'redis';

export const engineNames: readonly EngineName[] = ['kafka', 'elasticsearch', 'redis'];

/** Where the engines answer. */
export interface EngineAddresses {
  /** `host:port` of one or more brokers. */
  kafkaBrokers: string[];
  /** `http://host:port`, without a trailing slash. */
  elasticsearchUrl: string;
  /** `redis://host:port`. */
  redisUrl: string;
}

/** How engines are had: addresses in the environment, docker compose, or child processes of the launcher. */
export type EngineKind = 'environment' | 'docker' | 'embedded';

/** A line of progress while engines are set up, started, restarted or stopped. */
export interface EngineEvent {
  engine: EngineName | 'engines';
  phase:
    | 'choice'
    | 'set-up'
    | 'starting'
    | 'waiting'
    | 'ready'
    | 'restarting'
    | 'exited'
    | 'stopping'
    | 'stopped';
  message: string;
  /** Since `startEngines` was called, or since `restart` or `stop` was. */
  elapsedMs: number;
}

export type OnProgress = (event: EngineEvent) => void;

/** An engine that runs as a child process of the launcher. */
export interface EngineProcess {
  /** The engine's own process, not its supervisor's; another one after a restart. */
  readonly pid: number;
  /** The engine's log file. */
  readonly logFile: string;
  /** Sends a signal to the engine: `SIGKILL` for a crash, `SIGSTOP` and `SIGCONT` for a hang. */
  kill(signal: NodeJS.Signals): void;
  /**
   * Stops the engine where it still runs and starts it again, on the same port and data; resolves when it answers.
   * @throws EngineStartFailed
   */
  restart(): Promise<void>;
}

/** Running engines. */
export interface Engines extends EngineAddresses {
  /** How those were had that the environment did not name. */
  kind: EngineKind;
  /** The embedded engines' processes; absent for the other kinds. */
  processes?: Partial<Record<EngineName, EngineProcess>>;
  /** Stops what was started; engines from the environment are left alone. May be called more than once. */
  stop(): Promise<void>;
}

/** An engine did not come up: the message has what went wrong and the end of its log. */
export class EngineStartFailed extends Error {
  readonly engine: EngineName | 'engines';

  constructor(engine: EngineName | 'engines', message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EngineStartFailed';
    this.engine = engine;
  }
}
