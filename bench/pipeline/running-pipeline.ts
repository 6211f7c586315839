import { allTopics, stageNames, type StageName } from '@wirefold/contracts';
import type { Engines } from '@wirefold/engines';
import { applyTopics, createKafka, withAdmin, type Kafka } from '@wirefold/kafka';
import { silentLog } from '@wirefold/pipeline';
import { startServiceProcess, type ServiceProcess } from '@wirefold/testing';
import { progress } from '../shared/terminal.ts';

/** The five services, each a process of its own. */
export interface RunningPipeline {
  readonly kafka: Kafka;
  readonly services: ReadonlyMap<StageName, ServiceProcess>;
  readonly stop: () => Promise<void>;
}

/** Starts the services as operations does, on engines that run: topics first. */
export async function startPipeline(engines: Engines): Promise<RunningPipeline> {
  const config = {
    KAFKA_BROKERS: engines.kafkaBrokers,
    KAFKA_TLS: false,
    KAFKA_COMPRESSION: 'zstd' as const,
  };
  const kafka = createKafka(config, 'bench-pipeline', silentLog);
  await withAdmin(kafka, (admin) => applyTopics(admin, allTopics, 1));
  const services = new Map<StageName, ServiceProcess>();
  const stop = async () => {
    for (const service of services.values()) service.kill('SIGTERM');
    await Promise.all([...services.values()].map(({ exited }) => exited));
  };
  try {
    await Promise.all(
      stageNames.map(async (stage) => {
        services.set(
          stage,
          await startServiceProcess(stage, {
            KAFKA_BROKERS: engines.kafkaBrokers.join(','),
            ELASTICSEARCH_URL: engines.elasticsearchUrl,
            REDIS_URL: engines.redisUrl,
            LOG_LEVEL: 'warn',
          }),
        );
        progress(`${stage} runs`);
      }),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { kafka, services, stop };
}
