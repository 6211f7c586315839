import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ingestedArticle, receipt, topics, type Topic } from '@wirefold/contracts';
import { IngestModule, ingestEnvironment } from '@wirefold/ingest';
import { startStageService, type RunningService } from '@wirefold/service';
import {
  jsonOf,
  testEngines,
  testKafka,
  type TappedMessage,
  type TestEngines,
  type TestKafka,
} from '@wirefold/testing';

let engines: TestEngines;
let kafka: TestKafka;
let service: RunningService;
let fatal: Error | undefined;

beforeAll(async () => {
  engines = await testEngines(['kafka', 'redis']);
  kafka = await testKafka(engines.kafkaBrokers);
  service = await startStageService(
    { name: 'ingest', environment: ingestEnvironment, module: (config) => IngestModule.register(config) },
    {
      KAFKA_BROKERS: engines.kafkaBrokers.join(','),
      REDIS_URL: engines.redisUrl,
      REDIS_PREFIX: `page-bytes-${Date.now()}`,
      CONSUMER_GROUP_PREFIX: 'page-bytes',
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: '0',
      LOG_LEVEL: 'warn',
    },
    (error) => (fatal = error),
  );
}, 180_000);

afterAll(async () => {
  await service?.stop();
  await kafka?.close();
  await engines?.stop();
  expect(fatal).toBeUndefined();
}, 60_000);

const base64 = (bytes: Buffer): string => bytes.toString('base64');
const hex = (digits: string): string => base64(Buffer.from(digits, 'hex'));

const publish = (uri: string, fields: object): Promise<void> =>
  kafka.publish(topics.scraped, {
    key: uri,
    value: Buffer.from(JSON.stringify({ uri, contentEncoding: 'base64', ...fields })),
  });

async function first(topic: Topic, uri: string): Promise<TappedMessage> {
  const fits = (message: TappedMessage) => message.key?.toString('utf8') === uri;
  const [message] = await kafka.messages(topic, 1, fits);
  return message as TappedMessage;
}

const RUSSIAN = 'Новый паром ходит с понедельника.';
const WINDOWS_1251 = 'cdeee2fbe920efe0f0eeec20f5eee4e8f220f120efeeede5e4e5ebfcede8eae02e';

describe('ingest takes pages as bytes', () => {
  it.each([
    ['windows-1251', RUSSIAN, { content: hex(WINDOWS_1251), charset: 'windows-1251' }],
    ['windows-1251, called UTF-8', RUSSIAN, { content: hex(WINDOWS_1251), charset: 'utf-8' }],
    ['GB18030', '新渡轮自星期一', { content: hex('d0c2b6c9c2d6d7d4d0c7c6dad2bb'), charset: 'gb18030' }],
    ['Shift_JIS', '新しいフェリー', { content: hex('905682b582a283748346838a815b'), charset: 'shift_jis' }],
    ['UTF-16 with a mark', RUSSIAN, { content: base64(Buffer.from(`\ufeff${RUSSIAN}`, 'utf16le')) }],
  ])('%s goes on as text', async (what, content, fields) => {
    const uri = `urn:bytes:${encodeURIComponent(what)}`;
    await publish(uri, fields);
    const article = ingestedArticle.parse(jsonOf(await first(topics.ingested, uri)));
    expect(article).toMatchObject({ content, contentType: 'text/plain' });
    expect(Object.keys(article)).not.toContain('contentEncoding');
  });

  it('the largest page passes the broker, and comes out as text', async () => {
    const uri = 'urn:bytes:largest';
    await publish(uri, { content: base64(Buffer.alloc(2 * 1024 * 1024, 'a')) });
    expect(ingestedArticle.parse(jsonOf(await first(topics.ingested, uri))).content).toHaveLength(
      2 * 1024 * 1024,
    );
  });

  it.each([
    ['not base64', 'broken-contract', { content: RUSSIAN }, /^content: expected base64/],
    [
      'a picture',
      'unprocessable',
      { content: hex('ffd8ffe000104a464946') },
      /^content is image\/jpeg, not text$/,
    ],
    [
      'too large as text',
      'too-large',
      { content: base64(Buffer.alloc(1_100_000, 0xcf)), charset: 'windows-1251' },
      /^content: as text/,
    ],
  ])('%s goes to the dead letters: %s', async (what, reason, fields, error) => {
    const uri = `urn:bytes:${encodeURIComponent(what)}`;
    await publish(uri, fields);
    const told = receipt.parse(jsonOf(await first(topics.indexed, uri)));
    expect(told).toMatchObject({ outcome: 'rejected', reason, error: expect.stringMatching(error) });
  });
});
