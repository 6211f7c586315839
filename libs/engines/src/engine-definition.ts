import type { Environment } from './addresses.ts';
import type { EngineName } from './engine.ts';

/** What an embedded engine is started with. */
export interface EngineContext {
  /** Its program files. */
  home: string;
  javaHome: string | undefined;
  environment: Environment;
  /** Its own directory below the run directory: configuration, data, log. */
  directory: string;
  /** Below `directory`; emptied before the start unless data are kept. */
  dataDirectory: string;
  ports: readonly number[];
  keepData: boolean;
}

export interface LaunchCommand {
  command: string;
  arguments: string[];
}

/** How one engine is run as a child process. */
export interface EngineDefinition {
  name: EngineName;
  /** How many ports it needs; the first is the one that clients use. */
  portCount: number;
  /** A command that has to be run before the start; undefined when the data are ready for use. */
  format?(context: EngineContext): Promise<LaunchCommand | undefined>;
  /** Writes the configuration files. */
  configure(context: EngineContext): Promise<void>;
  launch(context: EngineContext): LaunchCommand | Promise<LaunchCommand>;
  /** @throws Error while it is not ready. */
  probe(port: number): Promise<void>;
}
