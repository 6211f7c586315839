import { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Place } from '../core/places/place-names.ts';
import { createCityExonyms } from './city-exonyms.ts';

const city = (name: string, country: string, population: number): Place => ({
  kind: 'city',
  id: `geonames:${population}`,
  name,
  country,
  location: { lat: 0, lon: 0 },
  population,
});
const moscow = city('Moscow', 'RU', 10_000_000);
const cities = [
  moscow,
  city('Moscow', 'RU', 20_000),
  city('Moscow', 'US', 25_000),
  city('Kyiv', 'UA', 2_700_000),
];

/** Files in the form of cldr-dates-full: `en` names only the cities whose name is not their zone's. */
const zones = {
  en: { Europe: { Kiev: { exemplarCity: 'Kyiv' } } },
  de: {
    Europe: { Moscow: { exemplarCity: 'Moskau' }, Kiev: { exemplarCity: 'Kiew' } },
    Indian: { Christmas: { exemplarCity: 'Weihnachtsinsel' } },
    America: { Indiana: { Knox: { exemplarCity: 'Knox' } } },
  },
};

describe('city exonyms of CLDR', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wirefold-cldr-'));
    for (const [language, zone] of Object.entries(zones)) {
      mkdirSync(join(folder, 'cldr-dates-full/main', language), { recursive: true });
      const content = { main: { [language]: { dates: { timeZoneNames: { zone } } } } };
      writeFileSync(
        join(folder, `cldr-dates-full/main/${language}/timeZoneNames.json`),
        JSON.stringify(content),
      );
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const exonyms = createCityExonyms(
    () => cities.map((place) => ({ name: place.name, place })),
    ['RU', 'US', 'UA'],
    (specifier) => [join(folder, specifier)].find((path) => existsSync(path)),
  );

  it("names a zone's city in the language, the biggest of its name in the zone's country", () => {
    const names = exonyms('de-AT');
    expect(names.map(({ name, place }) => [name, place.id])).toEqual([
      ['Moskau', moscow.id],
      ['Kiew', 'geonames:2700000'],
    ]);
  });
});

describe('the installed CLDR', () => {
  it('has the names of capitals in several languages', () => {
    const pyongyang = { ...moscow, id: 'geonames:1871859', name: 'Pyongyang', country: 'KP' };
    const exonyms = createCityExonyms(() => [{ name: pyongyang.name, place: pyongyang }], ['KP']);
    const names = ['de', 'ru', 'zh'].map((language) => exonyms(language).map(({ name }) => name));
    expect(names).toEqual([['Pjöngjang'], ['Пхеньян'], ['平壤']]);
  });
});

describe('a language that CLDR does not have', () => {
  it('has none', () => {
    expect(createCityExonyms(() => [], ['RU'])('xx')).toEqual([]);
  });
});
