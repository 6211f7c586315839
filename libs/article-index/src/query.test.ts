import { describe, expect, it } from '@jest/globals';
import { buildSearch, InvalidSearch, MAX_WORDS, MAX_WORDS_CHARACTERS } from './query.ts';

describe('buildSearch', () => {
  it('writes the words only as values of analysed queries', () => {
    const hostile = '"} OR title:* {"';
    const kinds = new Set<string>();
    const look = (node: unknown, kind: string) => {
      if (node === hostile) kinds.add(kind);
      else if (typeof node === 'object' && node !== null)
        for (const [name, inner] of Object.entries(node)) look(inner, name === 'query' ? kind : name);
    };
    look(buildSearch({ words: hostile }), '');
    expect([...kinds].toSorted()).toEqual(['combined_fields', 'multi_match']);
  });

  it('asks only the fields of a language and of its translation where one is given', () => {
    const fields = JSON.stringify(buildSearch({ words: 'Sturm', language: 'de-CH' }).query);
    expect(fields).toContain('title.de^3');
    expect(fields).toContain('title.en^3');
    expect(fields).not.toContain('title.fr');
    expect(fields).toContain('"language":"de"');
  });

  it('looks for the words in what the page calls its authors, keywords and section, and not in its addresses', () => {
    const query = JSON.stringify(buildSearch({ words: 'Petersen Sturm' }).query);
    for (const field of ['authors', 'keywords', 'section']) expect(query).toContain(`"page.${field}.text"`);
    expect(query).not.toMatch(/canonicalUrl|image/);
  });

  it('shows the newest where there are no words', () => {
    const { query, sort } = buildSearch({ words: '   ' });
    expect(query.bool).toEqual({ must: [{ match_all: {} }], filter: [] });
    expect(sort[0]).toEqual({ date: 'desc' });
  });

  it('takes times with any offset', () => {
    expect(
      buildSearch({ words: '', from: '2026-03-01T01:00:00+02:00', to: '2026-03-02' }).query.bool.filter,
    ).toEqual([{ range: { date: { gte: '2026-02-28T23:00:00.000Z', lt: '2026-03-02T00:00:00.000Z' } } }]);
  });

  it.each([
    ['too long', { words: 'x'.repeat(MAX_WORDS_CHARACTERS + 1) }],
    ['too many words', { words: 'a '.repeat(MAX_WORDS + 1) }],
    ['too many words without spaces', { words: 'a-'.repeat(MAX_WORDS + 1) }],
    ['too many characters of a script without spaces', { words: '箭'.repeat(MAX_WORDS + 1) }],
    ['a limit of 101', { words: 'a', limit: 101 }],
    ['half a hit', { words: 'a', limit: 0.5 }],
    ['too deep', { words: 'a', limit: 100, offset: 9_901 }],
    ['an offset that is no number', { words: 'a', offset: Number.NaN }],
    ['a date that is none', { words: 'a', to: 'soon' }],
  ])('refuses %s', (_what, search) => {
    expect(() => buildSearch(search)).toThrow(InvalidSearch);
  });

  it('takes the largest that is allowed', () => {
    expect(() => buildSearch({ words: 'a '.repeat(MAX_WORDS), limit: 100, offset: 9_900 })).not.toThrow();
  });
});
