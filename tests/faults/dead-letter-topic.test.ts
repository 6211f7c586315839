import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { deadLetterTopic, readHeader, topics, type StageName, type Topic } from '@wirefold/contracts';
import { applyTopics } from '@wirefold/kafka';
import {
  beginStageRun,
  buildServices,
  eventIds,
  eventually,
  metricsOf,
  outcomesOf,
  probe,
  stageSubjects,
  refuseDocuments,
  startHttpFaultProxy,
  terminate,
  testEngines,
  testKafka,
  type HttpFaultProxy,
  type HttpFaultRule,
  type ServiceProcess,
  type StageRun,
  type StageSubject,
  type TappedMessage,
  type TestEngines,
  type TestKafka,
} from '@wirefold/testing';
import { ConfigResourceTypes, Partitioners, type PartitionerArgs } from 'kafkajs';
import { say } from './kafka-load.ts';

const BACK_WITHIN_MS = 40_000;

jest.setTimeout(120_000);

let engines: TestEngines;
let kafka: TestKafka;
const started: ServiceProcess[] = [];

beforeAll(async () => {
  await buildServices(['enrich', 'index']);
  engines = await testEngines(['kafka', 'elasticsearch']);
  kafka = await testKafka(engines.kafkaBrokers);
}, 120_000);

afterAll(async () => {
  for (const service of started) service.kill('SIGKILL');
  await Promise.all(started.map(({ exited }) => exited));
  await kafka?.close();
  await engines?.stop();
});

const subjectOf = (stage: StageName) => stageSubjects.find((one) => one.stage === stage) as StageSubject;

async function begin(stage: StageName, more: Record<string, string> = {}) {
  const run = await beginStageRun(subjectOf(stage), engines, kafka);
  const service = await run.start({ OUTAGE_MAX_BACKOFF_MS: '1000', ...more });
  started.push(service);
  return { run, service };
}

/** Partitions that wait for a dependency, by the metric. */
async function waiting({ url }: ServiceProcess, dependency: string): Promise<number> {
  const found = [...(await metricsOf(url))].find(
    ([name]) => name.startsWith('wirefold_outage_partitions{') && name.includes(`dependency="${dependency}"`),
  );
  return found?.[1] ?? 0;
}

const untilWaiting = (service: ServiceProcess, dependency: string) =>
  eventually(
    `a partition waits for ${dependency}`,
    async () => (await waiting(service, dependency)) > 0 || undefined,
  );

/** Readiness says what is down. */
async function expectUnready({ url }: ServiceProcess, said: RegExp) {
  const ready = await probe(url, 'ready');
  expect(ready.status).toBe(503);
  expect(ready.error['consumer']?.message).toMatch(said);
  expect((await probe(url, 'live')).status).toBe(200);
}

async function untilBack(run: StageRun, service: ServiceProcess, published: number, what: string) {
  const begunMs = Date.now();
  await run.untilCommitted(published, BACK_WITHIN_MS);
  say(`${what}: all is handled after ${((Date.now() - begunMs) / 1000).toFixed(1)} s`);
  expect((await probe(service.url, 'ready')).status).toBe(200);
}

describe('an index that a faulty gateway refuses', () => {
  /** An error that says nothing of whose fault it is. */
  const refused = { status: 500, error: { type: 'null_pointer_exception', reason: 'of the gateway' } };
  const inBulk: HttpFaultRule = { on: ({ path }) => path.includes('/_bulk') };
  const marked = (source: string) => source.includes('Von Niemand');
  let proxy: HttpFaultProxy;

  beforeAll(async () => {
    proxy = await startHttpFaultProxy(engines.elasticsearchUrl);
  });
  afterAll(() => proxy?.close());

  const partitionOf = Partitioners.DefaultPartitioner();
  const partitions = Array.from({ length: topics.enriched.partitions }, (_, partitionId) => ({
    partitionId,
    leader: 1,
  }));

  /** Eight articles of one partition, so that they come in one chunk; the first of them are refused. */
  const eight = (run: StageRun, from: number, countMarked: number) =>
    Array.from({ length: 200 }, (_, index) => from + index)
      .filter((number) => {
        const message = { key: run.uri(number), value: null };
        const partitionMetadata = partitions as PartitionerArgs['partitionMetadata'];
        return partitionOf({ topic: topics.enriched.name, partitionMetadata, message }) === 0;
      })
      .slice(0, 8)
      .map((number, index) =>
        run.good(number, { fields: { byline: index < countMarked ? 'Von Niemand' : 'Von Imke Janssen' } }),
      );

  it('when most of a batch fails alike it waits, and fills no dead letter topic', async () => {
    const { run, service } = await begin('index', { ELASTICSEARCH_URL: proxy.url });
    await run.publish(...eight(run, 0, 0));
    await run.untilCommitted(8);

    proxy.add(refuseDocuments(marked, refused), inBulk);
    await run.publish(...eight(run, 1000, 5));
    await untilWaiting(service, 'unknown');
    await expectUnready(service, /^unknown is down: most of a batch failed alike: .*of the gateway/);
    expect(service.output()).toContain('"code":"EPIDEMIC"');
    expect(await run.deadLetters(0)).toEqual([]);
    expect(await run.committed()).toBe(8);

    proxy.mend();
    await untilBack(run, service, 16, 'an epidemic');
    const ids = eventIds(await run.outputs(16));
    expect(new Set(ids).size).toBe(16);
    expect(await run.deadLetters(0)).toEqual([]);
    expect((await terminate(service)).code).toBe(0);
  });

  it('when half of a batch fails alike, only these are given up', async () => {
    const { run, service } = await begin('index', { ELASTICSEARCH_URL: proxy.url });
    proxy.add(refuseDocuments(marked, refused), inBulk);
    try {
      await run.publish(...eight(run, 0, 4));
      await run.untilCommitted(8);
      const reasons = (await run.deadLetters(4)).map(({ headers }) => readHeader(headers, 'wirefold-reason'));
      expect(reasons).toEqual(['unexpected', 'unexpected', 'unexpected', 'unexpected']);
      expect(new Set(eventIds(await run.outputs(4))).size).toBe(4);
      expect((await probe(service.url, 'ready')).status).toBe(200);
      expect((await terminate(service)).code).toBe(0);
    } finally {
      proxy.mend();
    }
  });
});

describe('dead letters that the broker does not take', () => {
  const { stage, input, output } = subjectOf('enrich');
  const letters = deadLetterTopic(stage);

  async function limitLetters() {
    await kafka.admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: ConfigResourceTypes.TOPIC,
          name: letters.name,
          configEntries: [{ name: 'max.message.bytes', value: '1000' }],
        },
      ],
    });
  }

  async function deleteLetters() {
    await kafka.admin.deleteTopics({ topics: [letters.name] });
    await eventually('the topic is gone', async () =>
      (await kafka.admin.listTopics()).includes(letters.name) ? undefined : true,
    );
  }

  const ends = async () =>
    new Map(
      (await kafka.admin.fetchTopicOffsets(input.name)).map(({ partition, high }) => [partition, high]),
    );
  const committed = async ({ group }: StageRun) => {
    const [offsets] = await kafka.admin.fetchOffsets({ groupId: group, topics: [input.name] });
    return new Map((offsets?.partitions ?? []).map(({ partition, offset }) => [partition, offset]));
  };

  it.each([
    ['their topic takes smaller messages only', limitLetters],
    ['their topic is deleted', deleteLetters],
  ] as const)('%s: the partition waits and is not committed, the others go on', async (what, takeAway) => {
    const { run, service } = await begin(stage);
    await run.publish(...Array.from({ length: 60 }, (_, number) => run.good(number)));
    await run.untilCommitted(60);
    await takeAway();

    // Random, so that it is as large when it is packed.
    const value = `{"uri": "${run.uri(1000)}", "body": "${randomBytes(6000).toString('base64')}`;
    const before = await ends();
    await run.publish({ key: run.uri(1000), value });
    const after = await ends();
    const [poisoned, offset] = [...before].find(([partition, end]) => end !== after.get(partition)) ?? [];
    if (poisoned === undefined) throw new Error('the poison is not on the topic');
    await untilWaiting(service, 'kafka');
    await run.publish(...Array.from({ length: 300 }, (_, number) => run.good(100 + number)));
    const all = await ends();
    await eventually('the other partitions go on to their ends', async () => {
      const now = await committed(run);
      return (
        [...all].every(([partition, end]) => partition === poisoned || now.get(partition) === end) ||
        undefined
      );
    });
    await expectUnready(service, /^kafka is down: ./);
    expect((await committed(run)).get(poisoned)).toBe(offset);
    expect(await outcomesOf(service.url)).not.toHaveProperty('rejected malformed-json');

    const [change] = await applyTopics(kafka.admin, [letters], 1);
    expect(change?.change).not.toBe('unchanged');
    await untilBack(run, service, 361, what);
    expect(await outcomesOf(service.url)).toMatchObject({ passed: 360, 'rejected malformed-json': 1 });
    const found = await readAnew(letters, run);
    expect(new Set(found.map((letter) => letter.value?.toString('utf8')))).toEqual(new Set([value]));
    expect(new Set(eventIds(await readAnew(output, run))).size).toBe(360);
    expect((await terminate(service)).code).toBe(0);
  });

  /** Not by the tap of the other tests: it does not know a topic that was deleted and made again. */
  async function readAnew(topic: Topic, run: StageRun) {
    const found: TappedMessage[] = [];
    const next = new Map<number, string>();
    const consumer = kafka.kafka.consumer({ groupId: `anew-${randomUUID()}`, maxWaitTimeInMs: 100 });
    await consumer.connect();
    try {
      await consumer.subscribe({ topics: [topic.name], fromBeginning: true });
      const last = await kafka.admin.fetchTopicOffsets(topic.name);
      await consumer.run({
        autoCommit: false,
        eachBatch: ({ batch }) => {
          const { partition, messages } = batch;
          found.push(...messages.map((message) => ({ ...message, topic: topic.name, partition })));
          next.set(partition, batch.lastOffset());
          return Promise.resolve();
        },
      });
      await eventually(
        `${topic.name} is read`,
        () =>
          last.every(({ partition, high }) => Number(next.get(partition) ?? -1) + 1 >= Number(high)) ||
          undefined,
      );
    } finally {
      await consumer.disconnect();
    }
    return found.filter(({ key }) => String(key).includes(run.name));
  }
});
