import { afterAll, describe, expect, it, jest } from '@jest/globals';
import {
  beginStageRun,
  eventIds,
  eventually,
  metricsOf,
  outcomesOf,
  terminate,
  type ServiceProcess,
  type StageRun,
  type TestEngines,
  type TestKafka,
} from '@wirefold/testing';
import { buildSubjects, subjects } from './subjects.ts';
import { useEngines } from '../../engines.ts';

/** Enough to keep the group busy while members come and go. */
const PUBLISH_EVERY_MS = 100;
const PUBLISH_COUNT = 30;

jest.setTimeout(120_000);

let engines: TestEngines;
let kafka: TestKafka;

useEngines(buildSubjects, (begun) => ({ engines, kafka } = begun));

describe.each(subjects)('two of $stage', (subject) => {
  const started: ServiceProcess[] = [];

  afterAll(async () => {
    for (const service of started) service.kill('SIGKILL');
    await Promise.all(started.map(({ exited }) => exited));
  });

  it('share the partitions; one joins and one leaves under load: nothing is lost, nothing handled twice', async () => {
    const run = await beginStageRun(subject, engines, kafka);
    const start = async () => {
      const service = await run.start({ CHUNK_MESSAGES: '20' });
      started.push(service);
      return service;
    };
    const handledBy = async ({ url }: ServiceProcess) => (await outcomesOf(url))[subject.handled] ?? 0;
    const load = startLoad(run);

    const first = await start();
    await eventually('the first one works', async () => ((await handledBy(first)) > 100 ? true : undefined));
    const second = await start();
    await eventually('both work', async () => {
      const before = await handledBy(first);
      return (await handledBy(second)) > 100 && (await grows(() => handledBy(first), before))
        ? true
        : undefined;
    });
    const members = (await kafka.admin.describeGroups([run.group])).groups[0]?.members;
    expect(members).toHaveLength(2);
    expect((await terminate(first)).code).toBe(0);
    const before = await handledBy(second);
    await eventually('the other one goes on', async () =>
      (await handledBy(second)) > before + 200 ? true : undefined,
    );

    const published = await load.stop();
    await run.untilCommitted(published, 60_000);
    const ids = eventIds(await run.outputs(published));
    expect(ids).toHaveLength(published);
    expect(new Set(ids).size).toBe(published);
    expect(await run.deadLetters(0)).toEqual([]);
    const lag = [...(await metricsOf(second.url))].filter(([name]) =>
      name.startsWith('wirefold_consumer_lag_'),
    );
    expect(lag).toHaveLength(subject.input.partitions);
    expect(lag.every(([, messages]) => messages === 0)).toBe(true);
    expect((await terminate(second)).code).toBe(0);
  });
});

async function grows(ask: () => Promise<number>, before: number): Promise<boolean> {
  await new Promise((resolve) => {
    setTimeout(resolve, 300);
  });
  return (await ask()) > before;
}

/** Publishes all the time, until it is stopped; then tells how many messages that were. */
function startLoad(run: StageRun): { stop: () => Promise<number> } {
  let published = 0;
  const stopped = new AbortController();
  const loading = (async () => {
    while (!stopped.signal.aborted) {
      const first = published;
      await run.publish(...Array.from({ length: PUBLISH_COUNT }, (_, index) => run.good(first + index)));
      published += PUBLISH_COUNT;
      await new Promise((resolve) => {
        setTimeout(resolve, PUBLISH_EVERY_MS);
      });
    }
  })();
  return {
    stop: async () => {
      stopped.abort();
      await loading;
      return published;
    },
  };
}
