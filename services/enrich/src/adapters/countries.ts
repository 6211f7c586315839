import { languageOf, lookupTags } from '../core/language-tags.ts';
import type { Place, PlaceName } from '../core/places/place-names.ts';
import { readPackageJson } from './package-data.ts';

interface WorldCountry {
  readonly cca2: string;
  readonly name: { readonly common: string; readonly official: string };
  readonly latlng: readonly [lat: number, lon: number];
  readonly altSpellings: readonly string[];
  /** By ISO 639-3. */
  readonly translations: Readonly<Record<string, { readonly common: string; readonly official: string }>>;
}

interface CldrTerritories {
  readonly main: Readonly<
    Record<
      string,
      { readonly localeDisplayNames: { readonly territories: Readonly<Record<string, string>> } }
    >
  >;
}

interface IsoNames {
  readonly countries: Readonly<Record<string, string | readonly string[]>>;
}

/** Countries and their names in many languages. */
export interface Countries {
  readonly places: readonly Place[];
  readonly namesIn: (language: string) => PlaceName[];
}

/** A name of a country, and how sure it is that no other country is meant: the main name of CLDR counts most. */
interface Claim {
  readonly name: string;
  readonly code: string;
  readonly isMain: boolean;
}

/**
 * Countries and territories of ISO 3166-1 (package world-countries, ODbL) with their names from CLDR
 * (cldr-localenames-full), i18n-iso-countries and world-countries. A name of two countries (“Kongo”) belongs to the one
 * whose main name it is, or to none.
 */
export function loadCountries(): Countries {
  const countries = readPackageJson('world-countries/countries.json') as readonly WorldCountry[];
  const places = new Map(countries.map((country) => [country.cca2, placeOf(country)]));
  return {
    places: [...places.values()],
    namesIn: (language) => {
      const claims = [...cldrNames(language), ...isoNames(language), ...worldNames(countries, language)];
      return unambiguous(claims.filter(({ code, name }) => places.has(code) && isUsable(name))).map(
        ({ name, code }) => ({ name, place: places.get(code) as Place }),
      );
    },
  };
}

function placeOf({ cca2, name, latlng: [lat, lon] }: WorldCountry): Place {
  return {
    kind: 'country',
    id: `iso3166:${cca2}`,
    name: name.common,
    country: cca2,
    location: { lat, lon },
    population: 0,
  };
}

/** “Myanmar (Burma)” as Myanmar, “Bosnia & Herzegovina” also with its “and” from the other sources. */
const withoutParentheses = (name: string): string => name.replace(/\s*[(（].*$/u, '').trim();

/** Two capitals are a code of a country, and a word in many texts; US and UK are names. */
const isUsable = (name: string): boolean =>
  name.length > 1 && (!/^[A-Z]{2}$/u.test(name) || name === 'US' || name === 'UK');

function cldrNames(language: string): Claim[] {
  for (const tag of lookupTags(language)) {
    const file = readPackageJson(`cldr-localenames-full/main/${tag}/territories.json`) as
      | CldrTerritories
      | undefined;
    const territories = file?.main[tag]?.localeDisplayNames.territories;
    if (territories === undefined) continue;
    return Object.entries(territories).map(([key, name]) => ({
      name: withoutParentheses(name),
      code: key.slice(0, 2),
      isMain: key.length === 2 && !name.includes('('),
    }));
  }
  return [];
}

function isoNames(language: string): Claim[] {
  const file = readPackageJson(`i18n-iso-countries/langs/${languageOf(language)}.json`) as
    | IsoNames
    | undefined;
  return Object.entries(file?.countries ?? {}).flatMap(([code, names]) =>
    [names].flat().map((name) => ({ name: withoutParentheses(name), code, isMain: false })),
  );
}

function worldNames(countries: readonly WorldCountry[], tag: string): Claim[] {
  const language = languageOf(tag);
  return countries.flatMap(({ cca2, name, altSpellings, translations }) => {
    const own = Object.entries(translations).filter(([code]) => languageOf(code) === language);
    const names = own.flatMap(([, { common, official }]) => [common, official]);
    // The other spellings are in several languages: only those in the letters of English are taken, for English.
    const english = [
      name.common,
      name.official,
      ...altSpellings.filter((spelling) => /^[A-Za-z .-]{3,}$/u.test(spelling)),
    ];
    const all = language === 'en' ? english : names;
    return all.map((each) => ({ name: withoutParentheses(each), code: cca2, isMain: false }));
  });
}

function unambiguous(claims: readonly Claim[]): Claim[] {
  const byName = new Map<string, Claim[]>();
  for (const claim of claims) {
    const name = claim.name.normalize('NFC');
    const others = byName.get(name) ?? [];
    if (!others.some((other) => other.code === claim.code && other.isMain === claim.isMain))
      byName.set(name, [...others, { ...claim, name }]);
  }
  return [...byName.values()].flatMap((rivals) => {
    const codes = new Set(rivals.map(({ code }) => code));
    const main = rivals.filter(({ isMain }) => isMain);
    if (codes.size === 1) return rivals.slice(0, 1);
    return main.length === 1 ? main : [];
  });
}
