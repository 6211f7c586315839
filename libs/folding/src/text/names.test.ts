import { describe, expect, it } from '@jest/globals';
import { namesOf } from './names.ts';
import { skeletonOf } from './skeleton.ts';

describe('skeletonOf', () => {
  it.each([
    ['TLNB', ['Trump', 'Трамп', 'ترامب', '特朗普', 'トランプ']],
    ['BTN', ['Putin', 'Путин', 'بوتين', 'Poutine']],
    ['NKLN', ['Macron', 'Макрон', '马克龙']],
    ['NLKL', ['Merkel', 'Меркель', 'ميركل']],
    ['SLTL', ['Schröder', 'Schroeder', 'Шрёдер']],
    ['SLNSK', ['Zelensky', 'Зеленский', 'زيلينسكي']],
    ['ALTKN', ['Erdogan', 'Erdoğan', 'Эрдоган']],
    ['A', ['Io', 'Eau']],
    ['', ['', '12', '–']],
  ])('%s: %j', (skeleton, names) => {
    expect(names.map(skeletonOf)).toEqual(names.map(() => skeleton));
  });

  it('tells unlike names apart', () => {
    const names = ['Merkel', 'Macron', 'Trump', 'Putin', 'Schröder', 'Biden', 'Xi', 'Modi', 'Lula'];
    expect(new Set(names.map(skeletonOf)).size).toBe(names.length - 1);
    // Soft and hard are one: Russian, Arabic and Chinese write one for the other.
    expect(skeletonOf('Biden')).toBe(skeletonOf('Putin'));
  });
});

const likelihoodOf = (text: string, language: string, name: string) =>
  namesOf(text, language).find(({ skeleton }) => skeleton === skeletonOf(name))?.likelihood;

describe('namesOf', () => {
  it.each([
    ['en', 'Vladimir Putin met Emmanuel Macron in Helsinki.', ['Putin', 'Macron', 'Helsinki']],
    ['ru', 'Владимир Путин позвонил Дональду Трампу.', ['Putin', 'Трампу']],
    ['zh', '特朗普在赫尔辛基会见了马克龙。', ['Trump', 'Macron']],
    ['ja', 'トランプ大統領は昨日到着した。', ['Trump']],
  ])('are found in %s: %s', (language, text, names) => {
    for (const name of names) {
      const found = expect.objectContaining({ skeleton: skeletonOf(name), likelihood: 1 });
      expect(namesOf(text, language)).toContainEqual(found);
    }
  });

  it('any long word may be one where there are no capitals, without the article or «and» before it', () => {
    expect(likelihoodOf('التقى ترامب وزيلينسكي في هلسنكي', 'ar', 'Trump')).toBeCloseTo(0.2);
    expect(likelihoodOf('التقى ترامب وزيلينسكي في هلسنكي', 'ar', 'Zelensky')).toBeCloseTo(0.2);
    expect(likelihoodOf('وقال المراقب', 'ar', 'مراقب')).toBeCloseTo(0.2);
  });

  it('nouns of German are seldom names', () => {
    const text =
      'Die Regierung beriet mit Merkel, als der Minister die Verhandlung verließ. Gerhard Schröder schwieg.';
    expect(likelihoodOf(text, 'de', 'Regierung')).toBeCloseTo(0.1);
    expect(likelihoodOf(text, 'de', 'Minister')).toBeCloseTo(0.1);
    expect(likelihoodOf(text, 'de', 'Verhandlung')).toBeCloseTo(0.1);
    expect(likelihoodOf(text, 'de', 'Merkel')).toBeCloseTo(0.5);
    expect(likelihoodOf(text, 'de', 'Schröder')).toBe(1);
    expect(likelihoodOf(text, 'en', 'Minister')).toBe(1);
  });

  it('a word at the beginning of a sentence is none if it is written small elsewhere', () => {
    const text = 'Prices rose in Berlin. Later all prices fell, later than elsewhere.';
    const skeletons = namesOf(text, 'en').map(({ skeleton }) => skeleton);
    expect(skeletons).toEqual([skeletonOf('Berlin')]);
    expect(namesOf('He said: “Prices rose.”', 'en').map(({ skeleton }) => skeleton)).toContain(
      skeletonOf('Prices'),
    );
  });

  it('are counted, from where they stand first; short ones say nothing', () => {
    const text = `Merkel ${'spoke and '.repeat(10)}Merkel left Bo`;
    expect(namesOf(text, 'en')).toEqual([{ skeleton: 'NLKL', count: 2, at: 0, likelihood: 1 }]);
  });
});
