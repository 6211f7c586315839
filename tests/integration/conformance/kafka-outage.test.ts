import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  beginStageRun,
  eventIds,
  eventually,
  launchService,
  ownEngines,
  probe,
  terminate,
  testEngines,
  testKafka,
  type LaunchedService,
  type StageRun,
  type TestEngines,
  type TestKafka,
} from '@wirefold/testing';
import { findFreePort } from '@wirefold/engines';
import { buildSubjects, subjects } from './subjects.ts';

/** Shorter than an outage, longer than it takes to notice one (5 s): a service that only waits must not be taken for one that hangs. */
const STALL_MS = 9000;
const OUTAGE_MS = 15_000;
const BACK_WITHIN_MS = 30_000;

jest.setTimeout(150_000);

interface Member {
  readonly run: StageRun;
  readonly url: string;
  readonly launch: () => LaunchedService;
  service: LaunchedService;
  published: number;
}

/** All stages at once on one broker, which comes late, dies and hangs. */
describe('without Kafka, every stage', () => {
  let broker: TestEngines;
  let others: TestEngines;
  let kafka: TestKafka;
  let connected = false;
  const members: Member[] = [];

  beforeAll(async () => {
    await buildSubjects();
    broker = await ownEngines(['kafka']);
    others = await testEngines(['elasticsearch', 'redis']);
    kafka = await testKafka(broker.kafkaBrokers);
    connected = true;
  }, 120_000);

  afterAll(async () => {
    for (const { service } of members) service.kill('SIGKILL');
    await Promise.all(members.map(({ service }) => service.exited));
    if (connected) await disconnect();
    await Promise.all([broker?.stop(), others?.stop()]);
  });

  /** Clients that are cut off would go on trying: they leave while the broker is there. */
  async function disconnect() {
    await engine().restart();
    await kafka.close();
  }

  const engine = () => {
    const process = broker.processes?.kafka;
    if (process === undefined) throw new Error('Kafka is not an embedded one');
    return process;
  };
  const forEach = (act: (member: Member) => Promise<void>) => Promise.all(members.map(act));

  /** Each service is alive and not ready, and says that it is Kafka. */
  async function expectWaiting(duringMs: number) {
    const untilMs = Date.now() + duringMs;
    while (Date.now() < untilMs) {
      await forEach(async ({ url, service }) => {
        const live = await probe(url, 'live');
        expect({ live: live.status, error: live.error, of: service.pid }).toEqual({
          live: 200,
          error: {},
          of: service.pid,
        });
      });
      await new Promise((resolve) => {
        setTimeout(resolve, 500);
      });
    }
    await forEach(async ({ url }) => {
      const ready = await probe(url, 'ready');
      expect(ready.status).toBe(503);
      expect(ready.error['consumer']?.message).toMatch(/^kafka is down: ./);
    });
  }

  async function publishToEach(count: number) {
    for (const member of members) {
      const first = member.published;
      await member.run.publish(
        ...Array.from({ length: count }, (_, index) => member.run.good(first + index)),
      );
      member.published += count;
    }
  }

  /** All that was published is handled: by id, with nothing given up. */
  async function expectAllHandled() {
    await forEach(async ({ run, published, url }) => {
      await eventually(
        `${published} outputs of ${run.name}`,
        async () =>
          new Set(eventIds(await run.outputs(published, BACK_WITHIN_MS))).size === published
            ? true
            : undefined,
        BACK_WITHIN_MS,
      );
      expect(await run.deadLetters(0)).toEqual([]);
      await eventually('ready again', async () =>
        (await probe(url, 'ready')).status === 200 ? true : undefined,
      );
    });
  }

  it('waits at its start until Kafka is there', async () => {
    const launches: (() => void)[] = [];
    for (const subject of subjects) {
      const run = await beginStageRun(subject, { ...others, kafkaBrokers: broker.kafkaBrokers }, kafka);
      const port = String(await findFreePort());
      const environment = { ...run.environment, HTTP_PORT: port, STALL_MS: String(STALL_MS) };
      const launch = () => launchService(subject.stage, environment);
      launches.push(() =>
        members.push({ run, url: `http://127.0.0.1:${port}`, launch, service: launch(), published: 0 }),
      );
    }
    engine().kill('SIGKILL');
    for (const launch of launches) launch();
    await forEach(async ({ url }) => {
      await eventually('it answers', async () => (await probe(url, 'live')).status);
    });
    await expectWaiting(OUTAGE_MS);

    // One that is told to end while it still waits ends at once, and well.
    const [first] = members;
    if (first === undefined) throw new Error('no stages');
    const { code, tookMs } = await terminate(first.service);
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(5000);
    first.service = first.launch();

    await engine().restart();
    await forEach(async ({ service }) => {
      await service.ready;
    });
    await publishToEach(50);
    await expectAllHandled();
  });

  it('survives a broker that dies in the middle and comes back', async () => {
    await publishToEach(1500);
    await eventually('some of it is handled', async () =>
      (await members[0]?.run.outputs(0))?.length !== 50 ? true : undefined,
    );
    engine().kill('SIGKILL');
    await expectWaiting(OUTAGE_MS);
    await engine().restart();
    await expectAllHandled();
  });

  it('waits while the broker hangs', async () => {
    engine().kill('SIGSTOP');
    try {
      await expectWaiting(OUTAGE_MS);

      // A broker that hangs takes connections and answers nothing: one that is told to end does not wait for it.
      const [first] = members;
      if (first === undefined) throw new Error('no stages');
      await terminate(first.service);
      first.service = first.launch();
      await eventually('it answers', async () => (await probe(first.url, 'live')).status);
      const { code, tookMs } = await terminate(first.service);
      expect(code).toBe(0);
      expect(tookMs).toBeLessThan(5000);
      first.service = first.launch();
    } finally {
      engine().kill('SIGCONT');
    }
    await publishToEach(50);
    await expectAllHandled();
  });

  it('ends well when it is told to while the broker is away', async () => {
    await kafka.close();
    connected = false;
    engine().kill('SIGKILL');
    await expectWaiting(6000);
    await forEach(async ({ service }) => {
      const { code, tookMs } = await terminate(service);
      expect(code).toBe(0);
      expect(tookMs).toBeLessThan(20_000);
    });
  });
});
