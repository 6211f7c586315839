import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { EngineAddresses } from '@wirefold/engines';
import {
  beginStageRun,
  eventIds,
  eventually,
  metricsOf,
  probe,
  startTcpProxy,
  testEngines,
  testKafka,
  type StageRun,
  type StageSubject,
  type ServiceProcess,
  type TcpProxy,
  type TestEngines,
  type TestKafka,
} from '@wirefold/testing';
import { buildSubjects, subjects } from './subjects.ts';

type Dependent = StageSubject & Required<Pick<StageSubject, 'dependency'>>;
const dependents = subjects.filter((subject): subject is Dependent => subject.dependency !== undefined);

/** Shorter than the outage: a service that only waits must not be taken for one that hangs. */
const STALL_MS = 3000;
const OUTAGE_MS = 5000;
const BACK_WITHIN_MS = 30_000;

jest.setTimeout(90_000);

let engines: TestEngines;
let kafka: TestKafka;

beforeAll(async () => {
  [engines] = await Promise.all([testEngines(), buildSubjects()]);
  kafka = await testKafka(engines.kafkaBrokers);
}, 120_000);

afterAll(async () => {
  await kafka?.close();
  await engines?.stop();
});

const addressOf = { redis: 'redisUrl', elasticsearch: 'elasticsearchUrl' } as const satisfies Record<
  string,
  keyof EngineAddresses
>;

describe.each(dependents)('$stage without its $dependency.engine', (subject) => {
  const { engine } = subject.dependency;
  let run: StageRun;
  let proxy: TcpProxy;
  let service: ServiceProcess;
  let published = 0;

  beforeAll(async () => {
    const address = new URL(engines[addressOf[engine]]);
    proxy = await startTcpProxy(Number(address.port), address.hostname);
    address.host = `127.0.0.1:${proxy.port}`;
    run = await beginStageRun(subject, engines, kafka);
    service = await run.start({
      [subject.dependency.variable]: address.href,
      REDIS_TIMEOUT_MS: '1000',
      INDEX_TIMEOUT_MS: '1500',
      OUTAGE_MAX_BACKOFF_MS: '2000',
      STALL_MS: String(STALL_MS),
    });
  });

  afterAll(async () => {
    service?.kill('SIGKILL');
    await service?.exited;
    await proxy?.close();
  });

  async function publish(count: number): Promise<void> {
    await run.publish(...Array.from({ length: count }, (_, index) => run.good(published + index)));
    published += count;
  }

  /** Partitions that wait, by the metric. */
  const waiting = async () =>
    [...(await metricsOf(service.url))].find(
      ([name]) => name.startsWith('wirefold_outage_partitions{') && name.includes(`dependency="${engine}"`),
    )?.[1];

  it.each([
    ['is cut off', 'cut'],
    ['hangs', 'freeze'],
  ] as const)('waits while it %s, gives nothing up, and goes on by itself', async (_what, how) => {
    await publish(20);
    await run.untilCommitted(published);
    const before = published;

    proxy[how]();
    await publish(60);
    await eventually('readiness names it', async () => {
      const ready = await probe(service.url, 'ready');
      return ready.status === 503 && engine in ready.error ? true : undefined;
    });
    await eventually('partitions wait', async () => ((await waiting()) === 6 ? true : undefined));
    const outageEndsMs = Date.now() + OUTAGE_MS;
    while (Date.now() < outageEndsMs) {
      expect((await probe(service.url, 'live')).status).toBe(200);
      expect((await probe(service.url, 'ready')).status).toBe(503);
      await new Promise((resolve) => {
        setTimeout(resolve, 250);
      });
    }
    expect(await run.committed()).toBe(before);
    expect(await run.deadLetters(0)).toEqual([]);
    expect(await run.outputs(0)).toHaveLength(before);

    proxy.restore();
    await run.untilCommitted(published, BACK_WITHIN_MS);
    const ids = eventIds(await run.outputs(published));
    expect(ids).toHaveLength(published);
    expect(new Set(ids).size).toBe(published);
    expect(await run.deadLetters(0)).toEqual([]);
    expect(await run.receipts(0)).toEqual([]);
    expect((await probe(service.url, 'ready')).status).toBe(200);
    expect(await waiting()).toBe(0);
  });
});
