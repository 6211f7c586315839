import { keyOf } from './line.ts';
import { wordList } from '../word-list.ts';

const LOCALES = wordList(`
  en, de, fr, es, it, pt, nl, pl, cs, sv, da, nb, fi, tr, ro, hu, el, ru, uk, bg,
  vi, id, ar, fa, he, hi, zh, ja, ko, th,
`);
const SMALL_WORDS = wordList(`
  uhr, h, am, pm, at, um, den, le, à, el, las, a, de, del, of, the, on, в, о, г, року,
  года, lúc, ngày, giờ, gmt, utc, cet, cest, est, edt, et, pst, pdt, msk, мск, ist, bst, st, nd, rd,
  th,
  ar, م, ص, في, الساعة, kl, om, alle, ore, и, та, und, and, y, hrs, noon,
`);

/** Names of months and weekdays, and what else a date is written with, from the runtime's own locale data. */
const dateWords = new Set(SMALL_WORDS.flatMap((word) => keyOf(word).split(' ')));
const monthWords = new Set<string>();
/** "2 hours ago" and its like, with `#` for the number. */
const relativeTimes = new Set<string>();

for (const locale of LOCALES) {
  for (const style of ['long', 'short'] as const) {
    const month = new Intl.DateTimeFormat(`${locale}-u-nu-latn-ca-gregory`, {
      month: style,
      timeZone: 'UTC',
    });
    const dated = new Intl.DateTimeFormat(`${locale}-u-nu-latn-ca-gregory`, {
      month: style,
      day: 'numeric',
      timeZone: 'UTC',
    });
    const weekday = new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' });
    for (let index = 0; index < 12; index += 1) {
      const day = Date.UTC(2024, index, 5 + index);
      const words = [...keyOf(month.format(day)).split(' '), ...keyOf(dated.format(day)).split(' ')];
      for (const word of words) if (/\p{L}{2}/u.test(word)) monthWords.add(word);
      for (const word of keyOf(weekday.format(day)).split(' ')) dateWords.add(word);
    }
  }
  for (const style of ['long', 'short'] as const) {
    const relative = new Intl.RelativeTimeFormat(`${locale}-u-nu-latn`, { style });
    for (const unit of ['minute', 'hour', 'day', 'week', 'month'] as const)
      for (const amount of [-1, -2, -3, -5, -7, -11, -21])
        relativeTimes.add(keyOf(relative.format(amount, unit)).replace(/\d+/g, '#'));
  }
}
for (const word of monthWords) if (dateWords.has(word) || /^\d/.test(word)) monthWords.delete(word);

const FULL_DATE =
  /(?<!\d)(?:\d{4}\s?[-./年년]\s?\d{1,2}\s?[-./月월]\s?\d{1,2}[日일]?|\d{1,2}[-./]\s?\d{1,2}[-./]\s?(?:\d{4}|\d{2}))(?!\d)/;
const CLOCK = /(?<!\d)(?:[01]?\d|2[0-3])[:.h時时][0-5]\d(?!\d)/;
const ARABIC_DIGITS = /[٠-٩۰-۹]/g;

/** What of a short line is a date or a time, and what is left of it. */
export interface DateReading {
  readonly hasDate: boolean;
  readonly hasClock: boolean;
  /** The words that belong to neither. */
  readonly rest: readonly string[];
}

/** Reads a short line as a date; give no more than some hundred characters. */
export function readDate(text: string): DateReading {
  const latin = text.replace(ARABIC_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf));
  const words = keyOf(latin).split(' ');
  const named = words.some((word) => monthWords.has(word)) && /\d/.test(latin);
  return {
    hasDate: named || FULL_DATE.test(latin),
    hasClock: CLOCK.test(latin),
    rest: words.filter(
      (word) =>
        word !== '' &&
        !dateWords.has(word) &&
        !monthWords.has(word) &&
        !/^\p{N}+(?:st|nd|rd|th|[年月日時时分년월일h]+\p{N}*)*$/u.test(word),
    ),
  };
}

/** "2 hours ago", in the languages of {@link LOCALES}. */
export const isRelativeTime = (text: string): boolean => relativeTimes.has(keyOf(text).replace(/\d+/g, '#'));
