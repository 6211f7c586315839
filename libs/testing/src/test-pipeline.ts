import { applyIndex, elasticsearchClient } from '@wirefold/article-index';
import { stageNames, type StageName } from '@wirefold/contracts';
import type { EngineAddresses } from '@wirefold/engines';
import { startServiceProcess, type ServiceProcess } from './service-process.ts';

/** The five services as processes, under names that no other test uses. */
export interface TestPipeline {
  /** Begins the names of the index, and of Redis keys and consumer groups. */
  readonly prefix: string;
  readonly services: ReadonlyMap<StageName, ServiceProcess>;
  /** Starts one more process of a service, in place of the one that is known by its name. */
  readonly start: (name: StageName) => Promise<ServiceProcess>;
  /** Stops all, cleanly. */
  readonly stop: () => Promise<void>;
}

/** Starts the five services; their topics must be there, see {@link testKafka}. */
export async function startTestPipeline(
  engines: EngineAddresses,
  environment: Record<string, string> = {},
): Promise<TestPipeline> {
  const prefix = `test-${crypto.randomUUID().slice(0, 8)}`;
  const elasticsearch = elasticsearchClient({ urls: [engines.elasticsearchUrl], requestTimeoutMs: 30_000 });
  await applyIndex(elasticsearch, { prefix });
  await elasticsearch.close();
  const services = new Map<StageName, ServiceProcess>();
  const started: ServiceProcess[] = [];
  const start = async (name: StageName) => {
    const service = await startServiceProcess(name, {
      KAFKA_BROKERS: engines.kafkaBrokers.join(','),
      ELASTICSEARCH_URL: engines.elasticsearchUrl,
      REDIS_URL: engines.redisUrl,
      CONSUMER_GROUP_PREFIX: prefix,
      REDIS_PREFIX: prefix,
      INDEX_PREFIX: prefix,
      ...environment,
    });
    services.set(name, service);
    started.push(service);
    return service;
  };
  await Promise.all(stageNames.map(start));
  return {
    prefix,
    services,
    start,
    stop: async () => {
      for (const service of started) service.kill('SIGTERM');
      await Promise.all(started.map(({ exited }) => exited));
    },
  };
}
