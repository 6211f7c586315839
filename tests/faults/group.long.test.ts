import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StageName } from '@wirefold/contracts';
import {
  beginStageRun,
  buildServices,
  eventIds,
  eventually,
  metricsOf,
  probe,
  startTcpProxy,
  terminate,
  type LaunchedService,
  type TestEngines,
  type TestKafka,
} from '@wirefold/testing';
import { groupOf, joins, launchMember, subjectOf, type Launch } from './group-members.ts';
import { handledBy, say, sleep, startLoad, untilNoLag } from './kafka-load.ts';
import { useEngines } from '../engines.ts';

const SEED = 20_261_125;

jest.setTimeout(180_000);

let engines: TestEngines;
let kafka: TestKafka;
const launched: LaunchedService[] = [];

useEngines(
  () => buildServices(['translate', 'index']),
  (begun) => ({ engines, kafka } = begun),
  ['kafka', 'elasticsearch'],
);

afterEach(async () => {
  for (const service of launched) service.kill('SIGKILL');
  await Promise.all(launched.map(({ exited }) => exited));
  launched.length = 0;
});

const begin = (stage: StageName) => beginStageRun(subjectOf(stage), engines, kafka);
const launch: Launch = (stage, run, more) => launchMember(launched, stage, run, more);

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('while members come and go all the time', () => {
  it.each([
    ['by SIGTERM: nothing is lost, nothing handled twice', ['SIGTERM']],
    ['by SIGTERM and SIGKILL: nothing is lost', ['SIGTERM', 'SIGKILL']],
  ] as const)('%s', async (what, signals) => {
    const subject = subjectOf('translate');
    const run = await begin('translate');
    const load = await startLoad(kafka, subject.input, (number) => run.good(number), { count: 10 });
    const random = seeded(SEED);
    const members: LaunchedService[] = [launch('translate', run)];
    const gone: { readonly expected: (number | string)[]; readonly exited: Promise<number | string> }[] = [];
    await members[0]?.ready;
    for (let step = 0; step < 20; step += 1) {
      // Not waited for: the next one comes or goes while the group still sees to the last one.
      if (members.length < 2 || (members.length < 4 && random() < 0.4))
        members.push(launch('translate', run));
      else {
        const [leaver] = members.splice(Math.floor(random() * members.length), 1) as [LaunchedService];
        const signal = signals[Math.floor(random() * signals.length)] as NodeJS.Signals;
        // A process that has not come to its first line has nothing in hand, and maybe nothing yet that hears SIGTERM.
        const isStarting = leaver.output() === '';
        leaver.kill(signal);
        const expected = signal === 'SIGTERM' ? [0, ...(isStarting ? [signal] : [])] : [signal];
        gone.push({ expected, exited: leaver.exited });
      }
      await sleep(200 + random() * 1000);
    }
    const published = await load.stop();
    const urls = await Promise.all(members.map(({ ready }) => ready));
    await untilNoLag(kafka, run.group, subject.input);
    for (const { expected, exited } of gone) expect(expected).toContain(await exited);

    await eventually('the group is at rest', async () => {
      const { state, members: known } = await groupOf(kafka, run);
      return (state === 'Stable' && known.length === members.length) || undefined;
    });
    const lags = (await Promise.all(urls.map(metricsOf))).flatMap((metrics) =>
      [...metrics].filter(([name]) => name.startsWith('wirefold_consumer_lag_')),
    );
    expect(lags.every(([, messages]) => messages === 0)).toBe(true);
    const ids = eventIds(await run.outputs(published));
    say(`members come and go ${what}: ${published} messages, ${ids.length - published} repeated`);
    expect(new Set(ids).size).toBe(published);
    if (!(signals as readonly string[]).includes('SIGKILL')) expect(ids).toHaveLength(published);
    expect(await run.deadLetters(0)).toEqual([]);
    for (const member of members) expect((await terminate(member)).code).toBe(0);
  });
});

describe('a handler that is slower than the session timeout', () => {
  const ANSWERS_AFTER_MS = 12_000;
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const answer = (responseData: unknown) => response.end(JSON.stringify({ responseData }));
      request.resume();
      if (request.url === '/listPairs') answer([{ sourceLanguage: 'spa', targetLanguage: 'eng' }]);
      else
        setTimeout(
          () => answer({ translatedText: 'A new boat\n\nThe boat arrives on Monday.' }),
          ANSWERS_AFTER_MS,
        );
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const spanish = {
    title: 'Un barco nuevo',
    body: 'El barco llega el lunes.',
    language: { tag: 'es', confidence: 1, from: 'text' },
  };

  it('stays in its group, and shares its partitions when another one comes: each message once', async () => {
    const run = await begin('translate');
    const slow = { TRANSLATE_ENGINE: 'apertium', APERTIUM_URL: url };
    const first = launch('translate', run, slow);
    const probes = await first.ready;
    const messages = Array.from({ length: 12 }, (_, number) => run.good(number, { fields: spanish }));
    await run.publish(...messages);
    await run.untilCommitted(12, 60_000);
    expect(joins(first)).toBe(1);
    expect((await probe(probes, 'ready')).status).toBe(200);

    await run.publish(...messages.map((_, number) => run.good(12 + number, { fields: spanish })));
    await sleep(2000);
    const second = launch('translate', run, slow);
    await run.untilCommitted(24, 90_000);
    await second.ready;
    expect(joins(first)).toBe(2);
    expect(joins(second)).toBe(1);
    const ids = eventIds(await run.outputs(24));
    expect(ids).toHaveLength(24);
    expect(new Set(ids).size).toBe(24);
    expect(await run.deadLetters(0)).toEqual([]);
  });
});

describe('SIGTERM', () => {
  it('in the middle of a rebalance ends a process well: nothing is lost, nothing handled twice', async () => {
    const subject = subjectOf('translate');
    const run = await begin('translate');
    const load = await startLoad(kafka, subject.input, (number) => run.good(number), { count: 10 });
    const stays = launch('translate', run);
    await stays.ready;
    for (const who of ['one that was there', 'one that comes'] as const) {
      const one = launch('translate', run);
      if (who === 'one that was there') {
        await one.ready;
        await eventually('it works', async () => (await handledBy(await one.ready)) > 20 || undefined);
        launch('translate', run);
      }
      await eventually(
        'the group is being put together',
        async () => (await groupOf(kafka, run)).state.endsWith('Rebalance') || undefined,
      );
      const { code, tookMs } = await terminate(one);
      expect(code).toBe(0);
      expect(tookMs).toBeLessThan(20_000);
      await eventually(
        'the group is at rest',
        async () => (await groupOf(kafka, run)).state === 'Stable' || undefined,
        40_000,
      );
    }
    const published = await load.stop();
    await untilNoLag(kafka, run.group, subject.input);
    const ids = eventIds(await run.outputs(published));
    expect(ids).toHaveLength(published);
    expect(new Set(ids).size).toBe(published);
  });

  it('while Elasticsearch hangs ends a process well: the next one goes on where it was', async () => {
    const address = new URL(engines.elasticsearchUrl);
    const proxy = await startTcpProxy(Number(address.port), address.hostname);
    try {
      const run = await begin('index');
      const service = launch('index', run, { ELASTICSEARCH_URL: `http://127.0.0.1:${proxy.port}` });
      await service.ready;
      await run.publish(...Array.from({ length: 60 }, (_, number) => run.good(number)));
      await run.untilCommitted(60);
      proxy.freeze();
      await run.publish(...Array.from({ length: 600 }, (_, number) => run.good(60 + number)));
      // No answer for thirty seconds, if it were let: its requests are on their way.
      await sleep(1000);
      const { code, tookMs } = await terminate(service);
      say(`SIGTERM while Elasticsearch hangs: ended after ${Math.round(tookMs)} ms`);
      expect(code).toBe(0);
      expect(tookMs).toBeLessThan(20_000);
      expect(await run.committed()).toBe(60);

      await launch('index', run).ready;
      await run.untilCommitted(660, 60_000);
      expect(new Set(eventIds(await run.outputs(660))).size).toBe(660);
      expect(await run.deadLetters(0)).toEqual([]);
    } finally {
      await proxy.close();
    }
  });
});
