import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { stageNames } from '@wirefold/contracts';
import {
  beginStageRun,
  buildServices,
  eventIds,
  eventually,
  outcomesOf,
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

const MESSAGES = 2500;
const ATTEMPTS = 5;
/** Small, so that the moment between publishing and committing is easily met. */
const SETTINGS = { CHUNK_MESSAGES: '10', SESSION_TIMEOUT_MS: '6000', OUTAGE_MAX_BACKOFF_MS: '500' };

jest.setTimeout(150_000);

let engines: TestEngines;
let kafka: TestKafka;
let redis: Redis;
const started: ServiceProcess[] = [];

beforeAll(async () => {
  await buildServices(stageNames);
  engines = await testEngines();
  kafka = await testKafka(engines.kafkaBrokers);
  redis = new Redis(engines.redisUrl);
}, 180_000);

afterAll(async () => {
  for (const service of started) service.kill('SIGKILL');
  await Promise.all(started.map(({ exited }) => exited));
  redis?.disconnect();
  await kafka?.close();
  await engines?.stop();
});

async function start(run: StageRun): Promise<ServiceProcess> {
  const service = await run.start(SETTINGS);
  started.push(service);
  return service;
}

async function kill(service: ServiceProcess): Promise<void> {
  service.kill('SIGKILL');
  expect(await service.exited).toBe('SIGKILL');
}

interface KilledBetween {
  /** With those before. */
  readonly published: number;
  readonly uncommitted: number;
  readonly kills: number;
}

/** Publishes, and kills the service when some is published and not committed. */
async function killBetween(run: StageRun, before = 0): Promise<KilledBetween> {
  let published = before;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const service = await start(run);
    const first = published;
    await run.publish(...Array.from({ length: MESSAGES }, (_, index) => run.good(first + index)));
    published += MESSAGES;
    await eventually('some of it is published', async () =>
      (await run.outputs(0)).length > first + 30 ? true : undefined,
    );
    await kill(service);
    const uncommitted = new Set(eventIds(await run.outputs(0))).size - (await run.committed());
    if (uncommitted > 0) return { published, uncommitted, kills: attempt };
  }
  throw new Error(`not once in ${ATTEMPTS} kills was anything published and not committed`);
}

/** All is handled by another process: complete, and nothing is dead. */
async function expectAllHandled(run: StageRun, published: number): Promise<string[]> {
  await run.untilCommitted(published, 60_000);
  const ids = eventIds(await run.outputs(published));
  expect(new Set(ids).size).toBe(published);
  expect(await run.deadLetters(0)).toEqual([]);
  return ids;
}

const others = stageSubjects.filter(({ stage }) => stage !== 'ingest');
const ingest = stageSubjects.find(({ stage }) => stage === 'ingest') as StageSubject;

describe.each(others)('$stage, killed after it published and before it committed', (subject) => {
  it('leaves it to the next process, which publishes it again under the same ids', async () => {
    const run = await beginStageRun(subject, engines, kafka);
    const { published, uncommitted } = await killBetween(run);
    await start(run);
    const ids = await expectAllHandled(run, published);
    expect(ids.length - published).toBeGreaterThanOrEqual(uncommitted);
  });
});

describe('ingest, killed', () => {
  it('after Redis knew and before it committed: the next process knows, and publishes nothing again', async () => {
    const run = await beginStageRun(ingest, engines, kafka);
    let published = 0;
    let kills = 0;
    let known = 0;
    // What is published and not committed may be what Redis has yet to hear of: such a kill shows nothing.
    for (let attempt = 1; attempt <= ATTEMPTS && known === 0; attempt += 1) {
      const killed = await killBetween(run, published);
      published = killed.published;
      kills += killed.kills;
      const next = await start(run);
      const ids = await expectAllHandled(run, published);
      const { redelivered = 0, unchanged = 0, stale = 0 } = await outcomesOf(next.url);
      expect({ unchanged, stale }).toEqual({ unchanged: 0, stale: 0 });
      // Of the chunk in hand Redis may not have known yet.
      expect(ids.length - published).toBeLessThanOrEqual(
        Number(SETTINGS.CHUNK_MESSAGES) * ingest.input.partitions * kills,
      );
      known = redelivered;
      await kill(next);
    }
    expect(known).toBeGreaterThan(0);
    expect(await run.receipts(0)).toEqual([]);
  });

  it('after it published and before Redis knew: the next process publishes it again, and nothing is lost', async () => {
    const run = await beginStageRun(ingest, engines, kafka);
    const service = await start(run);
    try {
      // Reads work and writes don't: what is published can't be remembered.
      await redis.config('SET', 'maxmemory', '1');
      await run.publish(...Array.from({ length: 40 }, (_, index) => run.good(index)));
      await eventually('it is published', async () =>
        (await run.outputs(0)).length >= 40 ? true : undefined,
      );
      expect(await run.committed()).toBe(0);
      await kill(service);
    } finally {
      await redis.config('SET', 'maxmemory', '0');
    }
    await start(run);
    const ids = await expectAllHandled(run, 40);
    expect(ids.length).toBeGreaterThan(40);
    expect(await run.receipts(0)).toEqual([]);
  });
});
