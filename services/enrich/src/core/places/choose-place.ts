import type { MentionContext } from './mention-context.ts';
import type { Place } from './place-names.ts';

/** A name in the text and the places that it may mean. */
export interface Candidate {
  /** UTF-16 offsets into the body. */
  readonly start: number;
  readonly end: number;
  /** In lower case: mentions of the same name share it. */
  readonly key: string;
  readonly wordCount: number;
  /** Written in capitals: US is not the common word “us”. */
  readonly isCapitals: boolean;
  readonly places: readonly Place[];
  readonly context: MentionContext;
  /** Country that stands right behind it: “Paris, Texas” no, “Birmingham, UK” yes. */
  readonly statedCountry?: string;
}

/** What the whole article tells. */
export interface Evidence {
  /** ISO codes of the countries that it names. */
  readonly countries: ReadonlySet<string>;
  /** Names that it also writes in lower case: common words. */
  readonly commonWords: ReadonlySet<string>;
  /** Names that it uses as a place somewhere, beyond doubt. */
  readonly surePlaces: ReadonlySet<string>;
  /** Whether a capital says little, because every noun has one. */
  readonly hasNounCapitals: boolean;
}

/** Inhabitants of a city that is more likely than a word or a person of the same name, without further evidence. */
const WELL_KNOWN = 100_000;
const FAMOUS = 500_000;
const MIN_SINGLE_WORD_LETTERS = 3;
const SHORT_NAME_LETTERS = 4;
/** A namesake in a country of the article wins unless it is this many times smaller than the biggest. */
const NAMESAKE_RATIO = 10;

/**
 * The place that a name means, or undefined where it more likely is no place: a rule of population against context, as there
 * is no list of common words and of persons' names.
 */
export function choosePlace(candidate: Candidate, evidence: Evidence): Place | undefined {
  const country = candidate.places.find(({ kind }) => kind === 'country');
  if (country !== undefined) return isCountry(candidate, evidence) ? country : undefined;
  const city = likeliestCity(candidate, evidence.countries);
  return city !== undefined && isCity(candidate, city, evidence) ? city : undefined;
}

/** Whether the context alone makes it a place. */
export function isSure({ context, statedCountry }: Candidate): boolean {
  return ((context.isLocated && !context.isInName) || statedCountry !== undefined) && !context.isInWord;
}

function isCountry({ context, key, wordCount, isCapitals }: Candidate, { commonWords }: Evidence): boolean {
  if (wordCount > 1 || context.isLocated) return true;
  return !context.isInName && (isCapitals || !commonWords.has(key));
}

function likeliestCity(candidate: Candidate, countries: ReadonlySet<string>): Place | undefined {
  const biggest = byPopulation(candidate.places);
  if (candidate.statedCountry !== undefined)
    return (
      byPopulation(candidate.places.filter((place) => place.country === candidate.statedCountry)) ?? biggest
    );
  const near = byPopulation(candidate.places.filter((place) => countries.has(place.country)));
  return near !== undefined && near.population * NAMESAKE_RATIO >= (biggest?.population ?? 0)
    ? near
    : biggest;
}

function byPopulation(places: readonly Place[]): Place | undefined {
  return places.reduce<Place | undefined>(
    (best, place) => (best === undefined || place.population > best.population ? place : best),
    undefined,
  );
}

function isCity(candidate: Candidate, city: Place, evidence: Evidence): boolean {
  const { context, key, wordCount } = candidate;
  if (wordCount > 1) return true;
  if (key.length < MIN_SINGLE_WORD_LETTERS) return false;
  if (isSure(candidate)) return key.length >= SHORT_NAME_LETTERS || city.population >= WELL_KNOWN;
  if (context.isDetermined || context.isInName || evidence.commonWords.has(key)) return false;
  if (context.isInWord || key.length < SHORT_NAME_LETTERS) return city.population >= FAMOUS;
  if (evidence.surePlaces.has(key)) return true;
  const saysLittle = context.isSentenceStart || evidence.hasNounCapitals;
  return city.population >= (saysLittle ? FAMOUS : WELL_KNOWN);
}
