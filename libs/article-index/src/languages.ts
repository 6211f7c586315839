/**
 * Which analyzer reads which language, by the primary subtag of a BCP 47 tag. Every analyzer is one that Elasticsearch
 * brings by itself; languages that would need a plugin (Ukrainian, Polish, ICU's) are read by `standard`.
 * Chinese, Japanese and Korean share the bigrams of `cjk`, yet have a field each, so that their frequencies don't mix.
 */
const analyzerByLanguage = {
  ar: 'arabic',
  bg: 'bulgarian',
  bn: 'bengali',
  ca: 'catalan',
  cs: 'czech',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  et: 'estonian',
  eu: 'basque',
  fa: 'persian',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  gl: 'galician',
  hi: 'hindi',
  hu: 'hungarian',
  hy: 'armenian',
  id: 'indonesian',
  it: 'italian',
  ja: 'cjk',
  ko: 'cjk',
  lt: 'lithuanian',
  lv: 'latvian',
  nl: 'dutch',
  no: 'norwegian',
  // Brazilian too: detection rarely tells the two apart, and one reader's words must find both.
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  sv: 'swedish',
  th: 'thai',
  tr: 'turkish',
  zh: 'cjk',
  /** Whatever else, and text whose language is not known. */
  other: 'standard',
} as const;

/** Name of a language's subfield, such as `de` in `title.de`. */
export type LanguageField = keyof typeof analyzerByLanguage;

export const languageFields = Object.keys(analyzerByLanguage) as LanguageField[];

/** Subtags that are written in, or as good as in, the language of another field. Source: IANA's subtag registry. */
const sameAs: Readonly<Record<string, LanguageField>> = {
  nb: 'no',
  nn: 'no',
  cmn: 'zh',
  yue: 'zh',
  mo: 'ro',
  in: 'id',
};

/** The primary subtag in lower case: `pt` of `pt-BR`, `und` of `und`. */
export function primarySubtag(tag: string): string {
  return (tag.split('-', 1)[0] ?? tag).toLowerCase();
}

/** The subfield that holds text of a language. */
export function languageField(tag: string): LanguageField {
  const subtag = primarySubtag(tag);
  if (Object.hasOwn(analyzerByLanguage, subtag)) return subtag as LanguageField;
  return Object.hasOwn(sameAs, subtag) ? (sameAs[subtag] as LanguageField) : 'other';
}

/** The analyzer of a subfield. */
export function analyzerOf(field: LanguageField): string {
  return analyzerByLanguage[field];
}
