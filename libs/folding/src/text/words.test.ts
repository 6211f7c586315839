import { describe, expect, it } from '@jest/globals';
import { areCharacters, foldCase, wordsOf } from './words.ts';

describe('foldCase', () => {
  it.each([
    ['ÉCOLE naïve', 'ecole naive'],
    ['Ёлка, Йод', 'елка, иод'],
    ['ﬁnancial ５', 'financial 5'],
    ['Nhật Bản', 'nhat ban'],
    ['plain', 'plain'],
    ['', ''],
  ])('%s is %s', (text, folded) => {
    expect(foldCase(text)).toBe(folded);
  });

  it('gives one form, composed or not', () => {
    const text = 'Ångström, Việt Nam, 서울, ガ';
    expect(foldCase(text.normalize('NFD'))).toBe(foldCase(text.normalize('NFC')));
    expect(foldCase(foldCase(text))).toBe(foldCase(text));
  });
});

describe('wordsOf', () => {
  it.each([
    ['the 3.5 % rise, said wu-li', ['the', '3', '5', 'rise', 'said', 'wu', 'li']],
    ['2026年在北京gdp', ['2026', '年', '在', '北', '京', 'gdp']],
    ['ไทย', ['ไ', 'ท', 'ย']],
    ['ترامب في', ['ترامب', 'في']],
    [' – ', []],
  ])('%j gives %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});

it.each([
  ['北京', true],
  ['ไทย', true],
  ['2026年gdp增长', true],
  ['서울 시', false],
  ['plain', false],
  ['The firm 云雀 recalls its cars', false],
  ['', false],
])('the words of %s are characters: %s', (text, are) => {
  expect(areCharacters(wordsOf(text))).toBe(are);
});
