import { describe, expect, it } from '@jest/globals';
import { createPackageGazetteer } from './package-gazetteer.ts';

const gazetteer = createPackageGazetteer({ cityMinPopulation: 100_000 });
const countryOf = (language: string, name: string) =>
  gazetteer
    .namesIn(language)
    .filter((each) => each.name === name && each.place.kind === 'country')
    .map(({ place }) => place.country);

describe('the gazetteer of the packages', () => {
  it('has the cities from a number of inhabitants on', () => {
    const cities = gazetteer.cities();
    expect(cities.length).toBeGreaterThan(4_000);
    for (const { name, place } of cities) {
      expect(place).toMatchObject({ kind: 'city', id: expect.stringMatching(/^geonames:\d+$/u) });
      expect(place.population).toBeGreaterThanOrEqual(100_000);
      expect(name).toBe(name.normalize('NFC'));
    }
  });

  it.each([
    ['de', 'Nordkorea', 'KP'],
    ['de', 'Tschechische Republik', 'CZ'],
    ['en', 'Holland', 'NL'],
    ['en', 'Ivory Coast', 'CI'],
    ['en', 'UK', 'GB'],
    ['ru', 'Северная Корея', 'KP'],
    ['zh', '朝鲜', 'KP'],
    ['zh-Hant', '臺灣', undefined],
    ['zh-TW', '台灣', 'TW'],
    ['pt-PT', 'Polónia', 'PL'],
    ['nb', 'Tyskland', 'DE'],
  ])('knows in %s what %s is', (language, name, country) =>
    expect(countryOf(language, name)).toEqual(country === undefined ? [] : [country]),
  );

  it('leaves a name of two countries out', () => {
    expect(countryOf('de', 'Kongo')).toEqual([]);
    expect(countryOf('de', 'Kongo-Kinshasa')).toEqual(['CD']);
  });

  it('takes no code of two letters for a name', () => {
    const codes = gazetteer.namesIn('en').filter(({ name }) => /^[A-Z]{2}$/u.test(name));
    expect(codes.map(({ name }) => name).toSorted()).toEqual(['UK', 'US']);
  });

  it.each(['und', 'xx', 'tlh', 'not a tag', '../../x'])('has nothing in %s', (language) => {
    expect(gazetteer.namesIn(language)).toEqual([]);
  });
});
