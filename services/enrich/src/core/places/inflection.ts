import { languageOf } from '../language-tags.ts';

/** An ending and what takes its place in genitive, dative, accusative, instrumental and prepositional. */
type Declension = readonly [ending: RegExp, ...forms: readonly string[]];

// The first that fits counts. Source: the regular declensions of nouns and adjectives in the languages' school grammars;
// a form that doesn't exist does no harm, as nobody writes it.
const RUSSIAN: readonly Declension[] = [
  [/ая$/u, 'ой', 'ой', 'ую', 'ой', 'ой'],
  [/ое$/u, 'ого', 'ому', 'ое', 'ым', 'ом'],
  [/ые$/u, 'ых', 'ым', 'ые', 'ыми', 'ых'],
  [/(?<=[кгхжшщ])ие$/u, 'их', 'им', 'ие', 'ими', 'их'],
  [/[ыи]й$/u, 'ого', 'ому', 'ый', 'ым', 'ом'],
  [/ия$/u, 'ии', 'ии', 'ию', 'ией', 'ии'],
  [/я$/u, 'и', 'е', 'ю', 'ей', 'е'],
  [/(?<=[кгхжшщч])а$/u, 'и', 'е', 'у', 'ой', 'е'],
  [/а$/u, 'ы', 'е', 'у', 'ой', 'е'],
  [/й$/u, 'я', 'ю', 'й', 'ем', 'е'],
  [/ы$/u, '', 'ам', 'ы', 'ами', 'ах'],
  [/(?<=[нтрс])ь$/u, 'и', 'и', 'ь', 'ью', 'и'],
  [/ь$/u, 'я', 'ю', 'ь', 'ем', 'е'],
  [/(?<=[бвгджзклмнпрстфхцчшщ])$/u, 'а', 'у', '', 'ом', 'е'],
];
const UKRAINIAN: readonly Declension[] = [
  [/(?<=[чнсг])на$/u, 'ної', 'ній', 'ну', 'ною', 'ній'],
  [/ія$/u, 'ії', 'ії', 'ію', 'ією', 'ії'],
  [/(?<=[еа])я$/u, 'ї', 'ї', 'ю', 'єю', 'ї'],
  [/я$/u, 'і', 'і', 'ю', 'ею', 'і'],
  [/га$/u, 'ги', 'зі', 'гу', 'гою', 'зі'],
  [/ка$/u, 'ки', 'ці', 'ку', 'кою', 'ці'],
  [/а$/u, 'и', 'і', 'у', 'ою', 'і'],
  [/їв$/u, 'єва', 'єву', 'їв', 'євом', 'єві'],
  [/ів$/u, 'ова', 'ову', 'ів', 'овом', 'ові'],
  [/й$/u, 'ю', 'ю', 'й', 'єм', 'ї'],
  [/и$/u, 'ів', 'ам', 'и', 'ами', 'ах'],
  [/ь$/u, 'я', 'ю', 'ь', 'ем', 'і'],
  [/(?<=[бвгґджзклмнпрстфхцчшщ])$/u, 'у', 'ові', '', 'ом', 'і'],
  [/(?<=[бвгґджзклмнпрстфхцчшщ])$/u, 'а', 'у', '', 'ом', 'і'],
];

const DECLENSIONS: Readonly<Record<string, readonly Declension[]>> = { ru: RUSSIAN, uk: UKRAINIAN };
const CASES = 5;

/** Languages whose names take an -s in the genitive: Russlands, Sveriges. */
const GENITIVE_S = new Set(['da', 'de', 'lb', 'nb', 'nn', 'no', 'sv']);

/**
 * The other forms of a place's name that are cheap to build, without the name itself: the genitive -s of German and the
 * Scandinavian languages, the cases of Russian and Ukrainian.
 */
export function inflectedForms(name: string, tag: string): string[] {
  const language = languageOf(tag);
  if (GENITIVE_S.has(language)) return /\p{Ll}$/u.test(name) && !/[sßxz]$/u.test(name) ? [`${name}s`] : [];
  const declensions = DECLENSIONS[language];
  if (declensions === undefined) return [];
  const words = name.split(' ').map((word) => declined(word, declensions));
  const forms = Array.from({ length: CASES }, (_, index) => words.map((cases) => cases[index]).join(' '));
  return [...new Set(forms)].filter((form) => form !== name);
}

/** The five cases of a word; a word that doesn't change five times. */
function declined(word: string, declensions: readonly Declension[]): string[] {
  const found = /\p{Ll}$/u.test(word) ? declensions.find(([ending]) => ending.test(word)) : undefined;
  if (found === undefined) return Array.from({ length: CASES }, () => word);
  const [ending, ...forms] = found;
  return forms.map((form) => word.replace(ending, form));
}
