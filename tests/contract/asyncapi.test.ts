import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { allTopics, stageNames, stageTopics } from '@wirefold/contracts';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

const require = createRequire(import.meta.url);
const specification = require('@asyncapi/specs/schemas/3.0.0-without-$id.json') as object;

type Json = Record<string, unknown>;
interface Channel {
  readonly address: string;
  readonly messages: Record<string, { $ref: string }>;
  readonly bindings: { kafka: { partitions: number; topicConfiguration: Json } };
}
interface Operation {
  readonly action: 'send' | 'receive';
  readonly channel: { $ref: string };
}
interface AsyncApi {
  readonly channels: Record<string, Channel>;
  readonly operations: Record<string, Operation>;
  readonly components: { schemas: Record<string, object>; messages: Record<string, Json> };
}

let document: AsyncApi;
let valid: ValidateFunction;

beforeAll(async () => {
  const path = join(import.meta.dirname, '../../docs/contract/asyncapi.json');
  document = JSON.parse(await readFile(path, 'utf8')) as AsyncApi;
  const ajv = new Ajv({ strict: false, logger: false });
  addFormats.default(ajv);
  valid = ajv.compile(specification);
});

/** Every $ref of a value, at any depth. */
function* refsOf(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, one] of Object.entries(value)) {
    if (name === '$ref' && typeof one === 'string') yield one;
    else yield* refsOf(one);
  }
}

const at = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((value, name) => (value as Json | undefined)?.[name], document);

describe('the AsyncAPI document', () => {
  it('is valid by the AsyncAPI 3.0 schema, which would tell', () => {
    expect(valid(document) || valid.errors).toBe(true);
    for (const broken of [
      { ...document, asyncapi: '2.6.0' },
      { ...document, channels: { scraped: { ...document.channels['scraped'], adress: 'x' } } },
      { ...document, operations: { x: { action: 'publish', channel: { $ref: '#/channels/scraped' } } } },
    ])
      expect(valid(broken)).toBe(false);
  });

  it('refers to nothing that is not in it', () => {
    const refs = [...refsOf(document)];
    expect(refs.length).toBeGreaterThan(50);
    for (const ref of refs) expect([ref, at(ref) !== undefined]).toEqual([ref, true]);
  });

  it('has every topic with its settings', () => {
    const described = Object.values(document.channels).map(({ address, bindings: { kafka } }) => [
      address,
      kafka.partitions,
      kafka.topicConfiguration,
    ]);
    expect(described).toEqual(
      allTopics.map((topic) => [
        topic.name,
        topic.partitions,
        {
          'cleanup.policy': topic.cleanupPolicy.split(','),
          'retention.ms': topic.retentionMs,
          'max.message.bytes': topic.maxMessageBytes,
        },
      ]),
    );
  });

  it('has who sends and who receives', () => {
    const does = (action: string, address: string) =>
      Object.entries(document.operations)
        .filter(([, one]) => one.action === action && (at(one.channel.$ref) as Channel).address === address)
        .map(([name]) => name);
    for (const stage of stageNames) {
      expect(does('receive', stageTopics[stage].input.name).join()).toMatch(new RegExp(`^${stage}Receives`));
      expect(does('send', stageTopics[stage].output.name).join()).toContain(`${stage}Sends`);
      // The service, and the command line with its marks.
      expect(does('send', `${stage}.dlq.v1`)).toHaveLength(2);
    }
    expect(does('send', 'news.article.scraped.v1')).toEqual(['scraperSendsScraped']);
    expect(does('send', 'news.article.indexed.v1')).toHaveLength(stageNames.length);
  });

  it('has examples that fit their schemas', () => {
    const ajv = new Ajv({ strict: false });
    addFormats.default(ajv);
    let count = 0;
    for (const { examples = [], payload } of Object.values(document.components.messages) as unknown as {
      examples?: { payload: Json }[];
      payload: { $ref: string };
    }[]) {
      if (examples.length === 0) continue;
      const fits = ajv.compile(at(payload.$ref) as object);
      for (const example of examples) {
        expect(fits(example.payload) || fits.errors).toBe(true);
        count += 1;
      }
    }
    expect(count).toBeGreaterThanOrEqual(8);
  });
});
