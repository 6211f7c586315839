import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  beginStageRun,
  buildServices,
  eventIds,
  eventually,
  probe,
  repositoryRoot,
  stageSubjects,
  terminate,
  testKafka,
  testKafkaCluster,
  type ServiceProcess,
  type StageRun,
  type StageSubject,
  type TestKafka,
  type TestKafkaCluster,
} from '@wirefold/testing';
import { startLoad, untilNoLag, untilReady, untilWorkResumes, type Load } from './kafka-load.ts';

const RESUMES_WITHIN_MS = 40_000;
const MINUTE_MS = 60_000;
const SOURCES = join(import.meta.dirname, 'broker-clock');

jest.setTimeout(120_000);

/** A broker that comes back with another time: its clock is set wrong by an agent in its process. */
describe('a broker whose clock', () => {
  let folder: string;
  let cluster: TestKafkaCluster;
  let kafka: TestKafka;
  let run: StageRun;
  let service: ServiceProcess;
  let load: Load;
  const subject = stageSubjects.find(({ stage }) => stage === 'enrich') as StageSubject;

  const setClock = (shiftMs: number) => writeFile(join(folder, 'shift-ms'), String(shiftMs));
  const services = () => [{ name: 'enrich', url: service.url }];

  async function restartWith(shiftMs: number) {
    await setClock(shiftMs);
    await cluster.nodes.get(1)?.restart();
  }

  beforeAll(async () => {
    await buildServices(['enrich']);
    folder = await mkdtemp(join(tmpdir(), 'wirefold-clock-'));
    await setClock(0);
    const agent = join(folder, 'agent.jar');
    cluster = await testKafkaCluster(1, {
      environment: { JDK_JAVA_OPTIONS: `-javaagent:${agent}=${folder}` },
      // Where the cluster is put together the program files are there, and no node runs yet.
      proxy: async (port) => {
        await buildAgent(folder, agent);
        return port;
      },
    });
    kafka = await testKafka(cluster.brokers);
    run = await beginStageRun(
      subject,
      { kafkaBrokers: cluster.brokers, elasticsearchUrl: '', redisUrl: '' },
      kafka,
    );
    service = await run.start({ CHUNK_MESSAGES: '20', OUTAGE_MAX_BACKOFF_MS: '1000' });
    load = await startLoad(kafka, subject.input, (number) => run.good(number), { count: 10 });
    await untilWorkResumes(services(), 'the start', RESUMES_WITHIN_MS);
  }, 120_000);

  afterAll(async () => {
    service?.kill('SIGKILL');
    await service?.exited;
    await kafka?.close();
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ['is two hours ahead', 120 * MINUTE_MS],
    ['is half an hour behind', -30 * MINUTE_MS],
  ] as const)('%s is as good as any other', async (what, shiftMs) => {
    await restartWith(shiftMs);
    await untilWorkResumes(services(), `its clock ${what}`, RESUMES_WITHIN_MS);
    await untilReady(services());
  });

  it('is two hours behind refuses all messages as being of the future: they wait until it is set right', async () => {
    // What the test publishes is refused, too: the service needs something that is there already.
    service.kill('SIGSTOP');
    const before = load.published();
    await eventually('something is there to be handled', () => load.published() > before + 20 || undefined);
    await restartWith(-120 * MINUTE_MS);
    service.kill('SIGCONT');
    await eventually('it waits for Kafka', async () => {
      const { status, error } = await probe(service.url, 'ready');
      return (status === 503 && error['consumer']?.message?.startsWith('kafka is down')) || undefined;
    });
    expect((await probe(service.url, 'live')).status).toBe(200);
    await restartWith(0);
    await untilWorkResumes(services(), 'its clock was set right', RESUMES_WITHIN_MS);

    const published = await load.stop();
    await untilNoLag(kafka, run.group, subject.input);
    await untilReady(services());
    expect(new Set(eventIds(await run.outputs(published))).size).toBe(published);
    expect(await run.deadLetters(0)).toEqual([]);
    expect((await terminate(service)).code).toBe(0);
  });
});

/** A jar of the agent and the class that it puts in the place of Kafka's clock. */
async function buildAgent(folder: string, jar: string): Promise<void> {
  const run = promisify(execFile);
  const engines = join(repositoryRoot, '.local/engines');
  const homes = (await readdir(engines)).filter((name) => /^kafka-[0-9a-f]+$/.test(name));
  const classPath = homes.map((name) => join(engines, name, 'lib', '*')).join(':');
  const sources = (await readdir(SOURCES)).map((name) => join(SOURCES, name));
  await run('javac', ['-d', folder, '-cp', classPath, ...sources]);
  const manifest = join(folder, 'manifest');
  await writeFile(manifest, 'Premain-Class: WrongClock\n');
  await run('jar', ['cfm', jar, manifest, '-C', folder, 'WrongClock.class']);
}
