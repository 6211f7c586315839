import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { foldingBatch } from '@wirefold/clean';
import { cleanedArticle, type CleanedArticle } from '@wirefold/contracts';
import { startEngines } from '@wirefold/engines';
import { createRedisFolding, foldEnvironment, forgetFolding } from '@wirefold/folding';
import { parseEnvironment, pass, systemClock, type BatchHandler, type Environment } from '@wirefold/pipeline';
import { connectRedis, redisEnvironment } from '@wirefold/redis';
import { repositoryRoot } from './connection.ts';
import { explainFolded, type FoldedLine } from './explain-folded.ts';
import { say } from './terminal.ts';
import { tried, valueOf, type TriedStage, type TryOptions } from './tried-stage.ts';

/** It goes on from what is remembered under a name, or under one of its own, which it forgets at the end. */
const environmentSchema = redisEnvironment.extend(foldEnvironment.shape);

/**
 * Folding as clean does it: on the Redis that the environment names, else on one of its own.
 *
 * @throws ConfigurationError
 * @throws EngineStartFailed where no Redis is named and none can be started
 */
export async function createTriedFolding({ environment, namespace }: TryOptions): Promise<TriedStage> {
  const own = environment['REDIS_URL'] ? undefined : await startRedis(environment);
  const config = parseEnvironment(environmentSchema, { ...environment, ...(own && { REDIS_URL: own.url }) });
  const redis = await connectRedis(config);
  const prefix = `${config.REDIS_PREFIX}-try-${namespace ?? randomUUID()}`;
  const folding = createRedisFolding(redis, { config, prefix, clock: systemClock });
  const asItIs: BatchHandler<CleanedArticle, CleanedArticle> = async (batch) =>
    batch.map(({ article }) => pass(article));
  const { handle, confirm } = foldingBatch(folding, config.FOLD_POLICY, asItIs);
  const texts = new Map<string, CleanedArticle>();
  const { run, close } = tried<CleanedArticle>(
    {
      stage: {
        name: 'clean',
        handle: async (batch, context) => {
          for (const { article } of batch) texts.set(article.uri, article);
          const results = await handle(batch, context);
          await confirm(batch);
          return results;
        },
      },
      close: async () => {
        if (namespace === undefined) await forgetFolding(redis, prefix);
        redis.client.disconnect();
        await own?.stop();
      },
    },
    (line) => valueOf(cleanedArticle, line),
  );
  return {
    run: async (lines) => (await run(lines)).map(toLine),
    explain: (output) => explainFolded(output as FoldedLine, texts),
    close,
  };
}

function toLine(output: object): object {
  if (!('uri' in output)) return output;
  const { uri, story } = output as CleanedArticle;
  return { uri, ...(story && { story }) } satisfies FoldedLine;
}

async function startRedis(environment: Environment) {
  const directory = join('.local', `try-${process.pid}`);
  const engines = await startEngines({
    root: repositoryRoot,
    directory,
    environment,
    services: ['redis'],
    onProgress: ({ message, phase }) => {
      if (phase !== 'ready') say(message);
    },
  });
  return { url: engines.redisUrl, stop: engines.stop };
}
