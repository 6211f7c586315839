import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { allTopics } from '@wirefold/contracts';
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
  type StageRun,
  type StageSubject,
  type TestEngines,
  type TestKafka,
  type TestKafkaCluster,
} from '@wirefold/testing';
import {
  say,
  startLoad,
  untilNoLag,
  untilReady,
  untilWorkResumes,
  watchProbes,
  type Load,
  type ProbeWatch,
} from './kafka-load.ts';

/** 30 s, and some noise of a busy machine. */
const RESUMES_WITHIN_MS = 40_000;

jest.setTimeout(180_000);

interface Member {
  readonly name: string;
  readonly subject: StageSubject;
  readonly run: StageRun;
  readonly service: ServiceProcess;
  readonly url: string;
  readonly load: Load;
}

/** Three brokers, each of which leads partitions and coordinates groups; stages work all the time. */
describe('of three brokers', () => {
  let cluster: TestKafkaCluster;
  let others: TestEngines;
  let kafka: TestKafka;
  let watch: ProbeWatch;
  const members: Member[] = [];

  beforeAll(async () => {
    const subjects = stageSubjects.filter(({ stage }) => stage === 'translate' || stage === 'index');
    await buildServices(subjects.map(({ stage }) => stage));
    [cluster, others] = await Promise.all([testKafkaCluster(3), testEngines(['elasticsearch'])]);
    kafka = await testKafka(cluster.brokers);
    await cluster.replicate(
      kafka.admin,
      allTopics.map(({ name }) => name),
    );
    for (const subject of subjects) {
      const run = await beginStageRun(subject, { ...others, kafkaBrokers: cluster.brokers }, kafka);
      const service = await run.start({ CHUNK_MESSAGES: '20' });
      const load = await startLoad(kafka, subject.input, (number) => run.good(number), { count: 10 });
      members.push({ name: subject.stage, subject, run, service, url: service.url, load });
    }
    await untilReady(members);
    await untilWorkResumes(members, 'the start', RESUMES_WITHIN_MS);
    watch = watchProbes(members);
  }, 240_000);

  afterAll(async () => {
    await watch?.stop();
    for (const { service } of members) service.kill('SIGKILL');
    await Promise.all(members.map(({ service }) => service.exited));
    await kafka?.close();
    await Promise.all([cluster?.stop(), others?.stop()]);
  });

  const node = (id: number) => {
    const process = cluster.nodes.get(id);
    if (process === undefined) throw new Error(`there is no broker ${id}`);
    return process;
  };

  async function takeAway(id: number, what: string) {
    say(`${what} is broker ${id}`);
    node(id).kill('SIGKILL');
    await untilWorkResumes(members, `${what} was killed`, RESUMES_WITHIN_MS);
    await untilReady(members);
    await node(id).restart();
    await cluster.untilInSync(kafka.admin);
    await untilWorkResumes(members, `${what} is back`, RESUMES_WITHIN_MS);
  }

  it('the coordinator of a group is killed: its consumer comes back', async () => {
    for (const { run, name } of members)
      await takeAway(await cluster.coordinatorOf(kafka.admin, run.group), `the coordinator of ${name}`);
  });

  it('the leader of a partition is killed: its messages come from another one', async () => {
    const [member] = members as [Member];
    await takeAway(
      await cluster.leaderOf(kafka.admin, member.subject.input.name, 0),
      'the leader of a partition',
    );
  });

  it('all are restarted, one after the other: the work goes on', async () => {
    for (const [id, one] of cluster.nodes) {
      await one.restart();
      await cluster.untilInSync(kafka.admin);
      await untilWorkResumes(members, `broker ${id} was restarted`, RESUMES_WITHIN_MS);
    }
  });

  it('after all of that nothing is lost, nothing given up, and no process has ended', async () => {
    await watch.stop();
    expect(watch.notLive).toEqual([]);
    for (const { run, load, subject, service, name } of members) {
      const published = await load.stop();
      await untilNoLag(kafka, run.group, subject.input);
      const ids = eventIds(await run.outputs(published));
      say(`${name}: ${published} messages, ${ids.length - published} repeated`);
      expect(new Set(ids).size).toBe(published);
      expect(await run.deadLetters(0)).toEqual([]);
      expect((await terminate(service)).code).toBe(0);
    }
  });
});
