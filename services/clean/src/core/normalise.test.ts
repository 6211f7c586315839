import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decodeEntities } from './entities.ts';
import { normaliseLine, normaliseText } from './normalise.ts';

describe('normaliseText', () => {
  it.each([
    ['composes', 'Cafe\u0301', 'Café'],
    ['drops soft hyphens and zero-width characters', 'Bundes\u00ADtags\u200Bwahl\uFEFF', 'Bundestagswahl'],
    ['drops control characters and bidirectional marks', 'a\u0000b\u0007\u202Ec\u202C', 'abc'],
    ['makes one kind of line break', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['makes one space of any blank', 'a\u00A0\u2009\tb', 'a b'],
    ['keeps one empty line', 'a\n \n\t\n\nb', 'a\n\nb'],
    [
      'mends a space before a stop',
      '„Ja“, sagte sie . Und er , der schwieg .',
      '„Ja“, sagte sie. Und er, der schwieg.',
    ],
    [
      'leaves an ellipsis, a decimal and a name',
      'Nun ... und .5 sowie .NET und .',
      'Nun ... und .5 sowie .NET und.',
    ],
    ['keeps the joiner of a Persian word', 'می\u200Cخواهم', 'می\u200Cخواهم'],
    ['keeps the joiner of an emoji', '👩\u200D🚀', '👩\u200D🚀'],
    ['drops a joiner between Latin letters', 'ab\u200Dcd', 'abcd'],
    ['replaces half a surrogate pair', 'a\uD800b', 'a\uFFFDb'],
  ])('%s', (_name, given, expected) => {
    expect(normaliseText(given)).toBe(expected);
  });

  it('cuts a run of combining marks, which takes minutes to normalise', () => {
    const started = performance.now();
    expect(normaliseText(`a${'\u0301\u0323'.repeat(200_000)}`).length).toBeLessThan(40);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('is idempotent, and never makes a text longer than its NFC form', () => {
    const hostile = fc.string({
      unit: fc.constantFrom(
        ...'aé e\u0301.,"„“»« \u00A0\t\n\r\u2028\u200D\u200C\u00AD\uFEFF\u202E\uD83D\uDE00م👩\u0323(…!'.split(
          '',
        ),
      ),
    });
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
        const once = normaliseText(text);
        expect(normaliseText(once)).toBe(once);
        expect(once.length).toBeLessThanOrEqual(text.toWellFormed().normalize('NFC').length);
        expect(normaliseLine(text)).not.toMatch(/[\n\r]/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('decodeEntities', () => {
  it.each([
    ['Tom &amp; Jerry &lt;3', 'Tom & Jerry <3'],
    ['5&nbsp;&euro; &#8211; &#x41;', '5\u00A0€ – A'],
    ['&amp;amp;', '&'],
    ['AT&T, R&D; &nosuchthing; &', 'AT&T, R&D; &nosuchthing; &'],
  ])('%s', (given, expected) => {
    expect(decodeEntities(given)).toBe(expected);
  });
});
