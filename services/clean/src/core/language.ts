import type { DetectedLanguage } from '@wirefold/contracts';

/** What a detector tells of a text; undefined where it can't tell. */
export interface LanguageGuess {
  /** ISO 639-1. */
  readonly tag: string;
  /** 0 to 1. */
  readonly confidence: number;
}

export interface LanguageDetection {
  readonly detectLanguage: (text: string) => LanguageGuess | undefined;
  /** The languages that the detector can tell; a hint at another one is believed sooner. */
  readonly knownLanguages: ReadonlySet<string>;
}

export interface LanguageHints {
  /** The publisher's. */
  readonly hint: string | undefined;
  /** The page's own. */
  readonly page: string | undefined;
}

export type LanguagePassage = NonNullable<DetectedLanguage['passages']>[number];

/** Detectors look at a text's start alone: three places tell more of a mixed one. */
const SAMPLE_CHARACTERS = 400;
const SAMPLES = 3;
/** From here on the text is believed against a hint at a language that the detector knows, or doesn't. */
const SURE = 0.6;
const SURE_AGAINST_UNKNOWN = 0.85;
/** Shorter texts say too little to overrule a hint. */
const SHORT_LETTERS = 40;
const HINT_CONFIDENCE = 0.5;
const PAGE_CONFIDENCE = 0.4;

/** Tags that a detector's tag stands for: the hint tells which. */
const sameForDetectors: readonly (readonly string[])[] = [
  ['ms', 'id'],
  ['no', 'nb', 'nn'],
  ['hr', 'bs', 'sr', 'sh'],
  ['tl', 'fil'],
  ['he', 'iw'],
  ['fa', 'prs'],
  ['zh', 'yue'],
];

/** The article's language: the text decides where it is long and clear, else the publisher's hint, else the page. */
export function decideLanguage(
  text: string,
  { hint, page }: LanguageHints,
  { detectLanguage, knownLanguages }: LanguageDetection,
): DetectedLanguage {
  const hinted = plausible(primaryOf(hint), text);
  const declared = plausible(primaryOf(page), text);
  const said = hinted ?? declared;
  const guess = guessOf(text, said, detectLanguage);
  if (guess) {
    if (said !== undefined && isSame(said, guess.tag))
      return { tag: said, confidence: guess.confidence, from: said === guess.tag ? 'text' : saidBy(hinted) };
    const needed = said === undefined ? 0 : knownLanguages.has(said) ? SURE : SURE_AGAINST_UNKNOWN;
    const isLong = said === undefined || countLetters(text) >= SHORT_LETTERS;
    if (guess.tag === said || (isLong && guess.confidence >= needed))
      return { tag: guess.tag, confidence: guess.confidence, from: 'text' };
  }
  if (hinted !== undefined) return { tag: hinted, confidence: HINT_CONFIDENCE, from: 'hint' };
  if (declared !== undefined) return { tag: declared, confidence: PAGE_CONFIDENCE, from: 'page' };
  return { tag: 'und', confidence: 0, from: 'none' };
}

/** Paragraphs with less say too little to be told from names and quotations. */
/** Less than elsewhere: detection takes most of the time, and it is asked for many a paragraph. */
const PASSAGE_SAMPLE_CHARACTERS = 240;
const PASSAGE_MIN_LETTERS = 80;
const PASSAGE_CONFIDENCE = 0.92;
const ADDRESS = /https?:\/\/\S+/g;
/** Words that so many paragraphs have are the small ones of the article's language; a paragraph in it has them, too. */
const COMMON_SHARE = 0.4;
const COMMON_WORDS = 0.06;
/** So many paragraphs are looked at, from the first. */
const PASSAGE_MAX_PARAGRAPHS = 200;

/** Runs of paragraphs that are surely in another language than the article. */
export function findPassages(
  paragraphs: readonly string[],
  language: string,
  { detectLanguage, knownLanguages }: LanguageDetection,
): LanguagePassage[] {
  // A language that the detector doesn't know looks to it like some other one.
  if (paragraphs.length < 2 || !knownLanguages.has(language)) return [];
  const passages: LanguagePassage[] = [];
  const samples = paragraphs
    .slice(0, PASSAGE_MAX_PARAGRAPHS)
    .map((paragraph) => paragraph.slice(0, PASSAGE_SAMPLE_CHARACTERS).replace(ADDRESS, ' '));
  const isUnlike = strangers(samples);
  for (const [place, sample] of samples.entries()) {
    if (!isUnlike(sample) || countLetters(sample) < PASSAGE_MIN_LETTERS) continue;
    const guess = detectLanguage(sample);
    if (!guess || guess.confidence < PASSAGE_CONFIDENCE || isSame(guess.tag, language)) continue;
    const before = passages.at(-1);
    if (before && before.tag === guess.tag && before.last === place - 1)
      passages[passages.length - 1] = {
        ...before,
        last: place,
        confidence: Math.min(before.confidence, guess.confidence),
      };
    else passages.push({ first: place, last: place, ...guess });
  }
  return passages;
}

/** Paragraphs without the words that most have: detection takes long, and most need none. */
function strangers(samples: readonly string[]): (sample: string) => boolean {
  const wordsOf = (sample: string) => new Set(sample.toLowerCase().split(/[\s,.;:!?()"'’“”„«»]+/));
  const counts = new Map<string, number>();
  for (const sample of samples)
    for (const word of wordsOf(sample)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return (sample) => {
    const words = [...wordsOf(sample)].filter(Boolean);
    const isCommon = (word: string) => (counts.get(word) ?? 0) > Math.max(1, samples.length * COMMON_SHARE);
    return words.filter(isCommon).length < words.length * COMMON_WORDS;
  };
}

/** The language of a paragraph. */
export const languageOf = (place: number, language: DetectedLanguage): string =>
  language.passages?.find(({ first, last }) => first <= place && place <= last)?.tag ?? language.tag;

const isSame = (one: string, other: string): boolean =>
  one === other || sameForDetectors.some((same) => same.includes(one) && same.includes(other));

const saidBy = (hinted: string | undefined) => (hinted === undefined ? 'page' : 'hint');

/** @param said the language that is said of the text: where its start is surely in it, no more needs to be looked at */
function guessOf(
  text: string,
  said: string | undefined,
  detect: LanguageDetection['detectLanguage'],
): LanguageGuess | undefined {
  const sums = new Map<string, number>();
  const samples = samplesOf(text);
  for (const sample of samples) {
    const guess = detect(sample);
    if (guess && guess.tag === said && guess.confidence >= PASSAGE_CONFIDENCE) return guess;
    if (guess) sums.set(guess.tag, (sums.get(guess.tag) ?? 0) + guess.confidence);
  }
  const best = [...sums].toSorted((a, b) => b[1] - a[1])[0];
  return best && { tag: best[0], confidence: Math.min(1, best[1] / samples.length) };
}

function samplesOf(text: string): string[] {
  if (text.length <= SAMPLE_CHARACTERS * 2) return [text.slice(0, SAMPLE_CHARACTERS)];
  const step = Math.floor((text.length - SAMPLE_CHARACTERS) / (SAMPLES - 1));
  return Array.from({ length: SAMPLES }, (_, index) =>
    text.slice(index * step, index * step + SAMPLE_CHARACTERS),
  );
}

/** Letters of the start; one of Han or Kana says as much as two others. */
function countLetters(text: string): number {
  const start = text.slice(0, SAMPLE_CHARACTERS);
  const dense = start.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  return (start.match(/\p{L}/gu)?.length ?? 0) + dense;
}

/** Scripts by which a language is written whose own code is none of Unicode's. */
const WRITTEN_WITH: Readonly<Record<string, string>> = {
  Hans: '\\p{Script=Hani}',
  Hant: '\\p{Script=Hani}',
  Jpan: '\\p{Script=Hani}\\p{Script=Hira}\\p{Script=Kana}',
  Kore: '\\p{Script=Hang}\\p{Script=Hani}',
};

/** A language whose script the text is not written in is a mistake of the scraper. */
function plausible(language: string | undefined, text: string): string | undefined {
  if (language === undefined) return undefined;
  const letters = text.slice(0, SAMPLE_CHARACTERS * 2).match(/\p{L}/gu) ?? [];
  if (hasLettersOfAnother(language, letters)) return undefined;
  const script = new Intl.Locale(language).maximize().script;
  if (script === undefined || letters.length === 0) return language;
  const pattern = scriptPattern(script);
  if (!pattern) return language;
  return letters.filter((letter) => pattern.test(letter)).length >= letters.length / 5 ? language : undefined;
}

function scriptPattern(script: string): RegExp | undefined {
  try {
    return new RegExp(`[${WRITTEN_WITH[script] ?? `\\p{Script=${script}}`}]`, 'u');
  } catch {
    return undefined;
  }
}

/** Letters that one of some related languages has and another never uses. */
const FOREIGN_LETTERS: Readonly<Record<string, RegExp>> = {
  ru: /[іїєґўјљњћђџѓќ]/i,
  uk: /[ыэъёўјљњћђџѓќ]/i,
  be: /[щъїєґиј]/i,
  bg: /[ыэёіїєґўј]/i,
  sr: /[ыэъёіїєґўщьяю]/i,
  mk: /[ыэъёіїєґўщьяю]/i,
};
/** A name or a quotation has some. */
const FOREIGN_LETTERS_SHARE = 0.02;

function hasLettersOfAnother(language: string, letters: readonly string[]): boolean {
  const foreign = FOREIGN_LETTERS[language];
  if (!foreign) return false;
  return letters.filter((letter) => foreign.test(letter)).length > letters.length * FOREIGN_LETTERS_SHARE;
}

/** The primary subtag of a well-formed tag, canonical. */
function primaryOf(tag: string | undefined): string | undefined {
  if (!tag || !/^[A-Za-z]{2,3}(?:[-_][A-Za-z\d]{1,8}){0,6}$/.test(tag)) return undefined;
  try {
    const primary = new Intl.Locale(tag.replaceAll('_', '-')).language;
    return primary === 'und' ? undefined : primary;
  } catch {
    return undefined;
  }
}
