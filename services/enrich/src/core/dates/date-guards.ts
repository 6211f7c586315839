import type { ParsedComponents } from 'chrono-node';

/**
 * Words that chrono reads as dates and that mostly are something else: the morning (es mañana, de Morgen), ordinal
 * numbers (pt segunda), durations.
 */
const MISREAD: Readonly<Record<string, RegExp>> = {
  de: /^(?:(?:am )?Morgen|(?:die )?(?:letzten|vergangenen|nächsten|kommenden) \S+ \S+)$/u,
  en: /^(?:weekend|(?:the )?(?:last|past|next|coming) \S+ \S+)$/iu,
  es: /^(?:(?:la )?mañana)$/iu,
  pt: /^(?:segunda|terça|quarta|quinta|sexta)$/iu,
};

/** Abbreviated weekdays are words of their own: “sat”, “sun”, “So”, “mar”, “di”. */
const MIN_WEEKDAY_LETTERS = 5;
const MAX_CHARACTERS = 60;

/**
 * Whether what chrono found is a date of at least the precision of a year, and no word or number that only looks like one.
 *
 * @param text without white space and punctuation around it
 */
export function isDateMention(text: string, found: ParsedComponents, language: string): boolean {
  if (text.length > MAX_CHARACTERS || !/[\p{L}\p{N}]/u.test(text)) return false;
  if (MISREAD[language]?.test(text)) return false;
  const certain = (part: Parameters<ParsedComponents['isCertain']>[0]) => found.isCertain(part);
  // “now”, “two hours ago”, “in five minutes”: the second is known, though nobody wrote it.
  if (certain('second') && !text.includes(':')) return false;
  if (!/[\p{L}]/u.test(text) && !/\d{4}/u.test(text)) return false;
  if (certain('day')) return true;
  if (certain('weekday'))
    return !/^[\p{Script=Latin}\p{Script=Cyrillic}.]*$/u.test(text) || letters(text) >= MIN_WEEKDAY_LETTERS;
  // A month alone is too often a word or a name (“may”, “march”, “mars”, “April”).
  if (certain('month')) return certain('year');
  return certain('year');
}

const letters = (text: string) => text.replace(/[^\p{L}]/gu, '').length;

/** A time of the day is written out: 14:30, 14h, 3 pm, 15 Uhr, 下午3点. */
const CLOCK_TIME =
  /\d\s?(?::|h(?:\d|\b)|[ap]\.?m\b|uhr|ч(?:ас|\b)|год|giờ|klo|kl\b)|\d\s?[時时點点시]|T\d\d|\bkl\.? ?\d/iu;

/** Whether the hour that chrono found is one, and not the next number of the sentence. */
export function hasClockTime(text: string, found: ParsedComponents): boolean {
  return found.isCertain('hour') && CLOCK_TIME.test(text);
}

/** Prepositions and articles before the number of a day: “am 13.”, “On 13”, “le 1er”, “В”. */
const LEAD = /^(?<word>\p{L}{1,3})\s+(?=\d)|^(?<short>\p{L}{1,2})\s+(?=\p{L})/u;

/** How many characters at its start don't belong to a calendar date; none for a relative one (“in 3 days”). */
export function leadLength(
  text: string,
  found: ParsedComponents,
  isRelative: boolean,
  isName: (word: string) => boolean,
): number {
  if (isRelative || !(found.isCertain('month') || found.isCertain('weekday'))) return 0;
  const match = LEAD.exec(text);
  const word = match?.groups?.['word'] ?? match?.groups?.['short'];
  return match === null || word === undefined || isName(word.toLowerCase()) ? 0 : match[0].length;
}
