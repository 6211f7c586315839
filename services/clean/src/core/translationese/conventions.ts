import { wordList } from '../word-list.ts';
import { signsOf, type Parts, type Sign } from './sign.ts';

const foreignForm = { sign: 'typography', weight: 0.3 };
const englishMonths = 'January|February|March|April|May|June|July|August|September|October|November|December';

const months = wordList(`
  januar, februar, märz, april, mai, juni, juli, august, september, oktober, november, dezember,
  janvier, février, mars, avril, juin, juillet, août, septembre, octobre, novembre, décembre,
  enero, febrero, marzo, abril, mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre,
  janeiro, fevereiro, março, maio, junho, julho, setembro, outubro, novembro, dezembro,
  gennaio, febbraio, aprile, maggio, giugno, luglio, settembre, ottobre, dicembre,
  января, февраля, марта, апреля, мая, июня, июля, августа, сентября, октября, ноября, декабря,
  січня, лютого, березня, квітня, травня, червня, липня, серпня, вересня, жовтня, листопада, грудня,
  januari, februari, maart, mei, augustus, oktober, december,
  stycznia, lutego, marca, kwietnia, maja, czerwca, lipca, sierpnia, września, października, listopada, grudnia,
`);

interface Rule {
  readonly reason: string;
  readonly pattern: RegExp;
}

/** Figures and dates as English does not write them. */
const englishRules: readonly Rule[] = [
  {
    reason: "a day with a full stop, as other languages' ordinals have it",
    pattern: new RegExp(
      `(?<=\\b(?:on|the|of|since|until|from|by|before|after) )\\d{1,2}\\. (?:${englishMonths})\\b`,
      'gi',
    ),
  },
  {
    reason: 'thousands parted by a space',
    pattern: /(?<![\d.,+] ?)\b\d{1,3}(?: 000){1,3} (?=\p{Ll}{3})/gu,
  },
  {
    reason: 'a decimal comma',
    pattern:
      /(?<![\d,.])\d{1,3},\d{1,2} (?:%|per ?cent|million|billion|degrees|kilomet|kilogram|metres|meters|euros)/g,
  },
];

/** Dates as English writes them, in languages with the day before the month. */
const dayFirstRules: readonly Rule[] = [
  {
    reason: 'month before day, as in English',
    pattern: new RegExp(`(?<!\\p{L})(?:${months.join('|')}) [0-3]?\\d, (?:19|20)\\d\\d(?!\\d)`, 'giu'),
  },
];
const dayFirst = new Set(wordList('de, fr, es, pt, it, ru, uk, nl, pl'));

export function foreignForms({ body, language }: Parts): Sign[] {
  const rules = language === 'en' ? englishRules : dayFirst.has(language) ? dayFirstRules : [];
  return rules.flatMap(({ reason, pattern }) => signsOf(body, pattern, { ...foreignForm, reason }));
}

const QUOTATION = /„[^„“”\n]*[“”]|“[^“”\n]*”|«[^«»\n]*»|»[^«»\n]*«|"[^"\n]*"/gu;
/** In the place of a quotation: no two words meet that were apart. */
const GAP = '\uFFFC';
/** A name behind the word; addressed, it has a comma behind it. */
const HERR = /(?<!\p{L})Herrn? \p{Lu}\p{Ll}+(?![\p{L}-])(?! ?[,?!:])/gu;

/** German news calls nobody "Herr Putin" outside of quotations; translations do, of "Mr", "M." and "Ông". */
export function honorifics({ body, language }: Parts): Sign[] {
  if (language !== 'de' || !/Herrn? /.test(body)) return [];
  const told = body.replace(QUOTATION, GAP);
  // Whoever is asked or answers is addressed so.
  if (/\?$/m.test(told)) return [];
  const found = signsOf(told, HERR, {
    sign: 'honorific',
    reason: 'Herr before the name of a person in the news, more than once',
    weight: 0.25,
  });
  return found.length > 1 ? found.slice(0, 1) : [];
}
