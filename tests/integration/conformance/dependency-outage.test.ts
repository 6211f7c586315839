import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  beginStageRun,
  eventIds,
  eventually,
  hasApertium,
  metricsOf,
  probe,
  startTcpProxy,
  testApertium,
  testEngines,
  testKafka,
  type StageRun,
  type StageSubject,
  type ServiceProcess,
  type TcpProxy,
  type TestApertium,
  type TestEngines,
  type TestKafka,
} from '@wirefold/testing';
import { buildSubjects, subjects } from './subjects.ts';

/** A stage with what it can't work without, and where that is. */
interface Dependent {
  readonly subject: StageSubject;
  /** Its name in readiness and metrics. */
  readonly engine: string;
  /** The variable with its address. */
  readonly variable: string;
  readonly address: () => string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Fields of its messages. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

const dependents = subjects.flatMap((subject): Dependent[] => {
  if (subject.dependency !== undefined) {
    const { engine, variable } = subject.dependency;
    const address = () => (engine === 'redis' ? engines.redisUrl : engines.elasticsearchUrl);
    return [{ subject, engine, variable, address }];
  }
  if (subject.stage !== 'translate') return [];
  if (!hasApertium()) {
    process.stderr.write('conformance: no Apertium, so translate is not tried without it\n');
    return [];
  }
  return [
    {
      subject,
      engine: 'apertium',
      variable: 'APERTIUM_URL',
      address: () => apertium?.url ?? '',
      environment: { TRANSLATE_ENGINE: 'apertium', APERTIUM_TIMEOUT_MS: '1500' },
      fields: {
        title: 'Un barco nuevo',
        body: 'El barco llega el lunes.',
        language: { tag: 'es', confidence: 1, from: 'text' },
      },
    },
  ];
});

/** Shorter than the outage: a service that only waits must not be taken for one that hangs. */
const STALL_MS = 3000;
const OUTAGE_MS = 5000;
const BACK_WITHIN_MS = 30_000;

jest.setTimeout(90_000);

let engines: TestEngines;
let kafka: TestKafka;
let apertium: TestApertium | undefined;

beforeAll(async () => {
  await buildSubjects();
  engines = await testEngines();
  kafka = await testKafka(engines.kafkaBrokers);
  if (dependents.some(({ engine }) => engine === 'apertium')) apertium = await testApertium();
}, 120_000);

afterAll(async () => {
  await kafka?.close();
  await engines?.stop();
  await apertium?.stop();
});

describe.each(dependents)('$subject.stage without its $engine', (dependent) => {
  const { subject, engine, variable, fields = {} } = dependent;
  let run: StageRun;
  let proxy: TcpProxy;
  let service: ServiceProcess;
  let published = 0;

  beforeAll(async () => {
    const address = new URL(dependent.address());
    proxy = await startTcpProxy(Number(address.port), address.hostname);
    address.host = `127.0.0.1:${proxy.port}`;
    run = await beginStageRun(subject, engines, kafka);
    service = await run.start({
      ...dependent.environment,
      [variable]: address.href,
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
    await run.publish(
      ...Array.from({ length: count }, (_, index) => run.good(published + index, { fields })),
    );
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
