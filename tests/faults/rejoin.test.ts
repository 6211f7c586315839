import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import {
  beginStageRun,
  buildServices,
  eventually,
  probe,
  terminate,
  testKafka,
  testKafkaCluster,
  type ServiceProcess,
  type TestKafka,
  type TestKafkaCluster,
} from '@wirefold/testing';
import { startDeafProxy, type DeafProxy } from './deaf-proxy.ts';
import { groupOf, subjectOf } from './group-members.ts';
import { sleep } from './kafka-load.ts';

const SESSION_MS = 6000;

jest.setTimeout(150_000);

let proxy: DeafProxy;
let cluster: TestKafkaCluster;
let kafka: TestKafka;
let service: ServiceProcess | undefined;

beforeAll(async () => {
  await buildServices(['translate']);
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
});

it('a member that was given up, and could not join at once, is a member again and commits', async () => {
  const subject = subjectOf('translate');
  const addresses = { kafkaBrokers: cluster.brokers, elasticsearchUrl: '', redisUrl: '' };
  const run = await beginStageRun(subject, addresses, kafka);
  service = await run.start({ SESSION_TIMEOUT_MS: String(SESSION_MS), CHUNK_MESSAGES: '20' });
  const first = Array.from({ length: 50 }, (_, number) => run.good(number));
  await run.publish(...first);
  await run.untilCommitted(first.length);

  // Nothing is in hand: what is told of the group then is told to kafkajs alone.
  service.kill('SIGSTOP');
  await eventually('the group has given it up', async () =>
    (await groupOf(kafka, run)).members.length === 0 ? true : undefined,
  );
  proxy.refuseJoins();
  service.kill('SIGCONT');
  await eventually('a join was refused', () => (proxy.refusedJoins() > 0 ? true : undefined));
  await sleep(500);
  proxy.mend();

  const more = Array.from({ length: 50 }, (_, number) => run.good(first.length + number));
  await run.publish(...more);
  await run.untilCommitted(first.length + more.length);
  const { state, members } = await groupOf(kafka, run);
  expect([state, members.length]).toEqual(['Stable', 1]);
  expect(await run.outputs(0)).toHaveLength(first.length + more.length);
  expect((await probe(service.url, 'ready')).status).toBe(200);
  expect((await terminate(service)).code).toBe(0);
});
