import { join } from 'node:path';
import type { Environment } from './addresses.ts';
import type { Finding } from './choose-engines.ts';
import { elasticsearchEngine } from './elasticsearch-engine.ts';
import { type EmbeddedEngine, type Report, startEmbeddedEngine } from './embedded-engine.ts';
import {
  type EngineAddresses,
  type EngineEvent,
  type EngineName,
  type EngineProcess,
  EngineStartFailed,
} from './engine.ts';
import { type FileLock, tryFileLock } from './file-lock.ts';
import { findJdk, OLDEST_JAVA } from './jdk.ts';
import { kafkaEngine } from './kafka-engine.ts';
import { findMaven, isProvisioned, provision } from './provision.ts';
import { installedRedis, redisEngine } from './redis-engine.ts';

const definitions = { kafka: kafkaEngine, elasticsearch: elasticsearchEngine, redis: redisEngine };

export interface EmbeddedStackOptions {
  root: string;
  directory: string;
  services: readonly EngineName[];
  environment: Environment;
  keepData: boolean;
  report: (engine: EngineName | 'engines', phase: EngineEvent['phase'], message: string) => void;
  signal?: AbortSignal | undefined;
}

export interface EmbeddedStack {
  addresses: Partial<EngineAddresses>;
  processes: Partial<Record<EngineName, EngineProcess>>;
  stop: () => Promise<void>;
}

/** Whether the engines can run as child processes: a JDK, and Maven where program files have yet to be fetched. */
export async function findEmbedded(
  root: string,
  services: readonly EngineName[],
  environment: Environment,
): Promise<Finding> {
  if (process.platform === 'win32') {
    return { usable: false, detail: 'the embedded engines run on Linux and macOS (on Windows: in WSL 2)' };
  }
  const found: string[] = [];
  const problems: string[] = [];
  const bundled = await bundledEngines(services, environment);
  if (bundled.length > 0) {
    const { jdk, looked } = await findJdk(environment);
    if (jdk) found.push(`Java ${jdk.version} in ${jdk.home}`);
    else {
      const seen = looked.length > 0 ? looked.join('; ') : 'none in JAVA_HOME, PATH and the usual folders';
      problems.push(`no JDK ${OLDEST_JAVA} or newer: ${seen}`);
    }
    const provisioned = await Promise.all(bundled.map((engine) => isProvisioned(root, engine)));
    const maven = await findMaven(environment);
    if (maven) found.push(maven);
    else if (!provisioned.every(Boolean))
      problems.push('no Maven: mvn is neither in the PATH nor in MAVEN_HOME');
  }
  return problems.length === 0
    ? { usable: true, detail: found.join(', ') }
    : {
        usable: false,
        detail: [...problems, ...(found.length > 0 ? [`found: ${found.join(', ')}`] : [])].join('; '),
      };
}

/**
 * Starts engines as child processes, all at once.
 * @throws EngineStartFailed when one of them fails; the others are stopped then.
 */
export async function startEmbeddedStack(options: EmbeddedStackOptions): Promise<EmbeddedStack> {
  const { directory, services, environment, report, signal } = options;
  const lock = await lockDirectory(directory);
  const running = new Map<EngineName, EmbeddedEngine>();
  const stop = async () => {
    await Promise.all([...running.values()].map((engine) => engine.stop()));
    await lock.release();
  };
  // One that fails ends the start of the others.
  const failed = new AbortController();
  const abort = AbortSignal.any([failed.signal, ...(signal ? [signal] : [])]);

  const startOne = async (name: EngineName, home: string, javaHome: string | undefined) => {
    const engine = await startEmbeddedEngine({
      definition: definitions[name],
      home,
      javaHome,
      environment,
      directory: join(directory, name),
      keepData: options.keepData,
      report: reporter(name),
      signal: abort,
    });
    running.set(name, engine);
  };
  const reporter =
    (name: EngineName): Report =>
    (phase, message) =>
      report(name, phase, message);

  try {
    await startAll();
  } catch (error) {
    await stop();
    signal?.throwIfAborted();
    throw error;
  }
  return { addresses: addressesOf(running), processes: Object.fromEntries(running), stop };

  async function startAll(): Promise<void> {
    const bundled = await bundledEngines(services, environment);
    const javaHome = bundled.length > 0 ? (await findJdk(environment)).jdk?.home : undefined;
    // Fetching is one after the other; an engine whose files are there starts while the next one's are fetched.
    let fetching: Promise<string> = Promise.resolve('');
    const starts: Promise<void>[] = [];
    for (const name of services) {
      if (!bundled.includes(name)) starts.push(startOne(name, '', javaHome));
      else {
        fetching = fetching.then(() => fetchFiles(name, javaHome));
        starts.push(fetching.then((home) => startOne(name, home, javaHome)));
      }
    }
    for (const start of starts) start.catch((error: unknown) => failed.abort(error));
    await Promise.allSettled(starts);
    failed.signal.throwIfAborted();
  }

  function fetchFiles(engine: EngineName, javaHome: string | undefined): Promise<string> {
    const onProgress = (message: string) => report(engine, 'set-up', message);
    return provision({ root: options.root, engine, javaHome, environment, onProgress, signal: abort });
  }
}

/** Those whose program files come from Maven Central. */
async function bundledEngines(
  services: readonly EngineName[],
  environment: Environment,
): Promise<EngineName[]> {
  const redis = await installedRedis(environment);
  return services.filter((service) => service !== 'redis' || redis === undefined);
}

async function lockDirectory(directory: string): Promise<FileLock> {
  const result = await tryFileLock(join(directory, 'lock'));
  if ('lock' in result) return result.lock;
  throw new EngineStartFailed(
    'engines',
    `Engines already run on ${directory}, started by process ${result.owner.pid}: ` +
      'stop that one, or use its addresses, or choose another directory.',
  );
}

function addressesOf(running: ReadonlyMap<EngineName, EmbeddedEngine>): Partial<EngineAddresses> {
  const addresses: Partial<EngineAddresses> = {};
  const [kafka, elasticsearch, redis] = [
    running.get('kafka'),
    running.get('elasticsearch'),
    running.get('redis'),
  ];
  if (kafka) addresses.kafkaBrokers = [`127.0.0.1:${kafka.port}`];
  if (elasticsearch) addresses.elasticsearchUrl = `http://127.0.0.1:${elasticsearch.port}`;
  if (redis) addresses.redisUrl = `redis://127.0.0.1:${redis.port}`;
  return addresses;
}
