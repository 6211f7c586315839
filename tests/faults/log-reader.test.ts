import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  beginStageRun,
  buildServices,
  eventually,
  probe,
  repositoryRoot,
  stageSubjects,
  testEngines,
  testKafka,
  type StageSubject,
  type TestEngines,
  type TestKafka,
} from '@wirefold/testing';
import { findFreePort } from '@wirefold/engines';

jest.setTimeout(90_000);

/** Who collects the log of a service may die or hang; neither may hold up the service. */
describe('a service whose log nobody reads', () => {
  const subject = stageSubjects.find(({ stage }) => stage === 'translate') as StageSubject;
  let engines: TestEngines;
  let kafka: TestKafka;

  beforeAll(async () => {
    await buildServices([subject.stage]);
    engines = await testEngines(['kafka']);
    kafka = await testKafka(engines.kafkaBrokers);
  }, 120_000);

  afterAll(async () => {
    await kafka?.close();
    await engines?.stop();
  });

  it.each([
    { how: 'the reader has gone', isGone: true },
    { how: 'the reader hangs', isGone: false },
  ])('works on and ends well: $how', async ({ isGone }) => {
    const run = await beginStageRun(subject, engines, kafka);
    const port = String(await findFreePort());
    const service = spawn(process.execPath, [join(repositoryRoot, 'services/translate/dist/main.js')], {
      env: {
        PATH: process.env['PATH'],
        ...run.environment,
        HTTP_HOST: '127.0.0.1',
        HTTP_PORT: port,
        LOG_LEVEL: 'debug',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number | null>((resolve) => {
      service.on('exit', resolve);
    });
    try {
      const url = `http://127.0.0.1:${port}`;
      await eventually('ready', async () => ((await probe(url, 'ready')).status === 200 ? true : undefined));
      // The pipe is never read in the second case: it holds 64 KiB and then takes no more.
      if (isGone) {
        service.stdout.destroy();
        service.stderr.destroy();
      }
      await run.publish(...Array.from({ length: 500 }, (_, index) => run.good(index)));
      await run.untilCommitted(500);
      expect((await probe(url, 'live')).status).toBe(200);
      if (!isGone) service.stdout.resume();
      service.kill('SIGTERM');
      expect(await ended).toBe(0);
    } finally {
      service.kill('SIGKILL');
      await ended;
    }
  });
});
