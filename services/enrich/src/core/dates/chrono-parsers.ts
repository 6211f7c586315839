import { ar, type Chrono, de, en, es, fi, fr, id, it, ja, nl, pt, ru, sv, uk, vi, zh } from 'chrono-node';
import { languageOf, lookupTags } from '../language-tags.ts';

const byLanguage: Readonly<Record<string, { readonly casual: Chrono }>> = {
  ar,
  de,
  en,
  es,
  fi,
  fr,
  id,
  it,
  ja,
  nl,
  pt,
  ru,
  sv,
  uk,
  vi,
  zh,
}; // prettier-ignore

/** chrono's parser of a language with relative dates (“gestern”); undefined for a language that it doesn't read. */
export function chronoParser(tag: string): Chrono | undefined {
  const language = languageOf(tag);
  if (language === 'en' && isDayFirst(tag)) return en.GB;
  if (language === 'zh') return lookupTags(tag).includes('zh-Hant') ? zh.hant.casual : zh.hans.casual;
  return Object.hasOwn(byLanguage, language) ? byLanguage[language]?.casual : undefined;
}

/** Whether 3/4/2020 is known to be 3 April or 4 March: plain `en` does not tell. */
export function hasKnownDayOrder(tag: string): boolean {
  return languageOf(tag) !== 'en' || new Intl.Locale(tag).region !== undefined;
}

function isDayFirst(tag: string): boolean {
  const region = new Intl.Locale(tag).region;
  if (region === undefined) return false;
  const parts = new Intl.DateTimeFormat(`en-${region}`, { day: 'numeric', month: 'numeric' }).formatToParts(
    0,
  );
  return parts.findIndex(({ type }) => type === 'day') < parts.findIndex(({ type }) => type === 'month');
}
