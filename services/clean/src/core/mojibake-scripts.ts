/** How well a text is one of a script: shares of its characters above ASCII, punctuation apart. */
export interface Plausibility {
  readonly isPlausible: boolean;
  /** To choose by, among the readings of one kind. */
  readonly score: number;
}

/** A script of letters, with the letters that make three quarters of any text in it. */
export interface Alphabet {
  readonly letter: RegExp;
  readonly common: ReadonlySet<string>;
}

export const cyrillic: Alphabet = { letter: /\p{Script=Cyrillic}/gu, common: new Set('оеаинтсрвлкмдпуяі') };
export const greek: Alphabet = { letter: /\p{Script=Greek}/gu, common: new Set('αοιετσνηυρπκμλςίόά') };
export const hebrew: Alphabet = { letter: /\p{Script=Hebrew}/gu, common: new Set('יוהלאתרבמשנ') };
export const arabic: Alphabet = { letter: /\p{Script=Arabic}/gu, common: new Set('اليمونرتبعةد') };

const ABOVE_ASCII = /(?!\p{ASCII})[\p{L}\p{M}\p{N}\p{S}\p{C}]/gu;
/** A capital inside a word: of the wrong reading of the two halves of an alphabet, mostly. */
const CAPITAL_INSIDE = /\p{Ll}\p{Lu}/gu;

const LETTERS_MIN = 6;
const COMMON_MIN = 0.62;
const LETTERS_SHARE_MIN = 0.9;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Whether a text is of words of an alphabet. */
export function readsAs(text: string, { letter, common }: Alphabet): Plausibility {
  const letters = text.match(letter) ?? [];
  if (letters.length < LETTERS_MIN) return { isPlausible: false, score: 0 };
  const usual = letters.filter((one) => common.has(one.toLowerCase())).length / letters.length;
  const score = usual - (2 * count(text, CAPITAL_INSIDE)) / letters.length;
  const share = letters.length / Math.max(count(text, ABOVE_ASCII), letters.length);
  return { isPlausible: score >= COMMON_MIN && share >= LETTERS_SHARE_MIN, score };
}

/** Characters of a range of two-byte codes: the common ones of the standards of East Asia stand together. */
function charactersOf(encoding: string, firstLead: number, lastLead: number, trails: readonly number[]) {
  const bytes: number[] = [];
  for (let lead = firstLead; lead <= lastLead; lead += 1) for (const trail of trails) bytes.push(lead, trail);
  return new Set(new TextDecoder(encoding).decode(Uint8Array.from(bytes)));
}
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
const HIGH_TRAILS = range(0xa1, 0xfe);

/** Level 1 of the standards: what nearly all characters of any text are of. Made when first needed. */
function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}
const simplified = once(() => charactersOf('gb18030', 0xb0, 0xd7, HIGH_TRAILS));
const traditional = once(() => charactersOf('big5', 0xa4, 0xc6, [...range(0x40, 0x7e), ...HIGH_TRAILS]));
const japanese = once(() => charactersOf('euc-jp', 0xb0, 0xcf, HIGH_TRAILS));
/** Syllables of a third of any Korean text. */
const KOREAN_COMMON = new Set('이다는에의가을를고하지한로서기도대은사인');

const KANA = /[\u3041-\u30ff]/g;
const HANGUL = /[\uac00-\ud7a3]/g;
const IDEOGRAPH = /\p{Script=Han}/gu;
/** Full stops, brackets, letters and digits as wide as an ideograph. */
const WIDE = /[\u3000-\u3020\uff01-\uff5e]/g;

const LEVEL_1_MIN = 0.93;
/** Of one character again and again nothing can be told. */
const DISTINCT_MIN = 5;
/** Chinese has none; a Japanese line of names and figures has few. */
const KANA_MIN = 0.05;

interface EastAsian {
  readonly encodings: readonly string[];
  readonly isPlausible: (text: string) => boolean;
}

const inSet = (characters: readonly string[], known: ReadonlySet<string>): number =>
  characters.filter((one) => known.has(one)).length;

/** East Asian encodings, what is told more surely first: ideographs of one are ideographs of the next. */
export const eastAsian: readonly EastAsian[] = [
  {
    encodings: ['shift_jis', 'euc-jp'],
    isPlausible: (text) => {
      const kana = count(text, KANA);
      const ideographs = text.match(IDEOGRAPH) ?? [];
      const all = weighed(text);
      return all > 0 && kana >= all * KANA_MIN && kana + inSet(ideographs, japanese()) >= all * LEVEL_1_MIN;
    },
  },
  {
    encodings: ['euc-kr'],
    isPlausible: (text) => {
      const syllables = text.match(HANGUL) ?? [];
      const all = weighed(text);
      return all > 0 && syllables.length >= all * LEVEL_1_MIN && inSet(syllables, KOREAN_COMMON) >= all * 0.1;
    },
  },
  { encodings: ['gb18030'], isPlausible: (text) => isOfLevel1(text, simplified()) },
  { encodings: ['big5'], isPlausible: (text) => isOfLevel1(text, traditional()) },
];

const isOfLevel1 = (text: string, level1: ReadonlySet<string>): boolean => {
  const all = weighed(text);
  return all > 0 && inSet(text.match(IDEOGRAPH) ?? [], level1) >= all * LEVEL_1_MIN;
};

/** How many characters speak for or against a reading; none where they are too few to tell by. */
function weighed(text: string): number {
  const characters = text.replace(WIDE, '').match(ABOVE_ASCII) ?? [];
  return new Set(characters).size < DISTINCT_MIN ? 0 : characters.length;
}
