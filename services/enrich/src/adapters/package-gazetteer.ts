import type { Gazetteer, PlaceName } from '../core/places/place-names.ts';
import { createCityExonyms } from './city-exonyms.ts';
import { type Countries, loadCountries } from './countries.ts';
import { loadCities } from './geonames-cities.ts';
import type { ResolvePackageFile } from './package-data.ts';

/**
 * The gazetteer of the npm packages, read when it is first asked for.
 *
 * @param options.cityMinPopulation inhabitants from which on a city is in it
 * @param options.resolve finds the files of an optional package; for tests
 */
export function createPackageGazetteer(options: {
  readonly cityMinPopulation: number;
  readonly resolve?: ResolvePackageFile;
}): Gazetteer {
  let cities: readonly PlaceName[] | undefined;
  let countries: Countries | undefined;
  let exonyms: ReturnType<typeof createCityExonyms> | undefined;
  const allCities = () => {
    cities ??= loadCities(options.cityMinPopulation);
    return cities;
  };
  return {
    cities: allCities,
    namesIn: (language) => {
      countries ??= loadCountries();
      exonyms ??= createCityExonyms(
        allCities,
        countries.places.map(({ country }) => country),
        options.resolve,
      );
      return [...countries.namesIn(language), ...exonyms(language)];
    },
  };
}
