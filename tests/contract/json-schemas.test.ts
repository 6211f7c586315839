import { describe, expect, it } from '@jest/globals';
import { limits, stageNames, type StageName } from '@wirefold/contracts';
import { sampleMessage } from '@wirefold/testing';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { ninjsExamples, scrapedExamples } from '../../libs/contracts/src/generate/examples.ts';
import {
  documentedSchemas,
  jsonSchema,
  schemaNames,
  type SchemaName,
} from '../../libs/contracts/src/generate/json-schemas.ts';

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
addFormats.default(ajv);
const compiled = new Map(schemaNames.map((name) => [name, ajv.compile(jsonSchema(name))]));
const verdict = (name: SchemaName, message: unknown) => ({
  zod: documentedSchemas[name].safeParse(message).success,
  schema: compiled.get(name)?.(message),
});

const inputs: Record<StageName, SchemaName> = {
  ingest: 'scraped-article',
  clean: 'ingested-article',
  translate: 'cleaned-article',
  enrich: 'translated-article',
  index: 'enriched-article',
};
const sample = (stage: StageName) =>
  JSON.parse(JSON.stringify(sampleMessage(stage, { uri: 'https://example.org/1' }))) as Record<
    string,
    unknown
  >;
const receipt = {
  origin: 'news.article.scraped.v1/0/1@2',
  outcome: 'rejected',
  stage: 'clean',
  at: '2026-01-31T12:00:00.000Z',
  uri: 'urn:a',
  version: 1,
  versionCreated: '2026-01-31T12:00:00.000Z',
  pubStatus: 'usable',
  reason: 'over-budget',
  error: 'x',
  steps: [{ stage: 'ingest', at: '2026-01-31T12:00:00.000Z', tookMs: 0.5 }],
};
const samples: [SchemaName, Record<string, unknown>][] = [
  ...stageNames.map((stage): [SchemaName, Record<string, unknown>] => [inputs[stage], sample(stage)]),
  ['receipt', receipt],
  ['ninjs-item', { ...ninjsExamples.ninjs.payload }],
  ...Object.values(scrapedExamples).map(({ payload }): [SchemaName, Record<string, unknown>] => [
    'scraped-article',
    { ...payload },
  ]),
];

it.each(samples)('%s: a good message is good by both', (name, message) => {
  expect(verdict(name, message)).toEqual({ zod: true, schema: true });
});

const scraped = (fields: object) => ({ uri: 'urn:a', content: 'Text.', ...fields });
const enriched = (fields: object) => ({ ...sample('index'), ...fields });

describe('a bad message is bad by both', () => {
  it.each<[string, SchemaName, unknown]>([
    ['no object', 'scraped-article', []],
    ['nothing in it', 'scraped-article', {}],
    ['no content', 'scraped-article', { uri: 'urn:a' }],
    ['no content, though usable', 'scraped-article', { uri: 'urn:a', pubStatus: 'usable' }],
    ['a space in the uri', 'scraped-article', scraped({ uri: 'a b' })],
    ['an empty uri', 'scraped-article', scraped({ uri: '' })],
    ['a url without a scheme', 'scraped-article', scraped({ url: 'example.org' })],
    ['a url of another scheme', 'scraped-article', scraped({ url: 'ftp://example.org' })],
    ['a date without a zone', 'scraped-article', scraped({ publishedAt: '2026-01-31T12:00:00' })],
    ['a day that is not', 'scraped-article', scraped({ publishedAt: '2026-02-30T12:00:00Z' })],
    ['a version in text', 'scraped-article', scraped({ version: '1' })],
    ['half a version', 'scraped-article', scraped({ version: 1.5 })],
    ['a version too great', 'scraped-article', scraped({ version: 2 ** 31 })],
    ['an unknown status', 'scraped-article', scraped({ pubStatus: 'killed' })],
    ['a language with an underscore', 'scraped-article', scraped({ language: 'de_DE' })],
    ['content over the limit', 'scraped-article', scraped({ content: 'a'.repeat(limits.contentBytes + 1) })],
    ['a title over the limit', 'scraped-article', scraped({ title: 'a'.repeat(limits.titleCharacters + 1) })],
    ['a source in text', 'scraped-article', scraped({ source: 'dpa' })],
    ['bodies that are no list', 'ninjs-item', { uri: 'urn:a', bodies: {} }],
    [
      'an entity before the text',
      'enriched-article',
      enriched({ entities: [{ type: 'place', text: 'a', start: -1, end: 1 }] }),
    ],
    ['an entity of no type', 'enriched-article', enriched({ entities: [{ text: 'a', start: 0, end: 1 }] })],
    ['an id that is none', 'enriched-article', enriched({ id: 'x' })],
    ['an unknown outcome', 'receipt', { ...receipt, outcome: 'lost' }],
    ['an unknown reason', 'receipt', { ...receipt, reason: 'bad luck' }],
    ['a step of no stage', 'receipt', { ...receipt, steps: [{ stage: 'fold', at: receipt.at, tookMs: 1 }] }],
  ])('%s', (_what, name, message) => {
    expect(verdict(name, message)).toEqual({ zod: false, schema: false });
  });
});

it('takes a field that is not known, in any object', () => {
  const message = scraped({ mood: 'good', source: { name: 'A', city: 'Ulm' } });
  expect(verdict('scraped-article', message)).toEqual({ zod: true, schema: true });
});

// Values that sit on the borders of what the contracts take.
const times = fc
  .tuple(
    fc.date({ noInvalidDate: true, min: new Date('1799-01-01'), max: new Date('2101-01-01') }),
    fc.constantFrom('Z', '+05:30', '-23:59', 'z', ''),
  )
  .map(([date, zone]) => date.toISOString().replace('Z', zone));
const addresses = fc.oneof(
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.string({ unit: 'binary' }).map((text) => `https://${text}`),
  fc.string({ unit: 'grapheme' }).map((text) => `HTTP://example.org/${text}`),
);
const values = fc.oneof(
  times,
  addresses,
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.constantFrom(
    'de',
    'zh-Hant',
    'usable',
    'canceled',
    'withheld',
    'update',
    'text/html',
    'ingest',
    '1',
    '',
    'place',
    'DE',
  ),
  fc.integer({ min: -1, max: 2 ** 31 }),
  fc.double(),
  fc.jsonValue({ maxDepth: 2 }),
  fc.constant(undefined),
);

/** A message with one of its fields, at any depth, set to something else. */
function changed(message: unknown, path: readonly number[], value: unknown): unknown {
  if (typeof message !== 'object' || message === null || path.length === 0) return value;
  const names = Object.keys(message);
  const name = names[(path[0] ?? 0) % Math.max(1, names.length)];
  if (name === undefined) return value;
  const child = changed((message as Record<string, unknown>)[name], path.slice(1), value);
  return Array.isArray(message)
    ? message.map((one, index) => (String(index) === name ? (child ?? null) : (one as unknown)))
    : { ...message, [name]: child };
}

it.each(samples)('%s: whatever the contract takes, the schema takes', (name, message) => {
  const change = fc.tuple(fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), values);
  let taken = 0;
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const result = changes.reduce<unknown>(
        (before, [path, value]) => changed(before, path, value),
        message,
      );
      const json = JSON.parse(JSON.stringify(result)) as unknown;
      const { zod, schema } = verdict(name, json);
      if (zod) expect([json, schema]).toEqual([json, true]);
      if (zod) taken += 1;
    }),
    { numRuns: 1500 },
  );
  expect(taken).toBeGreaterThan(30);
});
