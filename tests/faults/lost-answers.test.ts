import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { articleIndex, elasticsearchClient } from '@wirefold/article-index';
import {
  beginStageRun,
  buildServices,
  eventIds,
  stageSubjects,
  terminate,
  testEngines,
  testKafka,
  testKafkaCluster,
  type ServiceProcess,
  type TestEngines,
  type TestKafka,
  type TestKafkaCluster,
} from '@wirefold/testing';
import { startDeafProxy, type DeafProxy } from './deaf-proxy.ts';
import { say, sleep, startLoad, untilNoLag, untilWorkResumes } from './kafka-load.ts';

const RESUMES_WITHIN_MS = 40_000;

jest.setTimeout(150_000);

let proxy: DeafProxy;
let cluster: TestKafkaCluster;
let others: TestEngines;
let kafka: TestKafka;
let service: ServiceProcess | undefined;

beforeAll(async () => {
  await buildServices(['index']);
  others = await testEngines(['elasticsearch']);
  cluster = await testKafkaCluster(1, {
    proxy: async (brokerPort) => {
      proxy = await startDeafProxy(brokerPort);
      return proxy.port;
    },
  });
  kafka = await testKafka(cluster.brokers);
}, 120_000);

afterAll(async () => {
  service?.kill('SIGKILL');
  await service?.exited;
  await kafka?.close();
  await cluster?.stop();
  await proxy?.close();
  await others?.stop();
});

it('what the broker has taken and could not acknowledge is repeated, and is in the index once', async () => {
  const [subject] = stageSubjects.filter(({ stage }) => stage === 'index');
  if (subject === undefined) throw new Error('no index stage');
  const run = await beginStageRun(subject, { ...others, kafkaBrokers: cluster.brokers }, kafka);
  service = await run.start({ CHUNK_MESSAGES: '20' });
  const services = [{ name: 'index', url: service.url }];
  const load = await startLoad(kafka, subject.input, (number) => run.good(number));
  await untilWorkResumes(services, 'the start', RESUMES_WITHIN_MS);
  const repeated = async () => {
    const ids = eventIds([...(await run.outputs(0)), ...(await run.receipts(0))]);
    return ids.length - new Set(ids).size;
  };
  // What is on its way at that moment may be nothing that the service sent: then it shows nothing.
  for (let round = 1; round <= 3 || (round <= 8 && (await repeated()) === 0); round += 1) {
    proxy.loseAnswers();
    await sleep(1500);
    proxy.mend();
    await untilWorkResumes(services, `answers were lost (${round})`, RESUMES_WITHIN_MS);
  }
  const published = await load.stop();
  await untilNoLag(kafka, run.group, subject.input);
  const receipts = eventIds([...(await run.outputs(0)), ...(await run.receipts(0))]);
  const scraped = await kafka.messages(subject.input, published);
  say(
    `answers were lost: ${receipts.length - published} receipts repeated, ${scraped.length - published} of the test's own`,
  );
  expect(new Set(eventIds(await run.outputs(published))).size).toBe(published);
  expect(receipts.length).toBeGreaterThan(published);
  expect(await run.deadLetters(0)).toEqual([]);

  const client = elasticsearchClient({ urls: [others.elasticsearchUrl], requestTimeoutMs: 30_000 });
  try {
    const { readAlias } = articleIndex({ prefix: run.name });
    await client.indices.refresh({ index: readAlias });
    expect((await client.count({ index: readAlias })).count).toBe(published);
  } finally {
    await client.close();
  }
  expect((await terminate(service)).code).toBe(0);
});
