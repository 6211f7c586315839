import { foldCase, WITHOUT_SPACES } from './words.ts';

/** Words for powers of ten behind a figure. */
const SCALES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    3: 'thousand thousands tausend mille mil mila тысяч тысячи тысяча тыс тисяч тисячі nghin ngan الف آلاف bin tusen duizend ribu',
    6: 'million millions mn mln mio m millionen millones millon milhoes milhao milioni milione миллион миллиона миллионов млн млрн мільйон мільйона мільйони мільйонів trieu مليون ملايين milyon miljoner miljoen juta',
    9: 'billion billions bn milliarde milliarden mrd md milliard milliards миллиард миллиарда миллиардов млрд мільярд мільярда мільярди мільярдів ty مليار مليارات milyar miljarder miljard miliardi miliardo',
    12: 'trillion trillions tn billionen billones billon триллион триллиона триллионов трлн تريليون biljoen',
  }).flatMap(([power, words]) =>
    foldCase(words)
      .split(' ')
      .map((word) => [word, 10 ** Number(power)] as const),
  ),
);
const HAN_SCALES: ReadonlyMap<string, number> = new Map([
  ['千', 1e3],
  ['万', 1e4],
  ['萬', 1e4],
  ['亿', 1e8],
  ['億', 1e8],
  ['兆', 1e12],
]);

/** Digits with what groups or divides them, and what stands behind: a Han scale, or a word that may be one. Not what goes on a word. */
const FIGURE = new RegExp(
  String.raw`(?<!\d|(?![${WITHOUT_SPACES}])\p{L})\d+(?:[.,'’\u066b\u066c]\d+|[ \u00a0\u202f\u2009]\d{3}(?!\d))*(?:([千万萬亿億兆]+)|[ \u00a0\u202f-]?(mil mil(?:lones|hoes)|\p{L}{1,10})(?!\p{L}))?`,
  'gu',
);
const DIGIT_ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\uff10-\uff19]/g;
const LANGUAGES_LONG_BILLION: ReadonlySet<string> = new Set([
  'de',
  'fr',
  'es',
  'nl',
  'it',
  'pl',
  'da',
  'sv',
  'nb',
]);

/** A figure of a text. */
export interface Figure {
  /** As a plain decimal number. */
  readonly value: string;
  /** Where it stands: 0 is the beginning of the text, 1 its end. */
  readonly at: number;
}

/**
 * The figures of a text as plain decimal numbers, whatever the script, the separators and the words for powers of ten: `2,5 Mio.`,
 * `2.5 million` and `250万` are all `2500000`.
 *
 * @param text in any case, with its accents
 * @param foldedText what {@link foldCase} makes of it, where that is known
 */
export function figuresOf(text: string, language: string, foldedText = foldCase(text)): Figure[] {
  const folded = toAsciiDigits(foldedText);
  const figures: Figure[] = [];
  for (const { 0: all, 1: han, 2: word, index } of folded.matchAll(FIGURE)) {
    const digits = all
      .slice(0, all.length - (han ?? word ?? '').length)
      .trimEnd()
      .replace(/-$/, '');
    const value = valueOf(digits);
    if (value === undefined) continue;
    figures.push({ value: plain(value * scaleOf(han, word, language)), at: index / folded.length });
  }
  return figures;
}

function scaleOf(han: string | undefined, word: string | undefined, language: string): number {
  if (han) return Array.from(han).reduce((product, one) => product * (HAN_SCALES.get(one) ?? 1), 1);
  if (!word) return 1;
  // «billion» is a thousand milliards where milliards are counted.
  if (LANGUAGES_LONG_BILLION.has(language) && /^billi?on/.test(word)) return 1e12;
  return word.split(' ').reduce((product, one) => product * (SCALES.get(one) ?? 1), 1);
}

function toAsciiDigits(text: string): string {
  return text.replaceAll(OTHER_DIGITS, (digit) => {
    const code = digit.codePointAt(0) as number;
    const zero = DIGIT_ZEROS.find((start) => code >= start && code < start + 10) ?? code;
    return String(code - zero);
  });
}

/** A group of three digits behind a separator is taken for thousands, as it mostly is in news; else the last separator is the decimal one. */
function valueOf(digits: string): number | undefined {
  const compact = digits.replaceAll(/[ \u00a0\u202f\u2009'’\u066c]/g, '').replaceAll('\u066b', '.');
  const groups = compact.split(/[.,]/);
  const [first = '', ...rest] = groups;
  if (rest.length === 0) return Number(first);
  const isGrouped = first.length <= 3 && first !== '0' && rest.every((group) => group.length === 3);
  if (isGrouped) return Number(groups.join(''));
  const last = rest.at(-1) as string;
  // More than one separator and no thousands: a date or a version, not a number.
  if (rest.length > 1 && !rest.slice(0, -1).every((group) => group.length === 3)) return undefined;
  return Number(`${first}${rest.slice(0, -1).join('')}.${last}`);
}

const plain = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(8)));
