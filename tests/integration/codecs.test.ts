import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ingestedArticle, limits, readHeader, topics, type Topic } from '@wirefold/contracts';
import { createKafka, kafkaEnvironment } from '@wirefold/kafka';
import { parseEnvironment } from '@wirefold/pipeline';
import {
  buildServices,
  jsonOf,
  outcomesOf,
  probe,
  startServiceProcess,
  testEngines,
  testKafka,
  type ServiceProcess,
  type TappedMessage,
  type TestEngines,
  type TestKafka,
} from '@wirefold/testing';
import kafkajs from 'kafkajs';
import snappy from 'snappy';
import { firstOf, publishPacked, publishRecords, rawRecord } from './raw-records.ts';

const { CompressionCodecs, CompressionTypes } = kafkajs;
const codecs = {
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
};
type CodecName = keyof typeof codecs;
const names = Object.keys(codecs) as CodecName[];

type Codec = {
  compress: (encoded: { buffer: Buffer }) => Promise<Buffer>;
  decompress: (bytes: Buffer) => Promise<Buffer>;
};
const registry = CompressionCodecs as unknown as Record<number, () => Codec>;
const factoryOf = (name: CodecName): (() => Codec) => {
  const factory = registry[codecs[name]];
  if (factory === undefined) throw new Error(`no codec ${name}`);
  return factory;
};
const codecOf = (name: CodecName) => factoryOf(name)();

let engines: TestEngines;
let kafka: TestKafka;

beforeAll(async () => {
  engines = await testEngines(['kafka', 'redis']);
  kafka = await testKafka(engines.kafkaBrokers);
  await buildServices(['ingest']);
}, 180_000);

afterAll(async () => {
  await kafka?.close();
  await engines?.stop();
}, 30_000);

const startIngest = (run: string, compression: string) =>
  startServiceProcess('ingest', {
    KAFKA_BROKERS: engines.kafkaBrokers.join(','),
    KAFKA_COMPRESSION: compression,
    REDIS_URL: engines.redisUrl,
    REDIS_PREFIX: `${run}-${Date.now()}`,
    CONSUMER_GROUP_PREFIX: run,
    LOG_LEVEL: 'warn',
  });

async function end(service: ServiceProcess | undefined): Promise<void> {
  service?.kill('SIGTERM');
  expect(await service?.exited).toBe(0);
}

const PARTITION = 2;
const paragraphs = 'Die neue Fähre fährt seit Montag. '.repeat(400);
const article = (uri: string) =>
  rawRecord({
    key: Buffer.from(uri),
    value: Buffer.from(JSON.stringify({ uri, content: paragraphs })),
    headers: [],
  });
const keyed = (uri: string) => (message: TappedMessage) => message.key?.toString('utf8') === uri;
const on = async (topic: Topic | string, fits: (message: TappedMessage) => boolean) =>
  firstOf(await kafka.messages(topic, 1, fits));
const passed = (uri: string) => on(topics.ingested, keyed(uri));

describe.each(names)('%s', (name) => {
  let service: ServiceProcess | undefined;
  beforeAll(async () => {
    service = await startIngest(`codec-${name}`, name);
  }, 60_000);
  afterAll(() => end(service), 30_000);

  it('is read and written', async () => {
    const uri = `urn:codec:${name}`;
    let unpacked = 0;
    const factory = factoryOf(name);
    registry[codecs[name]] = () => ({
      ...factory(),
      decompress: async (bytes) => {
        const records = await factory().decompress(bytes);
        // What Wirefold wrote is packed by this codec: nothing else has this header.
        if (records.includes('/wirefold/ingest')) unpacked += 1;
        return records;
      },
    });
    try {
      const packed = await codecOf(name).compress({ buffer: article(uri) });
      await publishPacked(kafka.kafka, topics.scraped.name, { compression: codecs[name], packed, count: 1 });
      const output = await passed(uri);
      expect(ingestedArticle.parse(jsonOf(output)).content).toBe(paragraphs);
      expect(unpacked).toBeGreaterThan(0);
    } finally {
      registry[codecs[name]] = factory;
    }
  });
});

describe('bombs', () => {
  let service: ServiceProcess | undefined;
  beforeAll(async () => {
    service = await startIngest('codec-bombs', 'none');
  }, 60_000);
  afterAll(() => end(service), 30_000);

  const bomb = () =>
    rawRecord({ key: Buffer.from('bomb'), value: Buffer.alloc(limits.decompressedBytes + 1), headers: [] });

  it.each(names)(
    'of %s goes to the dead letters packed; what is before and behind it is handled',
    async (name) => {
      const [before, behind] = [`urn:before:${name}`, `urn:behind:${name}`];
      const packed = await codecOf(name).compress({ buffer: bomb() });
      expect(packed.length).toBeLessThan(topics.scraped.maxMessageBytes / 4);
      const batch = { compression: codecs[name], partition: PARTITION };
      await publishRecords(kafka.kafka, topics.scraped.name, [article(before)], { partition: PARTITION });
      await publishPacked(kafka.kafka, topics.scraped.name, { ...batch, packed, count: 1 });
      await publishRecords(kafka.kafka, topics.scraped.name, [article(behind)], { partition: PARTITION });

      await Promise.all([passed(before), passed(behind)]);
      const letter = await on('ingest.dlq.v1', ({ value }) => value?.equals(packed) ?? false);
      expect(readHeader(letter.headers, 'wirefold-reason')).toBe('undecodable');
      expect(readHeader(letter.headers, 'wirefold-error')).toMatch(/could not be unpacked/);
      expect(readHeader(letter.headers, 'wirefold-partition')).toBe(String(PARTITION));
      const origin = readHeader(letter.headers, 'wirefold-origin');
      const ended = await on(topics.indexed, (message) => jsonOf(message)['origin'] === origin);
      expect(jsonOf(ended)).toMatchObject({
        outcome: 'rejected',
        reason: 'undecodable',
        deadLetter: 'ingest.dlq.v1',
      });
    },
    60_000,
  );

  it('of many records give a dead letter for each', async () => {
    const value = Buffer.alloc(limits.decompressedBytes / 2);
    const records = [0, 1, 2].map((n) => rawRecord({ key: null, value, headers: [] }, n));
    const packed = await codecOf('zstd').compress({ buffer: Buffer.concat(records) });
    await publishPacked(kafka.kafka, topics.scraped.name, {
      compression: codecs.zstd,
      packed,
      count: records.length,
      partition: PARTITION,
    });
    const first = await on('ingest.dlq.v1', (message) => message.value?.equals(packed) ?? false);
    const at = Number(readHeader(first.headers, 'wirefold-offset'));
    const offsets = (
      await kafka.messages('ingest.dlq.v1', 3, ({ headers }) => {
        const offset = Number(readHeader(headers, 'wirefold-offset'));
        return (
          readHeader(headers, 'wirefold-partition') === String(PARTITION) && offset >= at && offset < at + 3
        );
      })
    ).map(({ value: letter, headers }) => [
      Number(readHeader(headers, 'wirefold-offset')) - at,
      letter?.length,
    ]);
    expect(offsets).toEqual([
      [0, packed.length],
      [1, undefined],
      [2, undefined],
    ]);
  });

  it('leave the consumer alive and well', async () => {
    if (service === undefined) throw new Error('no service');
    expect(await outcomesOf(service.url)).toMatchObject({
      passed: 3 * names.length,
      'rejected undecodable': 7,
    });
    expect((await probe(service.url, 'live')).status).toBe(200);
    expect((await probe(service.url, 'ready')).status).toBe(200);
    expect(service.output()).not.toMatch(/crashed/);
  });
});

it('reads what Java clients write with snappy', async () => {
  const service = await startIngest('codec-xerial', 'snappy');
  try {
    const uri = 'urn:xerial';
    const records = article(uri);
    const header = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
    const blocks = [records.subarray(0, 5000), records.subarray(5000)].flatMap((part) => {
      const block = snappy.compressSync(part);
      const length = Buffer.alloc(4);
      length.writeInt32BE(block.length);
      return [length, block];
    });
    const packed = Buffer.concat([header, ...blocks]);
    await publishPacked(kafka.kafka, topics.scraped.name, { compression: codecs.snappy, packed, count: 1 });
    expect(jsonOf(await passed(uri))['content']).toBe(paragraphs);
  } finally {
    await end(service);
  }
}, 60_000);

it('says at once that it knows no other way to pack', () => {
  const variables = { KAFKA_BROKERS: 'a:1', KAFKA_COMPRESSION: 'brotli' };
  expect(() => createKafka(parseEnvironment(kafkaEnvironment, variables), 'x', console)).toThrow(
    /KAFKA_COMPRESSION/,
  );
});
