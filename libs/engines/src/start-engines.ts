import { resolve } from 'node:path';
import { addressesFromEnvironment, type Environment, missingEngines } from './addresses.ts';
import { chooseEngines, type Finding, notLookedFor } from './choose-engines.ts';
import { findDocker, startCompose } from './compose.ts';
import { findEmbedded, startEmbeddedStack } from './embedded-stack.ts';
import {
  type EngineAddresses,
  type EngineEvent,
  type EngineKind,
  type EngineName,
  engineNames,
  type Engines,
  EngineStartFailed,
  type OnProgress,
} from './engine.ts';

export interface StartEnginesOptions {
  /** `process.env` or the like: addresses, JAVA_HOME, PATH, the variables of `engineVariables`. */
  environment: Environment;
  /** The repository's root: `docker-compose.yml`, `infra/local` and `.local` are there. */
  root: string;
  /** Configuration, data and logs of the embedded engines; for docker compose its last part names the project. */
  directory?: string;
  onProgress: OnProgress;
  /** Keeps the data for the next start on the same directory. Without it they are removed before and after. */
  keepData?: boolean;
  /** Aborting it ends the start: what was started is stopped. It has no effect on engines that are ready. */
  signal?: AbortSignal;
  /** Allows one way only. */
  only?: EngineKind;
  /** All three when absent. Addresses of the others are empty in the result, unless the environment has them. */
  services?: readonly EngineName[];
}

/**
 * Gives running engines: those that the environment names, and for the others docker compose when a daemon answers, else
 * real ones as child processes. The child processes end with this process however it ends; they do not keep it alive.
 *
 * @throws TypeError when an address or another variable is malformed.
 * @throws EnginesUnavailable when there is no way to run them; its message has the ways out.
 * @throws EngineStartFailed when one did not come up.
 */
export async function startEngines(options: StartEnginesOptions): Promise<Engines> {
  const { environment, only, signal, services = engineNames, keepData = false } = options;
  const root = resolve(options.root);
  const directory = resolve(root, options.directory ?? '.local/run/default');
  let begun = performance.now();
  const report = (engine: EngineName | 'engines', phase: EngineEvent['phase'], message: string) => {
    if (phase === 'restarting') begun = performance.now();
    options.onProgress({ engine, phase, message, elapsedMs: Math.round(performance.now() - begun) });
  };

  const given = addressesFromEnvironment(environment);
  const missing = missingEngines(given, services);
  const { kind, findEmbeddedToo } = await choose();
  const shared = { root, directory, services: missing, environment, keepData, signal };

  if (kind === 'environment') return finish(kind, {}, async () => undefined);
  if (kind === 'docker') {
    report('engines', 'starting', `docker compose: ${missing.join(', ')}`);
    try {
      const { addresses, stop } = await startCompose(shared);
      report('engines', 'ready', 'ready in Docker');
      return finish(kind, addresses, stop);
    } catch (error) {
      // A daemon without a way to the images, for one: the other way may still work.
      if (!(error instanceof EngineStartFailed) || only !== undefined) throw error;
      const found = await findEmbeddedToo();
      if (!found.usable) throw error;
      report('engines', 'choice', `${error.message}\nStarting the embedded engines instead.`);
    }
  }
  const stack = await startEmbeddedStack({ ...shared, report });
  return { ...finish('embedded', stack.addresses, stack.stop), processes: stack.processes };

  async function choose() {
    const lookFor = (looked: EngineKind, find: () => Promise<Finding>) =>
      missing.length > 0 && (only === undefined || only === looked) ? find() : Promise.resolve(notLookedFor);
    const find = () => findEmbedded(root, missing, environment);
    const docker = await lookFor('docker', () => findDocker(root, environment));
    signal?.throwIfAborted();
    const embedded = docker.usable ? notLookedFor : await lookFor('embedded', find);
    const chosen = chooseEngines({ missing, only, docker, embedded });
    const detail = {
      environment: 'addresses from the environment',
      docker: docker.detail,
      embedded: embedded.detail,
    };
    report('engines', 'choice', `${chosen}: ${detail[chosen] || missing.join(', ')}`);
    return { kind: chosen, findEmbeddedToo: find };
  }

  function finish(chosen: EngineKind, started: Partial<EngineAddresses>, stop: () => Promise<void>): Engines {
    let stopping: Promise<void> | undefined;
    return {
      kafkaBrokers: [],
      elasticsearchUrl: '',
      redisUrl: '',
      ...given,
      ...started,
      kind: chosen,
      stop() {
        stopping ??= (async () => {
          begun = performance.now();
          if (chosen !== 'environment') report('engines', 'stopping', 'stopping');
          await stop();
        })();
        return stopping;
      },
    };
  }
}
