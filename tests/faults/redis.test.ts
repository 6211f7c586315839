import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { documentId, topics } from '@wirefold/contracts';
import type { EngineProcess } from '@wirefold/engines';
import {
  beginStageRun,
  buildServices,
  eventIds,
  eventually,
  jsonOf,
  launchService,
  ownEngines,
  probe,
  stageSubjects,
  startTcpProxy,
  testEngines,
  testKafka,
  type ServiceProcess,
  type StageRun,
  type StageSubject,
  type TappedMessage,
  type TestEngines,
  type TestKafka,
} from '@wirefold/testing';
import { Redis } from 'ioredis';
import * as outage from './outage-probes.ts';

jest.setTimeout(60_000);

const PARTITIONS = topics.ingested.partitions;
const subject = stageSubjects.find(({ stage }) => stage === 'ingest') as StageSubject;

let shared: TestEngines;
let own: TestEngines;
let redisProcess: EngineProcess;
let kafka: TestKafka;
/** The tests' own connection; it stays logged in where a password is set later. */
let admin: Redis;
let run: StageRun;
let service: ServiceProcess;
/** Messages, over the file; each article has a number of its own. */
let published = 0;
let articles = 0;

const config = (name: string, value: string) => admin.config('SET', name, value);

const addresses = () => ({ ...shared, redisUrl: own.redisUrl });
const variables = { REDIS_TIMEOUT_MS: '1000', OUTAGE_MAX_BACKOFF_MS: '500', CHUNK_MESSAGES: '10' };

const fresh = (count: number) => {
  articles += count;
  return Array.from({ length: count }, (_, index) => articles - count + index);
};

const publish = async (numbers: readonly number[], version = 1) => {
  published += numbers.length;
  await run.publish(...numbers.map((number) => run.good(number, { version })));
};

const aboutThese = (numbers: readonly number[]) => {
  const uris = new Set(numbers.map((number) => run.uri(number)));
  return ({ key }: TappedMessage) => uris.has(key?.toString('utf8') ?? '');
};

/** What ingest passed on of some articles. */
const outputsOf = async (numbers: readonly number[]) => (await run.outputs(0)).filter(aboutThese(numbers));

/** How the other messages about them ended. */
const endsOf = async (numbers: readonly number[]) =>
  (await run.receipts(0)).filter(aboutThese(numbers)).map((message) => jsonOf(message)['outcome']);

const expectEachOnce = async (numbers: readonly number[]) => {
  const ids = eventIds(await outputsOf(numbers));
  expect(ids).toHaveLength(numbers.length);
  expect(new Set(ids).size).toBe(numbers.length);
};

const waiting = () => outage.waitingPartitions(service.url, 'redis');

const untilAllWait = () =>
  eventually('all partitions wait', async () => ((await waiting()) === PARTITIONS ? true : undefined));

const untilNotReady = (because: string) => outage.untilNotReady(service.url, 'redis', because);

beforeAll(async () => {
  await buildServices(['ingest']);
  shared = await testEngines(['kafka']);
  own = await ownEngines(['redis']);
  redisProcess = own.processes?.redis as EngineProcess;
  kafka = await testKafka(shared.kafkaBrokers);
  admin = new Redis(own.redisUrl);
  admin.on('error', () => undefined);
  run = await beginStageRun(subject, addresses(), kafka);
  service = await run.start(variables);
}, 120_000);

afterAll(async () => {
  service?.kill('SIGKILL');
  await service?.exited;
  admin?.disconnect();
  await kafka?.close();
  await own?.stop();
  await shared?.stop();
});

/** Until it is over, the same messages are tried again several times. */
const OUTAGE_MS = 3000;

describe('ingest waits, publishes nothing twice and goes on by itself, while Redis', () => {
  it.each([
    {
      what: 'is read-only',
      code: 'READONLY',
      isPublished: true,
      begin: () => admin.replicaof('127.0.0.1', 1),
      end: () => admin.replicaof('NO', 'ONE'),
    },
    {
      what: 'is full',
      code: 'OOM',
      isPublished: true,
      begin: () => config('maxmemory', '1'),
      end: () => config('maxmemory', '0'),
    },
    {
      what: 'evicts keys, since somebody changed its policy',
      code: 'maxmemory-policy allkeys-lru',
      isPublished: false,
      begin: () => config('maxmemory-policy', 'allkeys-lru'),
      end: () => config('maxmemory-policy', 'noeviction'),
    },
    {
      what: 'asks for a password that ingest has not',
      code: 'NOAUTH',
      isPublished: false,
      begin: async () => {
        await config('requirepass', 'secret');
        await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      },
      end: () => config('requirepass', ''),
    },
  ])('$what', async ({ code, isPublished, begin, end }) => {
    const before = published;
    await run.untilCommitted(before);
    await begin();
    const numbers = fresh(60);
    try {
      await untilNotReady(code);
      await publish(numbers);
      await untilAllWait();
      const endsMs = Date.now() + OUTAGE_MS;
      while (Date.now() < endsMs) {
        expect((await probe(service.url, 'live')).status).toBe(200);
        expect((await probe(service.url, 'ready')).status).toBe(503);
        // A chunk is read before Redis is asked to write: its outputs are out, once and no more.
        expect((await outputsOf(numbers)).length).toBeLessThanOrEqual(isPublished ? numbers.length : 0);
        await sleep(200);
      }
      expect(await run.committed()).toBe(before);
    } finally {
      await end();
    }
    await run.untilCommitted(published);
    await expectEachOnce(numbers);
    expect(await run.deadLetters(0)).toEqual([]);
    expect(await endsOf(numbers)).toEqual([]);
    expect((await probe(service.url, 'ready')).status).toBe(200);
    expect(await waiting()).toBe(0);

    // All were remembered.
    await publish(numbers);
    await run.untilCommitted(published);
    expect(await endsOf(numbers)).toEqual(numbers.map(() => 'unchanged'));
    await expectEachOnce(numbers);
  });
});

describe('ingest loses and doubles nothing when Redis', () => {
  it('is killed between the publishing of articles and their being remembered, and comes back empty', async () => {
    const old = fresh(20);
    await publish(old);
    await run.untilCommitted(published);
    const before = published;

    // What ingest asks is answered; what it wants to be remembered is held back.
    await admin.call('CLIENT', 'PAUSE', '60000', 'WRITE');
    const numbers = fresh(60);
    await publish(numbers);
    await eventually('some are passed on', async () =>
      (await outputsOf(numbers)).length > 0 ? true : undefined,
    );
    redisProcess.kill('SIGKILL');
    await untilNotReady('ECONNREFUSED');
    await untilAllWait();
    expect(await run.committed()).toBe(before);
    await redisProcess.restart();

    await run.untilCommitted(published);
    await expectEachOnce(numbers);
    await publish([...old, ...numbers]);
    await run.untilCommitted(published);
    // What was remembered before the crash is gone: it is passed on once more, never taken for stale.
    expect(eventIds(await outputsOf(old))).toHaveLength(2 * old.length);
    expect(await endsOf(old)).toEqual([]);
    expect(await endsOf(numbers)).toEqual(numbers.map(() => 'unchanged'));
    expect(await run.deadLetters(0)).toEqual([]);
  });

  it('is emptied in the middle', async () => {
    const numbers = fresh(60);
    await publish(numbers, 2);
    await run.untilCommitted(published);
    await admin.flushall();
    await publish(numbers, 2);
    await publish(numbers, 1);
    await run.untilCommitted(published);
    const versions = (await outputsOf(numbers)).map((message) => jsonOf(message)['version']);
    // The repeats go on again, as nothing is known; what is older than they is stale again.
    expect(versions).toEqual(Array.from({ length: 120 }, () => 2));
    expect(new Set(eventIds(await outputsOf(numbers))).size).toBe(120);
    expect(await endsOf(numbers)).toEqual(numbers.map(() => 'stale'));
    expect(await run.deadLetters(0)).toEqual([]);
  });

  it('has spoiled values: they are forgotten, and their neighbours go on', async () => {
    const numbers = fresh(40);
    const key = (index: number) => `${run.name}:version:${documentId(run.uri(numbers[index] as number))}`;
    const spoil = async () => {
      await admin.del(...numbers.map((_, index) => key(index)).slice(0, 6));
      await admin.set(key(0), 'no JSON');
      await admin.set(key(1), '{"version":1}');
      await admin.set(key(2), '[99999999999999,1,1,"hash","origin"]');
      await admin.set(key(3), '[1,99999999999999999,1,"hash","origin"]');
      await admin.hset(key(4), 'version', '1');
      await admin.rpush(key(5), '1');
    };
    await spoil();
    await publish(numbers);
    await run.untilCommitted(published);
    await expectEachOnce(numbers);
    await publish(numbers);
    await run.untilCommitted(published);
    expect(await endsOf(numbers)).toEqual(numbers.map(() => 'unchanged'));
    await spoil();
    await publish(numbers, 2);
    await run.untilCommitted(published);
    expect(await outputsOf(numbers)).toHaveLength(80);
    expect(await run.deadLetters(0)).toEqual([]);
  });
});

describe('a Redis that evicts keys', () => {
  beforeAll(async () => {
    // It reads the same topic, and would pass on what the others must not.
    service.kill('SIGKILL');
    await service.exited;
  });

  it('is refused at the start, with what to do', async () => {
    await config('maxmemory-policy', 'allkeys-lfu');
    try {
      const refused = launchService('ingest', run.environment);
      expect(await refused.exited).toBe(1);
      expect(refused.output()).toMatch(
        /^ingest: Redis evicts keys \(maxmemory-policy allkeys-lfu\).*noeviction/m,
      );
    } finally {
      await config('maxmemory-policy', 'noeviction');
    }
  });

  it('is noticed when it comes back so, also where nobody asks whether ingest is ready', async () => {
    const proxy = await startTcpProxy(Number(new URL(own.redisUrl).port));
    proxy.cut();
    const other = await beginStageRun(subject, addresses(), kafka);
    const late = await other.start({ ...variables, REDIS_URL: `redis://127.0.0.1:${proxy.port}` });
    try {
      await other.publish(...Array.from({ length: 30 }, (_, number) => other.good(number)));
      await eventually('it waits', async () => (late.output().includes('"code":"ECONN') ? true : undefined));
      await config('maxmemory-policy', 'allkeys-lru');
      proxy.restore();
      await eventually('it waits for the policy', async () =>
        late.output().includes('"code":"EVICTS"') ? true : undefined,
      );
      expect(await other.committed()).toBe(0);
      expect(await other.outputs(0)).toEqual([]);
      await config('maxmemory-policy', 'noeviction');
      await other.untilCommitted(30);
      expect(new Set(eventIds(await other.outputs(30))).size).toBe(30);
    } finally {
      await config('maxmemory-policy', 'noeviction');
      late.kill('SIGKILL');
      await late.exited;
      await proxy.close();
    }
  });
});
