import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import zlib from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { allTopics, limits, topics } from '@wirefold/contracts';
import { applyTopics, createKafka, kafkaEnvironment, type Kafka } from '@wirefold/kafka';
import { parseEnvironment, silentLog } from '@wirefold/pipeline';
import {
  buildServices,
  eventually,
  outcomesOf,
  startServiceProcess,
  testEngines,
  type ServiceProcess,
  type TestEngines,
} from '@wirefold/testing';
import kafkajs, { type Admin } from 'kafkajs';
import { publishPacked, publishRecords, rawRecord, type RawHeader } from './raw-records.ts';

// Batches that stop kafkajs as it comes. In Jest it can't be tuned, so nothing here reads them but the service, in a process
// of its own. (A batch of very many records: tune-kafkajs.test.ts; kafkajs's producer can't make one.)
const MIB = 1024 * 1024;
const INPUT = topics.scraped.name;

let engines: TestEngines;
let kafka: Kafka;
let admin: Admin;

beforeAll(async () => {
  engines = await testEngines(['kafka', 'redis']);
  const variables = { KAFKA_BROKERS: engines.kafkaBrokers.join(',') };
  kafka = createKafka(parseEnvironment(kafkaEnvironment, variables), 'hostile-batches', silentLog);
  admin = kafka.admin();
  await admin.connect();
  await applyTopics(admin, allTopics, 1);
  await buildServices(['ingest']);
}, 180_000);

afterAll(async () => {
  await admin?.disconnect();
  await engines?.stop();
}, 30_000);

let service: ServiceProcess;
let group: string;
let begin: { partition: number; offset: string }[];
let run = 0;

beforeEach(async () => {
  run += 1;
  const prefix = `batches-${Date.now()}-${run}`;
  group = `${prefix}.ingest`;
  begin = (await admin.fetchTopicOffsets(INPUT)).map(({ partition, high }) => ({ partition, offset: high }));
  await admin.setOffsets({ groupId: group, topic: INPUT, partitions: begin });
  service = await startServiceProcess('ingest', {
    KAFKA_BROKERS: engines.kafkaBrokers.join(','),
    // Nothing is packed on its way out: dead letters have their whole size.
    KAFKA_COMPRESSION: 'none',
    REDIS_URL: engines.redisUrl,
    REDIS_PREFIX: prefix,
    CONSUMER_GROUP_PREFIX: prefix,
    LOG_LEVEL: 'warn',
  });
}, 60_000);

afterEach(async () => {
  service.kill('SIGTERM');
  expect(await service.exited).toBe(0);
}, 30_000);

const text = (value: string) => Buffer.from(value);
const good = (uri: string) =>
  rawRecord({ key: text(uri), value: text(JSON.stringify({ uri, content: 'Text.' })), headers: [] });

/** How many messages are committed since the run began. */
async function committed(): Promise<number> {
  const [offsets] = await admin.fetchOffsets({ groupId: group, topics: [INPUT] });
  return (offsets?.partitions ?? []).reduce((sum, { partition, offset }) => {
    const from = begin.find((one) => one.partition === partition)?.offset ?? '0';
    return sum + Math.max(0, Number(offset) - Number(from));
  }, 0);
}
const untilCommitted = (count: number) =>
  eventually(
    `${count} messages are committed`,
    async () => ((await committed()) >= count ? true : undefined),
    120_000,
  );

async function mostMemoryBytes(): Promise<number> {
  const status = await readFile(`/proc/${service.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

it('handles a record of 50,000 headers, and what is around it', async () => {
  const headers = Array.from({ length: 50_000 }, (_, n): RawHeader => [`h${n}`, text('v')]);
  await publishRecords(kafka, INPUT, [good(`urn:before:${group}`)]);
  await publishRecords(kafka, INPUT, [rawRecord({ key: null, value: text('{'), headers })]);
  await publishRecords(kafka, INPUT, [good(`urn:behind:${group}`)]);
  await untilCommitted(3);
  expect(await outcomesOf(service.url)).toMatchObject({ passed: 2, 'rejected malformed-json': 1 });
}, 150_000);

it('keeps its memory bounded when every batch unpacks to just under the limit', async () => {
  const bombs = 24;
  const value = Buffer.alloc(limits.decompressedBytes - 1000);
  const packed = zlib.zstdCompressSync(rawRecord({ key: null, value, headers: [] }));
  expect(packed.length).toBeLessThan(20_000);
  for (let n = 0; n < bombs; n += 1)
    await publishPacked(kafka, INPUT, { compression: kafkajs.CompressionTypes.ZSTD, packed, count: 1 });
  await publishRecords(kafka, INPUT, [good(`urn:behind:${group}`)]);
  await untilCommitted(bombs + 1);
  expect(await outcomesOf(service.url)).toMatchObject({ passed: 1, 'rejected too-large': bombs });
  if (process.platform === 'linux') expect(await mostMemoryBytes()).toBeLessThan(900 * MIB);
}, 180_000);

it('cuts a dead letter that is larger than its topic takes, and reads on', async () => {
  const hex = text(randomBytes(13 * MIB).toString('hex'));
  const packed = zlib.gzipSync(rawRecord({ key: text('k'), value: hex, headers: [] }), { level: 9 });
  expect(packed.length).toBeLessThan(topics.scraped.maxMessageBytes);
  await publishPacked(kafka, INPUT, { compression: kafkajs.CompressionTypes.GZIP, packed, count: 1 });
  await publishRecords(kafka, INPUT, [good(`urn:behind:${group}`)]);
  await untilCommitted(2);
  expect(await outcomesOf(service.url)).toMatchObject({ passed: 1, 'rejected too-large': 1 });
}, 120_000);
