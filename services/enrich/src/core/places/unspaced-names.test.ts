import { describe, expect, it } from '@jest/globals';
import type { Place } from './place-names.ts';
import { isUnspaced, UnspacedNames } from './unspaced-names.ts';

const place: Place = {
  kind: 'country',
  id: 'iso3166:XX',
  name: 'X',
  country: 'XX',
  location: { lat: 0, lon: 0 },
  population: 0,
};
const found = (names: string[], text: string) => {
  const unspaced = new UnspacedNames();
  for (const name of names) unspaced.add({ name, place });
  return [...unspaced.matches(text)].map(({ start, end }) => text.slice(start, end));
};

describe('UnspacedNames', () => {
  it('finds the longest name', () => {
    expect(found(['印度', '印度尼西亚'], '在印度尼西亚和印度')).toEqual(['印度尼西亚', '印度']);
  });
  it('finds no Katakana name inside of a longer word', () => {
    expect(found(['チリ', 'ローマ', 'インド'], 'チリソース、ローマで、インドネシア、インド')).toEqual([
      'ローマ',
      'インド',
    ]);
  });
  it('finds a Korean name before its particle, not inside of a word', () => {
    expect(found(['러시아', '북한'], '러시아는 북한과 대북한')).toEqual(['러시아', '북한']);
  });
  it('wants three characters of Thai', () => {
    expect(found(['ไท', 'รัสเซีย'], 'ไทรัสเซีย')).toEqual(['รัสเซีย']);
  });
  it('takes no name of one character', () => expect(found(['美'], '美国')).toEqual([]));
  it('tells such names from others', () => {
    expect(['北京', 'アメリカ', 'Berlin', 'Москва', '西Sahara'].map(isUnspaced)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
