/** A country or a city of a gazetteer. */
export interface Place {
  readonly kind: 'country' | 'city';
  /** `iso3166:DE` or `geonames:2950159`. */
  readonly id: string;
  /** In English where the gazetteer has it. */
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly location: { readonly lat: number; readonly lon: number };
  /** Inhabitants; 0 for a country, whose size does not matter. */
  readonly population: number;
}

/** One of the names of a place, as it is written. */
export interface PlaceName {
  readonly name: string;
  readonly place: Place;
}

/** Port: where the names of places come from. Lists may be large: each is asked for once. */
export interface Gazetteer {
  /** Cities by the names that the gazetteer knows them by, for texts in any language. */
  readonly cities: () => readonly PlaceName[];
  /** Names of countries and cities in one language; none where it is not known. */
  readonly namesIn: (language: string) => readonly PlaceName[];
}
