import { describe, expect, it } from '@jest/globals';
import { documentId, storyRelation } from '@wirefold/contracts';
import * as fc from 'fast-check';
import type { ArticleRecord } from '../article-record.ts';
import {
  LEAD_SAMPLE,
  MAX_ANCHORS,
  MAX_FIGURES,
  MAX_TITLE_WORDS,
  SHINGLE_SAMPLE,
  TERM_SAMPLE,
} from '../fingerprint.ts';
import { prepareArticle } from '../prepare-article.ts';
import { decodeRecord, encodeRecord, HEADER } from './record-codec.ts';

const uint = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 });
const base64 = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((array) => Buffer.from(array).toString('base64url'));
const hashes = (bits: number, most: number) => fc.array(uint(bits), { maxLength: most });
const sketch = (bits: number, sizeBits: number, most: number) =>
  fc.record({ hashes: hashes(bits, most), size: uint(sizeBits) });
const anyUri = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const record = fc
  .record({
    uri: anyUri,
    state: fc.constantFrom('claimed', 'decided', 'confirmed'),
    claim: uint(53),
    storyId: base64(16),
    relation: fc.constantFrom(...storyRelation.options),
    score: uint(8).map((score) => score / 255),
    of: optional(anyUri),
    isKilled: fc.boolean(),
    isCorrected: fc.boolean(),
    contentKey: base64(8),
    fingerprint: fc.record({
      language: fc.constantFrom('en', 'zh', 'und', 'yue'),
      publishedMs: fc.integer({ min: Date.UTC(1800, 0), max: Date.UTC(2200, 0) }),
      words: uint(24),
      shingles: sketch(24, 24, SHINGLE_SAMPLE),
      terms: sketch(16, 16, TERM_SAMPLE),
      lead: hashes(16, LEAD_SAMPLE),
      figures: hashes(16, MAX_FIGURES),
      title: hashes(16, MAX_TITLE_WORDS),
      anchors: fc.array(
        fc.record({
          hash: uint(24),
          bits: uint(4),
          certainty: fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
          place: uint(8),
        }),
        { maxLength: MAX_ANCHORS },
      ),
      titleSignal: optional(fc.constantFrom('update', 'correction')),
      agency: optional(fc.constantFrom('dpa', 'RIA Novosti', 'Ёлка')),
      isAgencys: fc.boolean(),
    }),
  })
  .map((fields) => ({ ...fields, id: documentId(fields.uri) }) as ArticleRecord);

describe('a record', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(record, (one) => {
        expect(decodeRecord(encodeRecord(one))).toEqual(one);
      }),
    );
  });

  it('that is cut anywhere, or of another layout, is none', () => {
    fc.assert(
      fc.property(record, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (one, share) => {
        const bytes = encodeRecord(one);
        expect(decodeRecord(bytes.subarray(0, Math.floor(bytes.length * share)))).toBeUndefined();
        expect(decodeRecord(Buffer.concat([Buffer.of(2), bytes.subarray(1)]))).toBeUndefined();
      }),
    );
  });

  it('of any other bytes is none, or one; never an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        decodeRecord(Buffer.from(bytes));
        decodeRecord(Buffer.concat([Buffer.of(1, 1), bytes]));
      }),
    );
    expect(decodeRecord(Buffer.alloc(0))).toBeUndefined();
    expect(decodeRecord(Buffer.from('{"story": "of another program, in its own layout"}'))).toBeUndefined();
  });

  it('has its header where the scripts look for it', () => {
    fc.assert(
      fc.property(record, (one) => {
        const bytes = encodeRecord(one);
        expect(bytes[HEADER.state]).toBe(['claimed', 'decided', 'confirmed'].indexOf(one.state));
        expect(bytes.toString('base64url', HEADER.story, HEADER.relation)).toBe(one.storyId);
        expect(bytes[HEADER.relation]).toBe(storyRelation.options.indexOf(one.relation));
        expect(bytes.toString('base64url', HEADER.contentKey, HEADER.size)).toBe(one.contentKey);
      }),
    );
  });
});

it('a record of a wire story of some 400 words has at most 700 bytes', () => {
  const paragraph = (number: number) =>
    `The harbour of Port ${'ABCDEFGHIJKLMNOP'.charAt(number)}storia took ${number * 731 + 17} containers, said Ilse Vantonder, who runs berth number ${number} with great care and patience. Ships waited outside for a day or two, as they had done all through the winter, and nobody on the quay seemed to mind that very much.`;
  const uri = 'https://www.example-newspaper.example/world/harbour-41273';
  const { fingerprint, contentKey, id } = prepareArticle({
    id: documentId(uri),
    uri,
    language: 'en',
    title: 'Harbour takes more containers than ever before, minister tells the parliament',
    body: Array.from({ length: 8 }, (_, number) => paragraph(number)).join('\n\n'),
    publishedMs: 0,
  });
  expect(fingerprint.words).toBeGreaterThan(350);
  const size = encodeRecord({
    id,
    uri,
    state: 'decided',
    claim: Date.UTC(2026, 2) * 4096,
    storyId: documentId('urn:other'),
    relation: 'copy',
    score: 1,
    of: uri,
    isKilled: false,
    isCorrected: false,
    contentKey,
    fingerprint,
  }).length;
  expect(size).toBeLessThanOrEqual(700);
});
