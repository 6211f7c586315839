import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { topics } from '@wirefold/contracts';
import type { EngineProcess } from '@wirefold/engines';
import {
  beginStageRun,
  buildServices,
  eventIds,
  eventually,
  launchService,
  ownEngines,
  stageSubjects,
  testEngines,
  testKafka,
  type ServiceProcess,
  type StageRun,
  type StageSubject,
  type TestEngines,
  type TestKafka,
} from '@wirefold/testing';
import { Redis } from 'ioredis';
import * as outage from './outage-probes.ts';

/** clean and the Redis in which it learns what publishers repeat; ingest's is in redis.test.ts. */
jest.setTimeout(60_000);

const subject = stageSubjects.find(({ stage }) => stage === 'clean') as StageSubject;

let shared: TestEngines;
let own: TestEngines;
let redisProcess: EngineProcess;
let kafka: TestKafka;
let admin: Redis;
let run: StageRun;
let service: ServiceProcess;

beforeAll(async () => {
  await buildServices(['clean']);
  shared = await testEngines(['kafka']);
  own = await ownEngines(['redis']);
  redisProcess = own.processes?.redis as EngineProcess;
  kafka = await testKafka(shared.kafkaBrokers);
  admin = new Redis(own.redisUrl);
  admin.on('error', () => undefined);
  run = await beginStageRun(subject, { ...shared, redisUrl: own.redisUrl }, kafka);
}, 120_000);

afterAll(async () => {
  service?.kill('SIGKILL');
  await service?.exited;
  admin?.disconnect();
  await kafka?.close();
  await own?.stop();
  await shared?.stop();
});

const waiting = () => outage.waitingPartitions(service.url, 'redis');

/** Stories with a line that could be learned. */
const publish = (from: number, to: number) =>
  run.publish(
    ...Array.from({ length: to - from }, (_, index) => {
      const number = from + index;
      const content = `The ferry number ${number} sailed on Tuesday from the eastern shore with all of its guests.\n\nMore of it next week.`;
      return run.good(number, { fields: { content } });
    }),
  );

it('clean refuses a Redis that evicts keys at the start, with what to do', async () => {
  await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
  const refused = launchService('clean', run.environment);
  expect(await refused.exited).toBe(1);
  expect(refused.output()).toMatch(/^clean: Redis evicts keys \(maxmemory-policy allkeys-lru\).*noeviction/m);
  await admin.config('SET', 'maxmemory-policy', 'noeviction');
});

it('clean waits while its Redis is killed, gives nothing up, and goes on with an empty one', async () => {
  service = await run.start({ REDIS_TIMEOUT_MS: '1000', OUTAGE_MAX_BACKOFF_MS: '500' });
  await publish(0, 30);
  await run.untilCommitted(30);
  expect(await admin.keys(`${run.name}:publisher-lines:*`)).toHaveLength(1);

  redisProcess.kill('SIGKILL');
  await outage.untilNotReady(service.url, 'redis', 'ECONNREFUSED');
  await publish(30, 150);
  await eventually('all partitions wait', async () =>
    (await waiting()) === topics.ingested.partitions ? true : undefined,
  );
  expect(await run.committed()).toBe(30);
  expect(await run.outputs(0)).toHaveLength(30);
  await redisProcess.restart();

  await run.untilCommitted(150);
  const ids = eventIds(await run.outputs(150));
  expect(new Set(ids).size).toBe(150);
  expect(ids).toHaveLength(150);
  expect(await run.deadLetters(0)).toEqual([]);
  expect(await waiting()).toBe(0);
  expect(await admin.keys(`${run.name}:publisher-lines:*`)).toHaveLength(1);
});
