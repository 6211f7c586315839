/** What is remembered of an article: its newest version that was passed on. */
export interface KnownVersion {
  readonly version: number;
  /** When it was made, as the publisher or the scrape has it; milliseconds since 1970. */
  readonly createdMs: number;
  /** The second under which it was passed on: later than that of the version before it. */
  readonly second: number;
  readonly contentHash: string;
  readonly origin: string;
  /** Whether it is a kill. */
  readonly canceled?: boolean;
  /** Whether createdMs is only when it was scraped or sent. */
  readonly scraped?: boolean;
  /** Where it is: the time of the version before it that the publisher named, if one did under this number. */
  readonly madeMs?: number;
  /** Of a kill: texts that came after it and were passed on as that kill, by their hashes; the newest last. */
  readonly wiped?: readonly string[];
}

/** A message that asks to be taken. */
export interface Candidate {
  readonly version: number | undefined;
  /** versionCreated, else the time of scraping, else of the record. */
  readonly createdMs: number;
  /** Whether createdMs is the publisher's word, and not only when it was scraped or sent. */
  readonly explicit: boolean;
  readonly canceled: boolean;
  /** Whether there is any text in it. */
  readonly hasText: boolean;
  readonly contentHash: string;
  readonly origin: string;
}

export type VersionDecision =
  /** A newer version, or the first: it goes on, and is remembered once it is published. */
  | {
      readonly kind: 'newer';
      readonly next: KnownVersion;
      /** Who says that it is newer: the publisher, by number or time, or only when it was scraped. */
      readonly from: 'publisher' | 'scrape';
    }
  /** Text of an article that is canceled already: it goes on as the kill that is known, so that its copies are found. */
  | { readonly kind: 'killed'; readonly next: KnownVersion }
  /** The same again: what is known, with the time that it was seen last; remembered anew, so that it is not forgotten. */
  | { readonly kind: 'unchanged'; readonly next: KnownVersion }
  | { readonly kind: 'stale' }
  /** A record that was handled already. */
  | { readonly kind: 'redelivered' };

/**
 * Decides whether a message is a newer version of its article. Order: version number, then time of the version. A
 * message without a number is taken to have the one that is known. Two contents under one number and time: the later
 * arrival is the newer one, as publishers mend stories in place. A kill stands until the publisher explicitly makes a newer
 * version: a mere scrape, whatever its time, neither brings an article back nor outdoes a kill that comes after it.
 */
export function decideVersion(known: KnownVersion | undefined, candidate: Candidate): VersionDecision {
  const version = candidate.version ?? known?.version ?? 0;
  const { createdMs, contentHash, origin, canceled, explicit } = candidate;
  const second = Math.floor(createdMs / 1000);
  const newer = (isPublishers: boolean, atLeast = second): VersionDecision => ({
    kind: 'newer',
    next: {
      version,
      createdMs,
      second: Math.max(second, atLeast),
      contentHash,
      origin,
      ...(canceled && { canceled }),
      ...(!explicit && scrapedAfter(version === known?.version ? known : undefined)),
    },
    // Nobody but the publisher kills.
    from: isPublishers || canceled ? 'publisher' : 'scrape',
  });

  if (known === undefined) return newer(explicit || candidate.version !== undefined);
  if (known.canceled && !canceled && !bringsBack(known, candidate)) {
    return isUpTo(origin, known.origin) ? { kind: 'redelivered' } : afterKill(known, candidate);
  }
  if (version > known.version) return newer(true);
  if (isUpTo(origin, known.origin)) return { kind: 'redelivered' };
  if (version < known.version) return { kind: 'stale' };
  const same = contentHash === known.contentHash;
  if (createdMs < known.createdMs) {
    if (canceled && outdoes(candidate, known)) return newer(true, known.second + 1);
    return same ? { kind: 'unchanged', next: known } : { kind: 'stale' };
  }
  if (same && (!explicit || createdMs === known.createdMs)) {
    const isSeenAgain = !explicit && createdMs > known.createdMs;
    return { kind: 'unchanged', next: { ...known, createdMs, ...(isSeenAgain && scrapedAfter(known)) } };
  }
  return newer(explicit && createdMs > known.createdMs, known.second + 1);
}

/** That the time is a scrape's, and what the publisher said before. */
function scrapedAfter(known: KnownVersion | undefined): Pick<KnownVersion, 'scraped' | 'madeMs'> {
  const madeMs = known?.scraped ? known.madeMs : known?.createdMs;
  return { scraped: true, ...(madeMs !== undefined && { madeMs }) };
}

/** Whether a kill is about a text of the same number whose time is the later one: it is, where nobody but a scraper says so. */
function outdoes({ createdMs }: Candidate, { canceled, scraped, madeMs = 0 }: KnownVersion): boolean {
  return !canceled && scraped === true && createdMs >= madeMs;
}

/** Whether a version is one that the publisher made after the kill, by its number or its time. */
function bringsBack(kill: KnownVersion, { version, explicit, createdMs }: Candidate): boolean {
  const isLater = explicit && createdMs > ((kill.scraped && kill.madeMs) || kill.createdMs);
  // A kill without a number can't be told from an older version by the number.
  if (version === undefined || version === kill.version || kill.version === 0) return isLater;
  return version > kill.version;
}

/** Texts that are remembered of a kill: of one that comes again after more than these, copies are looked for again. */
const MAX_WIPED = 8;

function afterKill(kill: KnownVersion, { contentHash, hasText }: Candidate): VersionDecision {
  const { wiped = [] } = kill;
  if (!hasText || wiped.includes(contentHash)) return { kind: 'stale' };
  return { kind: 'killed', next: { ...kill, wiped: [...wiped, contentHash].slice(-MAX_WIPED) } };
}

const ORIGIN = /^(.*)\/(\d+)@(-?\d+)$/s;

/**
 * Whether a record is another one or stands before it in the same partition: what is remembered was handled in order, so
 * that all before it is settled too. The times tell a topic that was made anew, whose offsets begin at 0 again.
 */
function isUpTo(origin: string, other: string): boolean {
  if (origin === other) return true;
  const [, place, offset, time] = ORIGIN.exec(origin) ?? [];
  const [, otherPlace, otherOffset, otherTime] = ORIGIN.exec(other) ?? [];
  if (place === undefined || place !== otherPlace) return false;
  return Number(offset) < Number(otherOffset) && Number(time) <= Number(otherTime);
}
