import { byteTables, bytesOf, strictly, type ByteTable } from './mojibake-bytes.ts';
import { arabic, cyrillic, eastAsian, greek, hebrew, readsAs, type Alphabet } from './mojibake-scripts.ts';

const ALPHABETS: readonly (readonly [string, Alphabet])[] = [
  ['windows-1251', cyrillic],
  ['koi8-u', cyrillic],
  ['windows-1253', greek],
  ['windows-1255', hebrew],
  ['windows-1256', arabic],
];

const HIGH = `[${byteTables.latin.characters(0x80, 0xff)}]`;
const HIGH_CHARACTER = new RegExp(HIGH, 'g');
/** Words of accented letters and signs alone. */
const HIGH_RUN = new RegExp(`${HIGH}{3,}`, 'g');
const HIGH_MIN = 6;
/** In Big5 and Shift_JIS the second half of a character may be ASCII. */
const IN_RUNS_MIN = 0.15;

/** Text of an encoding of another script that was read as windows-1252 or ISO 8859-1; undefined where it is not surely that. */
export function mendLatin(text: string): string | undefined {
  const runs = text.match(HIGH_RUN);
  if (runs === null) return undefined;
  const inRuns = runs.reduce((sum, run) => sum + run.length, 0);
  if (inRuns < HIGH_MIN || inRuns < (text.match(HIGH_CHARACTER)?.length ?? 0) * IN_RUNS_MIN) return undefined;
  const bytes = bytesOf(text, byteTables.latin);
  if (bytes === undefined) return undefined;
  return bestAlphabet(bytes) ?? firstEastAsian(bytes);
}

/** Two readings that are as good as each other tell nothing. */
const MARGIN_MIN = 0.05;

function bestAlphabet(bytes: Uint8Array): string | undefined {
  const [best, next] = ALPHABETS.flatMap(([encoding, alphabet]) => {
    const text = strictly(bytes, encoding);
    return text === undefined ? [] : [{ text, ...readsAs(text, alphabet) }];
  })
    .filter(({ isPlausible }) => isPlausible)
    .toSorted((one, other) => other.score - one.score);
  return best === undefined || best.score - (next?.score ?? 0) < MARGIN_MIN ? undefined : best.text;
}

function firstEastAsian(bytes: Uint8Array): string | undefined {
  for (const { encodings, isPlausible } of eastAsian) {
    for (const encoding of encodings) {
      const text = strictly(bytes, encoding);
      if (text !== undefined && isPlausible(text)) return text;
    }
  }
  return undefined;
}

const CYRILLIC_CAPITAL = /[А-Я]/g;
const CYRILLIC_SMALL = /[а-я]/g;
const BETTER_BY_MIN = 0.1;

/** One Cyrillic encoding read as another turns small letters to capitals. Undefined where a text is not surely that. */
export function mendCyrillic(text: string): string | undefined {
  const capitals = text.match(CYRILLIC_CAPITAL)?.length ?? 0;
  if (capitals < HIGH_MIN || capitals < (text.match(CYRILLIC_SMALL)?.length ?? 0)) return undefined;
  const [best] = [
    reread(text, byteTables.windows1251, 'koi8-u'),
    reread(text, byteTables.koi8, 'windows-1251'),
  ]
    .filter((reading) => reading !== undefined)
    .toSorted((one, other) => other.score - one.score);
  if (!best?.isPlausible || best.score - readsAs(text, cyrillic).score < BETTER_BY_MIN) return undefined;
  return best.text;
}

function reread(text: string, table: ByteTable, encoding: string) {
  const bytes = bytesOf(text, table);
  const reading = bytes && strictly(bytes, encoding);
  return reading === undefined ? undefined : { text: reading, ...readsAs(reading, cyrillic) };
}
