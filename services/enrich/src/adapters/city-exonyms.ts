import { lookupTags } from '../core/language-tags.ts';
import type { Place, PlaceName } from '../core/places/place-names.ts';
import { withoutMarks } from './geonames-cities.ts';
import { readPackageJson, type ResolvePackageFile, resolvePackageFile } from './package-data.ts';

interface CldrZone {
  readonly exemplarCity?: string;
}
interface CldrTimeZones {
  readonly main: Readonly<
    Record<
      string,
      {
        readonly dates: {
          readonly timeZoneNames: {
            readonly zone: Readonly<Record<string, Readonly<Record<string, CldrZone>>>>;
          };
        };
      }
    >
  >;
}

/**
 * What a language calls the cities that time zones are named after (Moskau, Пхеньян, 海参崴), from CLDR's package
 * cldr-dates-full; none for a language that it doesn't have.
 *
 * @param cities names of the gazetteer; a zone's city is the biggest of its name in a country of the zone
 * @param countryCodes ISO 3166-1 alpha-2
 */
export function createCityExonyms(
  cities: () => readonly PlaceName[],
  countryCodes: readonly string[],
  resolve: ResolvePackageFile = resolvePackageFile,
): (language: string) => PlaceName[] {
  let byZone: ReadonlyMap<string, Place> | undefined;
  return (language) => {
    const own = exemplarCities(language, resolve);
    if (own.size === 0) return [];
    byZone ??= citiesByZone(cities(), countryCodes, exemplarCities('en', resolve));
    return [...own].flatMap(([zone, name]) => {
      const place = byZone?.get(zone);
      return place === undefined ? [] : [{ name: name.normalize('NFC'), place }];
    });
  };
}

/** By zone, such as Europe/Moscow. Zones in a group (America/Indiana/Knox) are of small places, and left out. */
function exemplarCities(language: string, resolve: ResolvePackageFile): Map<string, string> {
  for (const tag of lookupTags(language)) {
    const file = readPackageJson(`cldr-dates-full/main/${tag}/timeZoneNames.json`, resolve) as
      | CldrTimeZones
      | undefined;
    const areas = file?.main[tag]?.dates.timeZoneNames.zone;
    if (areas === undefined) continue;
    return new Map(
      Object.entries(areas).flatMap(([area, zones]) =>
        Object.entries(zones).flatMap(([zone, { exemplarCity }]): [string, string][] =>
          typeof exemplarCity === 'string' ? [[`${area}/${zone}`, exemplarCity]] : [],
        ),
      ),
    );
  }
  return new Map();
}

function citiesByZone(
  cities: readonly PlaceName[],
  countryCodes: readonly string[],
  english: ReadonlyMap<string, string>,
): Map<string, Place> {
  const byName = new Map<string, Place>();
  for (const { name, place } of cities) {
    const key = keyOf(place.country, name);
    if ((byName.get(key)?.population ?? -1) < place.population) byName.set(key, place);
  }
  const byZone = new Map<string, Place>();
  for (const country of countryCodes)
    for (const zone of zonesOf(country)) {
      const byId = zone.slice(zone.indexOf('/') + 1).replaceAll('_', ' ');
      const place = byName.get(keyOf(country, english.get(zone) ?? byId)) ?? byName.get(keyOf(country, byId));
      if (place !== undefined) byZone.set(zone, place);
    }
  return byZone;
}

const keyOf = (country: string, name: string) => `${country} ${withoutMarks(name).toLowerCase()}`;

function zonesOf(country: string): readonly string[] {
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
    getTimeZones?: () => string[] | undefined;
  };
  return locale.getTimeZones?.() ?? [];
}
