import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  deadLetterHeaders,
  eventHeaders,
  ingestedArticle,
  receipt,
  topics,
  type Topic,
} from '@wirefold/contracts';
import { IngestModule, ingestEnvironment } from '@wirefold/ingest';
import { startStageService, type RunningService } from '@wirefold/service';
import {
  buildServices,
  jsonOf,
  startServiceProcess,
  testEngines,
  testKafka,
  type ServiceProcess,
  type TappedMessage,
  type TestEngines,
  type TestKafka,
} from '@wirefold/testing';
import { Kafka as CloudEvents, type KafkaMessage } from 'cloudevents';
import { firstOf, publishRecords, rawRecord, type RawHeader } from './raw-records.ts';

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

const bytes = (...values: number[]) => Buffer.from(values);
const text = (value: string) => Buffer.from(value);
const thousand = Array.from({ length: 1000 }, (_, n): RawHeader => [`header-${n}`, text(`value ${n}`)]);

const hostile: [string, RawHeader[]][] = [
  [
    'names of Object.prototype',
    [
      ['constructor', text('c')],
      ['__proto__', text('p')],
      ['toString', text('t')],
      ['hasOwnProperty', text('h')],
      ['__defineGetter__', text('d')],
    ],
  ],
  [
    'bytes that are no UTF-8',
    [
      ['latin-1', bytes(0xe4, 0xff, 0xfe)],
      ['utf-16', bytes(0xd8, 0x00)],
      ['zeros', Buffer.alloc(100)],
    ],
  ],
  [
    'a name several times',
    [
      ['a', text('1')],
      ['a', text('2')],
      ['constructor', text('x')],
      ['constructor', text('y')],
      ['__proto__', text('x')],
      ['__proto__', bytes(255)],
    ],
  ],
  [
    'an empty name and empty values',
    [
      ['', text('nameless')],
      ['empty', Buffer.alloc(0)],
    ],
  ],
  [
    'names of ours',
    [
      ['wirefold-reason', text('forged')],
      ['wirefold-undecodable-not', text('x')],
      ['original-wirefold-reason', text('older')],
    ],
  ],
  ['a thousand headers', thousand],
  ['a large header', [['large', Buffer.alloc(3_000_000, 'x')]]],
  [
    'event headers that make no sense',
    [
      ['ce_id', bytes(0)],
      ['ce_time', text('never')],
      ['traceparent', text('00-zz')],
      ['content-type', text('application/cloudevents+json')],
    ],
  ],
];

/** Values of each name, in their order, as hex: all that a client that reads headers into an object can keep. */
function byName(headers: Iterable<readonly [string, Buffer | null]>): Record<string, string[]> {
  const names = new Map<string, string[]>();
  for (const [name, value] of headers)
    names.set(name, [...(names.get(name) ?? []), (value ?? Buffer.alloc(0)).toString('hex')]);
  return Object.fromEntries([...names].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function* headersOf({ headers = {} }: TappedMessage): Generator<[string, Buffer]> {
  for (const [name, value] of Object.entries(headers))
    for (const one of [value].flat()) if (Buffer.isBuffer(one)) yield [name, one];
}

const ADDED = Object.keys(deadLetterHeaders.shape);
const isAdded = (name: string) => ADDED.includes(name);
const original = (message: TappedMessage) =>
  byName(
    [...headersOf(message)]
      .filter(([name]) => !isAdded(name))
      .map(([name, value]) => [name.replace(/^original-(?=wirefold-reason$)/, ''), value]),
  );
const added = (message: TappedMessage) =>
  Object.fromEntries(
    [...headersOf(message)].filter(([name]) => isAdded(name)).map(([name, value]) => [name, String(value)]),
  );

// In this process kafkajs is as it comes; in one of its own, as Wirefold tunes it (see tune-kafkajs.ts).
describe.each(['in this process', 'in a process of its own'])('ingest %s', (where) => {
  let service: RunningService | undefined;
  let child: ServiceProcess | undefined;
  let fatal: Error | undefined;
  const group = `hostile-${where.length}`;

  beforeAll(async () => {
    const environment = {
      KAFKA_BROKERS: engines.kafkaBrokers.join(','),
      REDIS_URL: engines.redisUrl,
      REDIS_PREFIX: `${group}-${Date.now()}`,
      CONSUMER_GROUP_PREFIX: group,
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: '0',
      LOG_LEVEL: 'warn',
    };
    if (where === 'in this process') {
      service = await startStageService(
        { name: 'ingest', environment: ingestEnvironment, module: (config) => IngestModule.register(config) },
        environment,
        (error) => (fatal = error),
      );
    } else {
      child = await startServiceProcess('ingest', environment);
    }
  }, 60_000);

  afterAll(async () => {
    await service?.stop();
    child?.kill('SIGTERM');
    await child?.exited;
    expect(fatal).toBeUndefined();
  }, 30_000);

  const keyOf = (what: string) => `${where}: ${what}`;
  const on = async (topic: Topic | string, key: string) => {
    const fits = (message: TappedMessage) => message.key?.toString('utf8') === key;
    return firstOf(await kafka.messages(topic, 1, fits));
  };

  it.each(hostile)('gives a bad message with %s back to the byte', async (what, headers) => {
    const key = text(keyOf(what));
    const value = Buffer.concat([text('no JSON'), bytes(0xff, 0x00)]);
    await publishRecords(kafka.kafka, topics.scraped.name, [rawRecord({ key, value, headers })]);
    const letter = await on('ingest.dlq.v1', keyOf(what));
    expect(letter.value).toEqual(value);
    expect(letter.key).toEqual(key);
    const before = headers.map(
      ([name, one]) => [String(name).replace(/^original-(?=wirefold-reason$)/, ''), one] as const,
    );
    const sorted = (names: Record<string, string[]>) =>
      Object.fromEntries(
        Object.entries(names).map(([name, values]) => [
          name,
          name === 'wirefold-reason' ? values.toSorted((a, b) => (a < b ? -1 : 1)) : values,
        ]),
      );
    expect(sorted(original(letter))).toEqual(sorted(byName(before)));
    expect(deadLetterHeaders.safeParse(added(letter)).data).toMatchObject({
      'wirefold-stage': 'ingest',
      'wirefold-reason': 'malformed-json',
      'wirefold-topic': topics.scraped.name,
    });
  });

  it.each(hostile)('takes a good message with %s', async (what, headers) => {
    const uri = `urn:${encodeURI(keyOf(what))}`;
    const value = text(JSON.stringify({ uri, content: 'Text.' }));
    await publishRecords(kafka.kafka, topics.scraped.name, [rawRecord({ key: text(uri), value, headers })]);
    const output = await on(topics.ingested, uri);
    expect(ingestedArticle.safeParse(jsonOf(output)).error).toBeUndefined();
    expect([...headersOf(output)].map(([name]) => name).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      'ce_id',
      'ce_source',
      'ce_specversion',
      'ce_subject',
      'ce_time',
      'ce_type',
      'content-type',
      'traceparent',
    ]);
  });

  it('gives a null value and a name that is no UTF-8 back as near as its client can', async () => {
    const headers: RawHeader[] = [
      ['null', null],
      [bytes(0x61, 0xff), text('x')],
      ['after', text('y')],
    ];
    const key = keyOf('null');
    await publishRecords(kafka.kafka, topics.scraped.name, [
      rawRecord({ key: text(key), value: null, headers }),
    ]);
    const letter = await on('ingest.dlq.v1', key);
    expect(letter.value).toBeNull();
    expect(original(letter)).toEqual(
      byName([
        ['null', null],
        ['a\ufffd', text('x')],
        ['after', text('y')],
      ]),
    );
    expect(added(letter)['wirefold-error']).toMatch(/empty/);
  });

  it('writes events that the CloudEvents SDK reads, in the trace of the scraper', async () => {
    const uri = `https://example.org/火箭/${where.length}?a=%20"ü"`;
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const sent = eventHeaders({
      id: '1',
      source: '/scraper',
      type: topics.scraped.eventType,
      time: '2026-01-31T12:00:00Z',
      subject: uri,
      traceparent,
    });
    await kafka.publish(topics.scraped, { key: uri, value: { uri, content: 'Text.' }, headers: { ...sent } });
    await kafka.publish(topics.scraped, { key: uri, value: { uri, content: 'Text.' }, headers: { ...sent } });
    const output = await on(topics.ingested, uri);
    const ended = await on(topics.indexed, uri);
    expect(receipt.parse(jsonOf(ended)).outcome).toBe('unchanged');
    for (const [message, topic] of [
      [output, topics.ingested],
      [ended, topics.indexed],
    ] as const) {
      const headers = Object.fromEntries(
        [...headersOf(message)].map(([name, value]) => [name, value.toString('utf8')]),
      );
      const event: KafkaMessage = {
        key: uri,
        value: message.value?.toString('utf8') ?? '',
        body: '',
        headers,
      };
      expect(CloudEvents.isEvent(event)).toBe(true);
      expect(CloudEvents.toEvent(event)).toMatchObject({
        type: topic.eventType,
        source: '/wirefold/ingest',
        subject: uri,
        id: jsonOf(message)['origin'],
        datacontenttype: 'application/json',
        data: jsonOf(message),
      });
      expect(headers['traceparent']).toMatch(
        /^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01$/,
      );
    }
  });
});
