import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { applyIndex } from '@wirefold/article-index';
import { allTopics, stageNames } from '@wirefold/contracts';
import { startEngines, type Engines, type OnProgress } from '@wirefold/engines';
import { applyTopics, withAdmin, type Kafka } from '@wirefold/kafka';
import { systemClock, type Environment } from '@wirefold/pipeline';
import { connectElasticsearch, connectKafka, readConfig, type CliConfig } from '../connection.ts';
import { ServiceChild } from './service-child.ts';
import { removeState, writeState } from './state.ts';

export interface LaunchOptions {
  readonly root: string;
  /** Name of the folder under .local/run: data of the embedded engines, logs of the services. */
  readonly name: string;
  readonly keepData: boolean;
  readonly environment: Environment;
  readonly onProgress: OnProgress;
  readonly onServiceChange: () => void;
  readonly signal: AbortSignal;
}

/** Everything that runs, and how to end it. */
export interface Running {
  readonly engines: Engines;
  readonly config: CliConfig;
  readonly kafka: Kafka;
  readonly services: readonly ServiceChild[];
  /** Folder of the services' logs, relative to where the command runs. */
  readonly logs: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts engines and the five services: engines first, then topics and index, then the services, each a process of its
 * own.
 *
 * @throws EnginesUnavailable, EngineStartFailed, or Error where a service does not come up
 */
export async function launch(options: LaunchOptions): Promise<Running> {
  const { root, name, keepData, environment, onProgress, onServiceChange, signal } = options;
  const directory = join(root, '.local/run', name);
  const engines = await startEngines({ root, directory, keepData, environment, onProgress, signal });
  const services: ServiceChild[] = [];
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= (async () => {
      removeState(root);
      await Promise.all(services.map((service) => service.stop()));
      await engines.stop();
    })();
    return stopped;
  };
  try {
    const addresses = {
      KAFKA_BROKERS: engines.kafkaBrokers.join(','),
      ELASTICSEARCH_URL: engines.elasticsearchUrl,
      REDIS_URL: engines.redisUrl,
    };
    const config = readConfig({ ...environment, ...addresses });
    const kafka = connectKafka(config);
    await prepare(kafka, config);
    writeState(root, engines);
    const logs = join(directory, 'logs');
    mkdirSync(logs, { recursive: true });
    for (const stage of stageNames) {
      const service = new ServiceChild({
        name: stage,
        root,
        logFile: join(logs, `${stage}.log`),
        environment: { ...definedOf(environment), ...addresses },
        onChange: onServiceChange,
      });
      services.push(service);
      service.start();
    }
    await untilAllRun(services, logs, signal);
    return { engines, config, kafka, services, logs: relative(process.cwd(), logs), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function prepare(kafka: Kafka, config: CliConfig): Promise<void> {
  await withAdmin(kafka, (admin) => applyTopics(admin, allTopics, config.KAFKA_REPLICATION_FACTOR));
  const elasticsearch = connectElasticsearch(config);
  await applyIndex(elasticsearch, { prefix: config.INDEX_PREFIX });
  await elasticsearch.close();
}

const START_MS = 60_000;
const RESTARTS_AT_START = 3;

async function untilAllRun(
  services: readonly ServiceChild[],
  logs: string,
  signal: AbortSignal,
): Promise<void> {
  const giveUpAt = Date.now() + START_MS;
  for (;;) {
    if (services.every(({ url }) => url !== undefined)) return;
    signal.throwIfAborted();
    const failing = services.find(({ restarts }) => restarts >= RESTARTS_AT_START);
    const waiting = services.filter(({ url }) => url === undefined).map((service) => service.name);
    if (failing !== undefined)
      throw new Error(`${failing.name} ends again and again; see ${logs}/${failing.name}.log`);
    if (Date.now() > giveUpAt)
      throw new Error(`${waiting.join(', ')} did not come up within ${START_MS / 1000} s; see ${logs}`);
    await systemClock.sleep(100);
  }
}

const definedOf = (environment: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
