import { describe, expect, it } from '@jest/globals';
import { documentId, enrichedArticle } from '@wirefold/contracts';
import { toDocument } from '@wirefold/article-index';
import { bulkLines, markLines, toLanes, toRequests } from './bulk-lines.ts';

const at = '2026-03-01T09:00:00.000Z';

describe('bulkLines', () => {
  it('writes every digit of a version of 63 bits', () => {
    const article = enrichedArticle.parse({
      id: documentId('urn:ü'),
      uri: 'urn:ü',
      version: 2 ** 31 - 1,
      versionCreated: '2099-12-31T23:59:59Z',
      pubStatus: 'usable',
      contentHash: 'hash',
      origin: 't/0/1@1',
      steps: [],
      title: 'Zeile\nzwei\u2028drei',
      titleFrom: 'publisher',
      body: 'Grüße',
      language: { tag: 'de', confidence: 1, from: 'text' },
      residue: [],
      extraction: { method: 'text', wordCount: 1 },
      translation: { status: 'untranslated', language: 'en' },
      entities: [],
    });
    const { text, sizeBytes } = bulkLines(toDocument(article, at));
    const [action, document, rest] = text.split('\n');
    // (2^31 - 1) * 2^32 + 4102444799
    expect(action).toBe(
      `{"index":{"_id":"${article.id}","version":9223372036662253311,"version_type":"external_gte"}}`,
    );
    expect(JSON.parse(document ?? '')).toMatchObject({
      uri: 'urn:ü',
      title: { de: 'Zeile\nzwei\u2028drei' },
    });
    expect(rest).toBe('');
    expect(sizeBytes).toBe(Buffer.byteLength(text));
  });

  it('writes the mark of a killed story without a version', () => {
    const mark = { id: 'mark', pubStatus: 'canceled', killedBy: 'urn:ü', indexedAt: at } as const;
    const { text, sizeBytes } = markLines(mark);
    expect(text).toBe(`{"index":{"_id":"mark"}}\n${JSON.stringify(mark)}\n`);
    expect(sizeBytes).toBe(Buffer.byteLength(text));
  });
});

describe('toLanes', () => {
  const lines = Array.from({ length: 1000 }, (_, n) => ({ id: documentId(`urn:${n % 500}`), n }));

  it('keeps all lines of an id in one lane, in order', () => {
    for (const count of [1, 2, 3, 16]) {
      const lanes = toLanes(lines, count);
      expect(lanes.flat().length).toBe(1000);
      const laneOf = new Map<string, number>();
      lanes.forEach((lane, index) => {
        for (const { id } of lane) expect(laneOf.set(id, laneOf.get(id) ?? index).get(id)).toBe(index);
        expect(lane.map(({ n }) => n)).toEqual(lane.map(({ n }) => n).toSorted((a, b) => a - b));
      });
    }
  });

  it('deals them out evenly', () => {
    const [first = [], second = []] = toLanes(lines, 2);
    expect(Math.abs(first.length - second.length)).toBeLessThan(150);
  });

  it('has no empty lane', () => {
    expect(toLanes(lines.slice(0, 1), 16)).toHaveLength(1);
    expect(toLanes([], 2)).toEqual([]);
  });
});

const sizes = (...all: number[]) => all.map((sizeBytes) => ({ sizeBytes }));

describe('toRequests', () => {
  it.each([
    [[], []],
    [
      [4, 4, 4],
      [[4, 4], [4]],
    ],
    [[10], [[10]]],
    [
      [3, 99, 3],
      [[3], [99], [3]],
    ],
    [
      [5, 5, 1],
      [[5, 5], [1]],
    ],
  ])('cuts %j at 10 bytes', (all, expected) => {
    expect(toRequests(sizes(...all), 10).map((request) => request.map(({ sizeBytes }) => sizeBytes))).toEqual(
      expected,
    );
  });
});
