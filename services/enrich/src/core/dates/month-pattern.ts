/** A calendar date in words: month and year, perhaps a day. */
export interface WrittenDate {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** Years outside are amounts more often than years. */
const EARLIEST_YEAR = 1500;
const LATEST_YEAR = 2100;
const DAYS_OF_YEAR_2000 = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Finds “13. September 2023” and “September 2023” by the month names that CLDR has for a language (through Intl): for
 * languages that chrono doesn't read, and the month with a year, which it doesn't read in all of its own.
 * Undefined where CLDR doesn't know the language, or counts its months by numbers.
 */
export function monthPattern(language: string): ((text: string) => WrittenDate[]) | undefined {
  const months = monthNames(language);
  if (months.size === 0) return undefined;
  // Letters only: nothing to escape.
  const names = [...months.keys()].toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{M}\\p{N}])(?:(?<day>\\d{1,2})(?:\\.|º|er|st|nd|rd|th)?\\s(?:de\\s|d['’]|of\\s)?)?` +
      `(?<month>${names.join('|')})\\.?,?\\s(?:de\\s|del\\s|of\\s)?(?<year>\\d{4})(?![\\p{L}\\p{M}\\p{N}]|[.,]\\d)`,
    'giu',
  );
  return (text) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const { day, month = '', year = '' } = match.groups ?? {};
      const monthNumber = months.get(month.toLowerCase());
      if (monthNumber === undefined || Number(year) < EARLIEST_YEAR || Number(year) > LATEST_YEAR) return [];
      const monthValue = `${year}-${String(monthNumber).padStart(2, '0')}`;
      const end = match.index + match[0].length;
      if (day === undefined) return [{ start: match.index, end, value: monthValue }];
      const dayNumber = Number(day);
      if (dayNumber < 1 || dayNumber > (DAYS_OF_YEAR_2000[monthNumber - 1] ?? 0)) return [];
      return [{ start: match.index, end, value: `${monthValue}-${day.padStart(2, '0')}` }];
    });
}

/** Names of the months in lower case, alone and as they stand in a date (“сентября”). */
function monthNames(language: string): Map<string, number> {
  const names = new Map<string, number>();
  if (language === 'und' || Intl.DateTimeFormat.supportedLocalesOf(language).length === 0) return names;
  const locale = `${language}-u-ca-gregory-nu-latn`;
  const forms: Intl.DateTimeFormatOptions[] = [
    { month: 'long', timeZone: 'UTC' },
    { day: 'numeric', month: 'long', timeZone: 'UTC' },
  ];
  for (const form of forms) {
    const format = new Intl.DateTimeFormat(locale, form);
    for (let month = 1; month <= 12; month += 1) {
      const parts = format.formatToParts(new Date(Date.UTC(2000, month - 1, 10)));
      const name = parts.find(({ type }) => type === 'month')?.value.toLowerCase();
      if (name !== undefined && /^\p{L}[\p{L}\p{M}]+$/u.test(name)) names.set(name, month);
    }
  }
  return names;
}
