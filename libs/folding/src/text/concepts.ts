import { foldCase, wordsOf } from './words.ts';

/** A country or a date that a text names, in any language: `country:CN`, `date:11-06`. */
export type Concept = `country:${string}` | `date:${string}`;

interface Phrase {
  /** Beginnings of its words: endings change with case and number. */
  readonly stems: readonly string[];
  readonly words: readonly string[];
  readonly meaning: string;
}

/** By the first three characters of the first word. */
type Lexicon = ReadonlyMap<string, readonly Phrase[]>;

const REGIONS =
  'AE AF AL AM AO AR AT AU AZ BA BD BE BF BG BH BI BJ BN BO BR BW BY CA CD CF CG CH CI CL CM CN CO CR CU CY CZ DE DJ DK DO DZ EC EE EG ER ES ET FI FJ FR GA GB GE GH GM GN GQ GR GT GY HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KP KR KW KZ LA LB LK LR LS LT LU LV LY MA MD ME MG MK ML MM MN MR MT MU MW MX MY MZ NA NE NG NI NL NO NP NZ OM PA PE PG PH PK PL PS PT PY QA RO RS RU RW SA SD SE SG SI SK SL SN SO SS SV SY SZ TD TG TH TJ TM TN TR TT TW TZ UA UG US UY UZ VE VN XK YE ZA ZM ZW'.split(
    ' ',
  );

const lexicons = new Map<string, { readonly countries: Lexicon; readonly months: Lexicon }>();

/** Names of countries and months come from the runtime's CLDR, in the language of the text. */
function lexiconOf(language: string) {
  const known = lexicons.get(language);
  if (known !== undefined) return known;
  const made = { countries: toLexicon(countryNames(language)), months: toLexicon(monthNames(language)) };
  lexicons.set(language, made);
  return made;
}

function countryNames(language: string): [string, string][] {
  const names: [string, string][] = [];
  for (const style of ['long', 'short'] as const) {
    const display = displayNames(language, style);
    for (const region of REGIONS) {
      const name = display?.of(region);
      if (name !== undefined && name !== region) names.push([name.replaceAll(/\(.*?\)/g, ''), region]);
    }
  }
  return names;
}

function displayNames(language: string, style: 'long' | 'short'): Intl.DisplayNames | undefined {
  try {
    // Else it were the language of the machine.
    if (Intl.DisplayNames.supportedLocalesOf(language).length === 0) return undefined;
    return new Intl.DisplayNames([language], { type: 'region', style, fallback: 'none' });
  } catch {
    return undefined;
  }
}

function monthNames(language: string): [string, string][] {
  if (displayNames(language, 'long') === undefined) return [];
  return ['long', 'short'].flatMap((month) => {
    const format = new Intl.DateTimeFormat(language, {
      day: 'numeric',
      month: month as 'long',
      timeZone: 'UTC',
    });
    return Array.from({ length: 12 }, (_, index): [string, string] => {
      const parts = format.formatToParts(Date.UTC(2026, index, 20));
      return [parts.find(({ type }) => type === 'month')?.value ?? '', String(index + 1).padStart(2, '0')];
    });
  });
}

const KEY_CHARACTERS = 3;
const ENDING_CHARACTERS = 2;

function toLexicon(names: readonly (readonly [string, string])[]): Lexicon {
  const lexicon = new Map<string, Phrase[]>();
  for (const [name, meaning] of names) {
    const words = wordsOf(foldCase(name));
    const [first = ''] = words;
    // A month that is a number alone is told by its sign, see HAN_DATE.
    if (first === '' || (words.length === 1 && /^\d+$/.test(first))) continue;
    const stems = words.map((word) => (word.length > 5 ? word.slice(0, -ENDING_CHARACTERS) : word));
    const key = first.slice(0, KEY_CHARACTERS);
    const phrases = lexicon.get(key) ?? [];
    if (!phrases.some((phrase) => phrase.words.join(' ') === words.join(' ')))
      phrases.push({ stems, words, meaning });
    lexicon.set(key, phrases);
  }
  for (const phrases of lexicon.values()) phrases.sort((one, other) => other.words.length - one.words.length);
  return lexicon;
}

/** Arabic writes «and», «in», «for» as a part of the word behind it. */
const ARABIC = /\p{Script=Arabic}/u;
const ARABIC_PREFIX = /^[وفبلك](?=\p{Script=Arabic}{3})/u;
/** Decomposed, as {@link foldCase} leaves Hangul. */
const HAN_DATE = new RegExp(
  String.raw`(\d{1,2})\s?(?:月|월)\s?(\d{1,2})\s?(?:日|号|號|일)`.normalize('NFKD'),
  'gu',
);

/**
 * The countries and the dates (of a day and a month) that a text names, and where first: 0 is its beginning, 1 its end.
 *
 * @param foldedWords the text's words, where they are known
 */
export function conceptsOf(
  folded: string,
  language: string,
  foldedWords: readonly string[] = wordsOf(folded),
): ReadonlyMap<Concept, number> {
  const { countries, months } = lexiconOf(language);
  const words = ARABIC.test(folded)
    ? foldedWords.map((word) => word.replace(ARABIC_PREFIX, ''))
    : foldedWords;
  const concepts = new Map<Concept, number>();
  const add = (concept: Concept | undefined, at: number) => {
    if (concept !== undefined && !concepts.has(concept)) concepts.set(concept, at);
  };
  for (const { 1: month = '', 2: day = '', index } of folded.matchAll(HAN_DATE))
    add(dateOf(month, day), index / folded.length);
  for (let at = 0; at < words.length; at += 1) {
    const country = phraseAt(countries, words, at);
    if (country !== undefined) add(`country:${country.meaning}`, at / words.length);
    const month = phraseAt(months, words, at);
    if (month === undefined) continue;
    // «6 de noviembre», «November 6», «6. November»
    const end = at + month.words.length;
    const day = [words[at - 1], words[end], words[at - 2]].find((word) =>
      /^\d{1,2}(?:st|nd|rd|th|er)?$/.test(word ?? ''),
    );
    if (day !== undefined) add(dateOf(month.meaning, String(Number.parseInt(day, 10))), at / words.length);
  }
  return concepts;
}

function dateOf(month: string, day: string): Concept | undefined {
  const isDate = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
  return isDate ? `date:${month.padStart(2, '0')}-${day.padStart(2, '0')}` : undefined;
}

function phraseAt(lexicon: Lexicon, words: readonly string[], at: number): Phrase | undefined {
  const word = words[at] as string;
  return lexicon.get(word.slice(0, KEY_CHARACTERS))?.find(({ stems, words: whole }) =>
    stems.every((stem, index) => {
      const found = words[at + index] ?? '';
      const named = whole[index] as string;
      return stem === named
        ? found === named
        : found.startsWith(stem) && found.length <= named.length + ENDING_CHARACTERS;
    }),
  );
}
