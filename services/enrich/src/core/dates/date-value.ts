import type { ParsedComponents } from 'chrono-node';

const two = (value: number) => String(value).padStart(2, '0');

/** dd/mm/yyyy or mm/dd/yyyy. */
const NUMERIC = /(?<!\d)(?<first>\d{1,2})[/.-](?<second>\d{1,2})[/.-]\d{4}/u;

/**
 * ISO 8601, as precise as the text is: a year, a month, a day, or a time with its zone where one is written.
 * Undefined for a year that has not four digits.
 *
 * @param withTime whether the text has a time of the day
 * @param knownDayOrder whether day and month of a numeric date can be told apart; otherwise only the year is certain
 */
export function dateValue(
  text: string,
  found: ParsedComponents,
  withTime: boolean,
  knownDayOrder: boolean,
): string | undefined {
  const year = found.get('year');
  if (year === null || year < 1 || year > 9999) return undefined;
  const yearValue = String(year).padStart(4, '0');
  const month = found.get('month');
  const isDay = found.isCertain('day') || found.isCertain('weekday');
  if (month === null || !(isDay || found.isCertain('month')) || (!knownDayOrder && isAmbiguous(text)))
    return yearValue;
  const day = found.get('day');
  const monthValue = `${yearValue}-${two(month)}`;
  if (day === null || !isDay) return monthValue;
  const dayValue = `${monthValue}-${two(day)}`;
  return withTime ? `${dayValue}T${timeValue(found)}` : dayValue;
}

function isAmbiguous(text: string): boolean {
  const { first, second } = NUMERIC.exec(text)?.groups ?? {};
  return first !== second && Number(first) <= 12 && Number(second) <= 12;
}

function timeValue(found: ParsedComponents): string {
  const second = found.isCertain('second') ? `:${two(found.get('second') ?? 0)}` : '';
  const clock = `${two(found.get('hour') ?? 0)}:${two(found.get('minute') ?? 0)}${second}`;
  const offset = found.get('timezoneOffset');
  if (offset === null || !found.isCertain('timezoneOffset')) return clock;
  if (offset === 0) return `${clock}Z`;
  const minutes = Math.abs(offset);
  return `${clock}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
