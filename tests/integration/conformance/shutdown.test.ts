import { afterAll, describe, expect, it, jest } from '@jest/globals';
import {
  beginStageRun,
  eventIds,
  eventually,
  outcomesOf,
  terminate,
  type ServiceProcess,
  type StageRun,
  type TestEngines,
  type TestKafka,
} from '@wirefold/testing';
import { buildSubjects, subjects } from './subjects.ts';
import { useEngines } from '../../engines.ts';

const MESSAGES = 3000;
/** Small, so that the middle of the work is easily met. */
const SETTINGS = { CHUNK_MESSAGES: '40', SESSION_TIMEOUT_MS: '6000' };

jest.setTimeout(120_000);

let engines: TestEngines;
let kafka: TestKafka;

useEngines(buildSubjects, (begun) => ({ engines, kafka } = begun));

describe.each(subjects)('$stage', (subject) => {
  let run: StageRun;
  const started: ServiceProcess[] = [];

  afterAll(async () => {
    for (const service of started) service.kill('SIGKILL');
    await Promise.all(started.map(({ exited }) => exited));
  });

  async function start(): Promise<ServiceProcess> {
    const service = await run.start(SETTINGS);
    started.push(service);
    return service;
  }

  /** A service that is in the middle of its work. */
  async function startInTheMiddle(): Promise<ServiceProcess> {
    run = await beginStageRun(subject, engines, kafka);
    await run.publish(...Array.from({ length: MESSAGES }, (_, index) => run.good(index)));
    const service = await start();
    await eventually(
      'some of it is handled',
      async () => ((await outcomesOf(service.url))[subject.handled] ?? 0) > 100 || undefined,
    );
    return service;
  }

  it('on SIGTERM finishes and commits what it has in hand: nothing is lost, nothing handled twice', async () => {
    const first = await startInTheMiddle();
    const { code, tookMs } = await terminate(first);
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(20_000);
    const handled = (await run.outputs(0)).length;
    expect(handled).toBeGreaterThan(100);
    expect(handled).toBeLessThan(MESSAGES);
    expect(await run.committed()).toBe(handled);

    const second = await start();
    await run.untilCommitted(MESSAGES, 60_000);
    const ids = eventIds(await run.outputs(MESSAGES));
    expect(ids).toHaveLength(MESSAGES);
    expect(new Set(ids).size).toBe(MESSAGES);
    expect(await outcomesOf(second.url)).toEqual({ [subject.handled]: MESSAGES - handled });
    expect(await run.deadLetters(0)).toEqual([]);
    expect((await terminate(second)).code).toBe(0);
  });

  it('killed in the middle, leaves the rest to another: nothing is lost', async () => {
    const first = await startInTheMiddle();
    first.kill('SIGKILL');
    expect(await first.exited).toBe('SIGKILL');
    const committed = await run.committed();
    expect(committed).toBeLessThan(MESSAGES);

    const second = await start();
    await run.untilCommitted(MESSAGES, 60_000);
    const ids = eventIds(await run.outputs(MESSAGES));
    expect(new Set(ids).size).toBe(MESSAGES);
    // What was published and not committed comes again: at most a chunk and what was not committed of 200 ms.
    expect(ids.length - MESSAGES).toBeLessThan(MESSAGES);
    const counts = await outcomesOf(second.url);
    const counted = Object.values(counts).reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(MESSAGES - committed);
    if (subject.stage === 'ingest') expect(await run.receipts(0)).toEqual([]);
    expect(await run.deadLetters(0)).toEqual([]);
    second.kill('SIGKILL');
  });
});
