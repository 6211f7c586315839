import { applyIndex, articleIndex, elasticsearchClient } from '@wirefold/article-index';
import { allTopics, stageNames, type StageName } from '@wirefold/contracts';
import type { EngineName, EngineProcess } from '@wirefold/engines';
import { applyTopics, createKafka, withAdmin, type Kafka } from '@wirefold/kafka';
import { silentLog } from '@wirefold/pipeline';
import {
  buildServices,
  ownEngines,
  startHttpFaultProxy,
  type HttpFaultProxy,
  type TestEngines,
} from '@wirefold/testing';
import { Redis } from 'ioredis';
import { SupervisedService } from './supervised-service.ts';

/** Engines and services that faults strike. */
export interface World {
  readonly kafka: Kafka;
  readonly redis: Redis;
  readonly elasticsearch: ReturnType<typeof elasticsearchClient>;
  /** Between the index service and Elasticsearch. */
  readonly elasticsearchProxy: HttpFaultProxy;
  readonly engines: Readonly<Record<EngineName, EngineProcess>>;
  readonly services: readonly SupervisedService[];
  /** Name of the index that holds every document, hidden ones too. */
  readonly index: string;
  readonly groupPrefix: string;
  /** Starts one more process of a service. */
  readonly add: (name: StageName) => SupervisedService;
  readonly stop: () => Promise<void>;
}

/** How many processes of each service there are: two, where one can take over from another that sleeps. */
const INSTANCES: Readonly<Record<StageName, number>> = {
  ingest: 1,
  clean: 1,
  translate: 1,
  enrich: 2,
  index: 2,
};

/** Starts embedded engines of its own and the services on them. */
export async function startWorld(): Promise<World> {
  await buildServices(stageNames);
  const engines = await ownEngines();
  const { kafka: broker, elasticsearch: search, redis: memory } = engines.processes ?? {};
  if (!broker || !search || !memory) throw new Error('faults need embedded engines');
  const kafka = createKafka(
    { KAFKA_BROKERS: engines.kafkaBrokers, KAFKA_TLS: false, KAFKA_COMPRESSION: 'none' },
    'wirefold-faults',
    silentLog,
  );
  await withAdmin(kafka, (admin) => applyTopics(admin, allTopics, 1));
  const elasticsearch = elasticsearchClient({ urls: [engines.elasticsearchUrl], requestTimeoutMs: 30_000 });
  const prefix = 'faults';
  await applyIndex(elasticsearch, { prefix });
  const redis = new Redis(engines.redisUrl, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  const proxy = await startHttpFaultProxy(engines.elasticsearchUrl);

  const environment = serviceEnvironment(engines, prefix, proxy.url);
  const services = stageNames.flatMap((name) =>
    Array.from({ length: INSTANCES[name] }, () => new SupervisedService(name, environment)),
  );
  await Promise.all(services.map(({ ready }) => ready));
  return {
    kafka,
    redis,
    elasticsearch,
    elasticsearchProxy: proxy,
    engines: { kafka: broker, elasticsearch: search, redis: memory },
    services,
    index: articleIndex({ prefix }).firstIndex,
    groupPrefix: prefix,
    add: (name) => new SupervisedService(name, environment),
    stop: async () => {
      await Promise.all(services.map((service) => service.stop('SIGKILL')));
      redis.disconnect();
      await elasticsearch.close();
      await proxy.close();
      await engines.stop();
    },
  };
}

function serviceEnvironment(engines: TestEngines, prefix: string, elasticsearchUrl: string) {
  return {
    KAFKA_BROKERS: engines.kafkaBrokers.join(','),
    ELASTICSEARCH_URL: elasticsearchUrl,
    REDIS_URL: engines.redisUrl,
    CONSUMER_GROUP_PREFIX: prefix,
    REDIS_PREFIX: prefix,
    INDEX_PREFIX: prefix,
    LOG_LEVEL: 'warn',
    // Shorter than the default, so that a sleeping process loses its partitions within a run.
    SESSION_TIMEOUT_MS: '6000',
    REDIS_TIMEOUT_MS: '1500',
    INDEX_TIMEOUT_MS: '4000',
    OUTAGE_MAX_BACKOFF_MS: '3000',
  };
}
