import { describe, expect, it } from '@jest/globals';
import { articleIndex } from './definition.ts';
import { articleMapping } from './mapping.ts';

const settings = (options: Parameters<typeof articleIndex>[0]) =>
  articleIndex(options).template.template?.settings?.index;

describe('articleIndex', () => {
  it('names everything after the prefix', () => {
    expect(articleIndex({ prefix: 'press' })).toMatchObject({
      templateName: 'press-articles-v1',
      indexPattern: 'press-articles-v1-*',
      firstIndex: 'press-articles-v1-000001',
      writeAlias: 'press-articles-write',
      readAlias: 'press-articles',
    });
  });

  it('has no alias that its own pattern takes for an index', () => {
    const { indexPattern, writeAlias, readAlias } = articleIndex();
    const start = indexPattern.slice(0, -1);
    for (const alias of [writeAlias, readAlias]) expect(alias.startsWith(start)).toBe(false);
  });

  it('sets shards and replicas', () => {
    expect(settings({})).toEqual({ number_of_shards: 1, auto_expand_replicas: '0-1' });
    expect(settings({ shards: 3, replicas: 2 })).toEqual({ number_of_shards: 3, number_of_replicas: 2 });
  });

  it.each(['', 'Press', '_press', 'a b', 'a*', 'ü', 'a,b', 'x'.repeat(101)])(
    'refuses the prefix "%s"',
    (prefix) => {
      expect(() => articleIndex({ prefix })).toThrow(RangeError);
    },
  );
});

describe('articleMapping', () => {
  it('has no term that is too long for Lucene', () => {
    const tooLong: unknown[] = [];
    const look = (node: unknown) => {
      if (typeof node !== 'object' || node === null) return;
      const { type, ignore_above: characters } = node as { type?: unknown; ignore_above?: number };
      if (type === 'keyword' && !(characters !== undefined && characters * 4 <= 32_766)) tooLong.push(node);
      for (const inner of Object.values(node)) look(inner);
    };
    look(articleMapping.properties);
    expect(tooLong).toEqual([]);
  });

  it('stays far under the 1,000 fields that an index takes', () => {
    const count = (field: unknown): number =>
      typeof field === 'object' && field !== null
        ? Object.values(field).reduce<number>((sum, inner) => sum + count(inner), 'type' in field ? 1 : 0)
        : 0;
    expect(count(articleMapping.properties)).toBeGreaterThan(100);
    expect(count(articleMapping.properties)).toBeLessThan(300);
  });
});
