/** Wirefold's hop: a stage service as they all are (Nest, StageServer, probes, metrics), with a stage that does next to nothing. */
import type { IngestedArticle } from '@wirefold/contracts';
import { ingestedArticle } from '@wirefold/contracts';
import { pass, perArticle, systemClock, type AssembledStage, type Stage } from '@wirefold/pipeline';
import { STAGE, stageController, startStageService } from '@wirefold/service';
import { z } from 'zod';
import type { Meter } from '../meter.ts';
import { changed, runContender } from '../run-contender.ts';

class HopModule {}

function hopStage(
  name: Stage<unknown, object>['name'],
  meter: Meter,
): AssembledStage<IngestedArticle, IngestedArticle> {
  const handle = perArticle<IngestedArticle, IngestedArticle>((article) => pass(changed(article)), {
    concurrency: 4,
    timeBudgetMs: 5000,
    attempts: 3,
    retryDelayMs: 100,
    sleep: systemClock.sleep,
  });
  const stage: Stage<IngestedArticle, IngestedArticle> = {
    name,
    contract: ingestedArticle,
    handle,
    confirm: (deliveries) => {
      meter.acknowledged(deliveries.map(({ article }) => article));
      return Promise.resolve();
    },
  };
  return { stage, dependencies: [], close: () => Promise.resolve() };
}

await runContender(async (job, meter) => {
  const { stage: name = 'clean', compression = 'none', concurrency } = job.settings;
  const service = await startStageService(
    {
      name,
      environment: z.object({}),
      module: () => ({
        module: HopModule,
        controllers: [stageController(name)],
        providers: [{ provide: STAGE, useValue: hopStage(name, meter) }],
      }),
    },
    {
      KAFKA_BROKERS: job.brokers.join(','),
      KAFKA_COMPRESSION: compression,
      CONSUMER_GROUP_PREFIX: job.groupId,
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: '0',
      LOG_LEVEL: 'warn',
      ...(concurrency === undefined ? {} : { PARTITION_CONCURRENCY: String(concurrency) }),
    },
    (error) => {
      throw error;
    },
  );
  return service.stop;
});
