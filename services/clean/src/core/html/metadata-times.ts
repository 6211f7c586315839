/** A time as a page writes it: with its zone, or the hands of a clock alone. */
export interface PageTime {
  /** ISO 8601 without zone, to the second. */
  readonly local: string;
  /** `Z` or `+02:00`; undefined where the page does not say. */
  readonly zone: string | undefined;
}

const RAW_CHARACTERS = 60;
const EARLIEST_MS = Date.UTC(1800, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);
/** A zone is taken from another time of the page only so close to it: farther off there may be a change of summer time. */
const SAME_ZONE_MS = 26 * 60 * 60 * 1000;

const ISO =
  /^(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?:T|\s+)(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?\s*([A-Za-z]{1,4}|[+-]\d{2}(?::?\d{2})?)?(?:\[[\w/+-]+\])?$/i;
/** RFC 2822, and what JavaScript makes of a date. */
const MAIL =
  /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4}),?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(.*)$/i;
const SCRIPT =
  /^[a-z]{3}\s+([a-z]{3})\s+(\d{1,2})\s+(\d{4})\s+(\d{2}):(\d{2}):(\d{2})\s+(?:GMT|UTC)([+-]\d{4})/i;
const EPOCH = /^(?:\d{10}|\d{13})$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Abbreviations of one meaning alone: CST and IST have three each. */
const NAMED_ZONES: ReadonlyMap<string, string> = new Map([
  ...['z', 'gmt', 'utc', 'ut'].map((name) => [name, 'Z'] as const),
  ['est', '-05:00'],
  ['edt', '-04:00'],
  ['pst', '-08:00'],
  ['pdt', '-07:00'],
  ['cet', '+01:00'],
  ['cest', '+02:00'],
  ['msk', '+03:00'],
  ['jst', '+09:00'],
]);

/** Reads a time; undefined for a date alone and for what is none. */
export function readTime(raw: string): PageTime | undefined {
  const text = raw.slice(0, RAW_CHARACTERS).trim();
  if (EPOCH.test(text)) return ofEpoch(text.length === 13 ? Number(text) : Number(text) * 1000);
  const iso = ISO.exec(text);
  if (iso) {
    const [, year, month, day, hour, minute, second, zone] = iso;
    return timeOf([year, month, day, hour, minute, second], zone);
  }
  const script = SCRIPT.exec(text);
  if (script) {
    const [, month, day, year, hour, minute, second, zone] = script;
    return timeOf([year, monthOf(month), day, hour, minute, second], zone);
  }
  const mail = MAIL.exec(text);
  if (!mail) return undefined;
  const [, day, month, year, hour, minute, second, zone] = mail;
  return timeOf([year, monthOf(month), day, hour, minute, second], zone);
}

const monthOf = (name: string | undefined) => String(MONTHS.indexOf(name?.toLowerCase() ?? '') + 1);

function ofEpoch(ms: number): PageTime | undefined {
  return isPlausible(ms) ? { local: new Date(ms).toISOString().slice(0, 19), zone: 'Z' } : undefined;
}

function timeOf(parts: readonly (string | undefined)[], zone: string | undefined): PageTime | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    Number(part ?? 0),
  );
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  if (!isPlausible(ms)) return undefined;
  const local = new Date(ms).toISOString().slice(0, 19);
  // The 31st of February is another day, and not what the page means.
  const isSame = Number(local.slice(8, 10)) === day && Number(local.slice(11, 13)) === hour;
  if (!isSame || Number(local.slice(14, 16)) !== minute || Number(local.slice(5, 7)) !== month)
    return undefined;
  return { local, zone: zoneOf(zone?.trim() ?? '') };
}

function zoneOf(zone: string): string | undefined {
  const offset = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!offset) return NAMED_ZONES.get(zone.toLowerCase());
  const [, sign, hours = '', minutes = '00'] = offset;
  return Number(hours) <= 14 && Number(minutes) < 60 ? `${sign}${hours}:${minutes}` : undefined;
}

/** Where clocks begin: what stands in the place of no time. */
const BEGINNINGS_MS: ReadonlySet<number> = new Set([0, Date.UTC(1900, 0, 1), Date.UTC(1901, 0, 1)]);

/** Within what the contracts take. */
const isPlausible = (ms: number) => ms >= EARLIEST_MS && ms < LATEST_MS && !BEGINNINGS_MS.has(ms);

const toMs = ({ local }: PageTime) => Date.parse(`${local}Z`);

/**
 * The instant that a page means, of what its sources say in the order of trust: the first with a zone; else the first one,
 * with the zone of another time of the page on the same day.
 */
export function decideInstant(candidates: readonly string[], others: readonly string[]): string | undefined {
  const times = candidates.map(readTime).filter((time) => time !== undefined);
  const zoned = times.find(({ zone }) => zone !== undefined);
  if (zoned) return inRange(`${zoned.local}${zoned.zone}`);
  const first = times[0];
  if (!first) return undefined;
  // "Z" is the clock of a machine, and tells nothing of where the page was written.
  const near = others
    .map(readTime)
    .find((time) => time?.zone?.match(/^[+-]/) && Math.abs(toMs(time) - toMs(first)) <= SAME_ZONE_MS);
  return near && inRange(`${first.local}${near.zone}`);
}

function inRange(instant: string): string | undefined {
  const ms = Date.parse(instant);
  return isPlausible(ms) ? instant : undefined;
}
