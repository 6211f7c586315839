import 'reflect-metadata';
import type { DynamicModule, INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { StageName } from '@wirefold/contracts';
import { compressionType, createKafka, StageServer } from '@wirefold/kafka';
import { createLog, createRegistry, createStageMetrics, ObservabilityModule } from '@wirefold/observability';
import {
  asError,
  ConfigurationError,
  describeEnvironment,
  parseEnvironments,
  systemClock,
  type AssembledStage,
  type Health,
  type Log,
  type Stage,
} from '@wirefold/pipeline';
import { Logger } from 'nestjs-pino';
import type { z } from 'zod';
import { growHeapSlowly, returnFreeHeap } from './heap.ts';
import { serviceEnvironment } from './service-environment.ts';
import { STAGE } from './stage.module.ts';

export interface StageServiceDefinition<Schema extends z.ZodObject> {
  readonly name: StageName;
  /** Variables of this service, beside those that all have. */
  readonly environment: Schema;
  /** The service's module; it provides {@link STAGE}. */
  readonly module: (config: z.infer<Schema>) => DynamicModule;
}

/** A service that runs, and how to end it. */
export interface RunningService {
  readonly url: string;
  /** Unready, pause, drain, flush, commit, leave. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a stage as a Nest application: the Kafka transport, probes and metrics over HTTP.
 *
 * @param signal ends it, also while it still waits for Kafka: the promise is then rejected
 */
export async function startStageService<Schema extends z.ZodObject>(
  definition: StageServiceDefinition<Schema>,
  environment: Record<string, string | undefined>,
  onFatal: (error: Error) => void,
  signal?: AbortSignal,
): Promise<RunningService> {
  growHeapSlowly();
  const config = parseEnvironments(serviceEnvironment, definition.environment, environment);
  const log = createLog(definition.name, config.LOG_LEVEL);
  const registry = createRegistry(definition.name);
  const kafka = createKafka(config, `wirefold-${definition.name}`, log);

  let health: Health = { live: () => undefined, ready: () => 'starting' };
  let assembled: AssembledStage<never, object> | undefined;
  const observability = ObservabilityModule.register({
    log,
    registry,
    health: () => health,
    dependencies: () => assembled?.dependencies ?? [],
  });
  const root: DynamicModule = {
    module: StageServiceModule,
    imports: [observability, definition.module(config)],
  };
  const app = await NestFactory.create(root, new FastifyAdapter(), { bufferLogs: true, abortOnError: false });
  app.useLogger(app.get(Logger));
  assembled = app.get<AssembledStage<never, object>>(STAGE, { strict: false });
  returnFreeHeap();

  const server = new StageServer({
    kafka,
    // The handler and the stage agree on the article's type, which this layer doesn't know.
    stage: assembled.stage as unknown as Stage<unknown, object>,
    groupId: `${config.CONSUMER_GROUP_PREFIX}.${definition.name}`,
    concurrency: config.PARTITION_CONCURRENCY,
    chunkMessages: Math.min(config.CHUNK_MESSAGES, assembled.stage.chunkMessages ?? Infinity),
    sessionTimeoutMs: config.SESSION_TIMEOUT_MS,
    maxBackoffMs: config.OUTAGE_MAX_BACKOFF_MS,
    stallMs: config.STALL_MS,
    drainMs: config.DRAIN_MS,
    compression: compressionType[config.KAFKA_COMPRESSION],
    metrics: createStageMetrics(registry, definition.name),
    clock: systemClock,
    log,
    onFatal,
  });
  health = server;
  app.connectMicroservice({ strategy: server });
  const stop = stopOnce(app, assembled, log);
  try {
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => void stop().catch(onFatal), { once: true });
    // Probes answer from the first moment: a service that waits for its broker is alive, and not ready.
    await app.listen(config.HTTP_PORT, config.HTTP_HOST);
    await app.startAllMicroservices();
  } catch (error) {
    await stop();
    throw error;
  }
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1').replace('0.0.0.0', '127.0.0.1');
  log.info({ url, topic: server.inputTopic }, 'the service runs');
  return { url, stop };
}

class StageServiceModule {}

function stopOnce(
  app: INestApplication,
  assembled: AssembledStage<never, object>,
  log: Log,
): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  return () => {
    stopping ??= (async () => {
      log.info({}, 'stopping: finishing the work in hand');
      await app.close();
      await assembled.close();
      log.info({}, 'stopped');
    })();
    return stopping;
  };
}

/** Over this the process ends, whatever it waits for. */
const STOP_WITHIN_MS = 19_000;

/**
 * The main function of a service: reads the process's environment, runs until SIGTERM or SIGINT, and ends with 0 after
 * a clean stop, with 1 otherwise. `--help` lists its variables.
 */
export async function runStageService<Schema extends z.ZodObject>(
  definition: StageServiceDefinition<Schema>,
): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(serviceHelp(definition));
    return;
  }
  const fail = (error: Error) => {
    const text = error instanceof ConfigurationError ? error.message : (error.stack ?? error.message);
    process.stderr.write(`${definition.name}: ${text}\n`);
    process.exit(1);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', (reason) => fail(asError(reason)));

  const stopping = new AbortController();
  let running: RunningService | undefined;
  const stop = () => {
    setTimeout(() => fail(new Error(`did not stop within ${STOP_WITHIN_MS} ms`)), STOP_WITHIN_MS).unref();
    stopping.abort();
    running?.stop().then(() => process.exit(0), fail);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);
  // Under `wirefold up` the launcher is at the other end: a service does not outlive it.
  if (process.channel !== undefined) process.once('disconnect', stop);

  try {
    running = await startStageService(definition, process.env, fail, stopping.signal);
    process.send?.({ ready: running.url });
  } catch (error) {
    if (!stopping.signal.aborted) fail(asError(error));
    process.exit(0);
  }
  if (stopping.signal.aborted) stop();
}

function serviceHelp(definition: { readonly name: string; readonly environment: z.ZodObject }): string {
  const variables = [serviceEnvironment, definition.environment].flatMap((schema) =>
    describeEnvironment(schema),
  );
  const lines = variables.map((variable) => {
    const value = variable.required ? 'required' : `default ${variable.default ?? 'none'}`;
    return `  ${variable.name.padEnd(32)} ${variable.description} (${value})`;
  });
  return `wirefold ${definition.name}: configured by environment variables\n\n${lines.join('\n')}\n`;
}
