import { wordList } from '../word-list.ts';
import { signsOf, type Parts, type Sign } from './sign.ts';

/** What other languages call an advertisement; a page's own mark for its place is English (`[ad_2]`). */
const translatedAd = wordList(`
  anzeige, werbung, annonce, publicité, pub, anuncio, publicidad, anúncio, publicidade, annuncio, pubblicità, advertentie, reklama,
  reklam, reklaam, reclamă, hirdetés, mainos, annons, iklan, quảng cáo, реклама, объявление, оголошення, διαφήμιση, إعلان, اعلان,
  آگهی, פרסומת, विज्ञापन, 广告, 廣告, 広告, 광고, โฆษณา,
`);
const PLACE_MARK = new RegExp(`\\[ ?(?:${translatedAd.join('|')})[ _]\\d{1,2} ?\\]`, 'giu');

/** `(According to Reuters, TASS)` as a line's end: how Vietnamese papers name their sources (`(Theo …)`), word for word. */
const CALQUED_CREDIT =
  /\((?:According to|Laut|Gemäß|Selon|D'après|Según|De acuerdo con|Segundo|De acordo com|Secondo|Volgens|Według|Согласно|Згідно з|По данным) \p{Lu}[^()\n]{1,60}\)$/u;
/** A credit, and the name before it; a sentence has more. */
const CREDIT_MAX_WORDS = 10;

export function placeholders({ body, edges }: Parts): Sign[] {
  const sign = { sign: 'placeholder', reason: "a page's own mark, translated", weight: 0.45 };
  return signsOf([...edges, body].join('\n\n'), PLACE_MARK, sign).slice(0, 1);
}

export function calquedCredits({ edges }: Parts): Sign[] {
  const line = edges.find(
    (edge) => edge.length < 120 && edge.split(/\s+/u).length <= CREDIT_MAX_WORDS && CALQUED_CREDIT.test(edge),
  );
  if (line === undefined) return [];
  const reason = "a credit in another language's form, translated word for word";
  return [{ sign: 'credit', reason, text: CALQUED_CREDIT.exec(line)?.[0] ?? line, weight: 0.35 }];
}

/** Languages of Latin, Greek or Cyrillic letters mix with no other scripts in a word. */
const ALPHABETIC = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]$/u;
const OTHER_SCRIPT =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Arabic}\\p{Script=Hebrew}\\p{Script=Thai}\\p{Script=Devanagari}';
const MIXED_WORD = new RegExp(
  `(?<=[\\p{Script=Latin}\\p{Script=Cyrillic}]{2})[${OTHER_SCRIPT}]{1,20}|[${OTHER_SCRIPT}]{1,20}(?=[\\p{Script=Latin}\\p{Script=Cyrillic}]{2})`,
  'gu',
);
/** Between words without capitals: neither in quotes or brackets, nor behind a name or before one. */
const UNTRANSLATED_RUN = new RegExp(
  `(?<=(?<!\\p{L})\\p{Ll}{1,30} )[${OTHER_SCRIPT}]{2,20}(?= \\p{Ll})`,
  'gu',
);
const WIDE_PUNCTUATION = /(?<=[\p{Script=Latin}\p{Script=Cyrillic}\d)])[，。；：！？、）](?=\s|$)/gmu;
/** Most texts have none of these characters, and need no look. */
const BEYOND_ALPHABETS = /[\u0590-\u0E7F\u3000-\uFFEF]/;
const SAMPLE_CHARACTERS = 2000;
const ALPHABETIC_SHARE = 0.9;

/** Words of the source language that the engine did not know, and its punctuation. */
export function untranslated({ body }: Parts): Sign[] {
  if (!BEYOND_ALPHABETS.test(body)) return [];
  const letters = body.slice(0, SAMPLE_CHARACTERS).match(/\p{L}/gu) ?? [];
  const alphabetic = letters.filter((letter) => ALPHABETIC.test(letter));
  if (alphabetic.length < letters.length * ALPHABETIC_SHARE) return [];
  return [
    ...signsOf(body, MIXED_WORD, { sign: 'script', reason: 'two scripts in one word', weight: 0.5 }),
    ...signsOf(body, UNTRANSLATED_RUN, {
      sign: 'script',
      reason: 'a word of another script within a sentence',
      weight: 0.35,
    }),
    ...signsOf(body, WIDE_PUNCTUATION, {
      sign: 'punctuation',
      reason: 'punctuation of another script',
      weight: 0.3,
    }),
  ];
}

/** Engines cut a text into tokens, and not all join them again as they were. */
const loosePartByLanguage: Readonly<Record<string, RegExp>> = {
  en: /(?<!\p{L})\p{L}{1,30} ['’] (?:s|t|re|ve|ll)(?= )/gu,
  fr: /(?<![\p{L}'’])(?:[ldnsj]|qu) ['’] \p{L}{1,30}/giu,
  it: /(?<![\p{L}'’])(?:l|dell|nell|all|un) ['’] \p{L}{1,30}/giu,
};
/** In English; French sets spaces within its quotation marks, and others do at times. */
const LOOSE_QUOTATION = /"(?<=\p{Ll} ") \p{L}[^"\n]{1,60} "(?= ?[\p{Ll},.])/gu;

export function looseTokens({ body, language }: Parts): Sign[] {
  const part = loosePartByLanguage[language];
  const weight = language === 'en' ? 0.5 : 0.4;
  const words = { sign: 'tokens', reason: 'parts of a word that were not joined again', weight };
  const quotation = { sign: 'tokens', reason: 'quotation marks that were not joined again', weight: 0.3 };
  return [
    ...(part && / ['’] /.test(body) ? signsOf(body, part, words) : []),
    ...(language === 'en' ? signsOf(body, LOOSE_QUOTATION, quotation) : []),
  ];
}
