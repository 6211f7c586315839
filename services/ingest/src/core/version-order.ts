/** What is remembered of an article: its newest version that was passed on. */
export interface KnownVersion {
  readonly version: number;
  /** When it was made, as the publisher or the scrape has it; milliseconds since 1970. */
  readonly createdMs: number;
  /** The second under which it was passed on: later than that of the version before it. */
  readonly second: number;
  readonly contentHash: string;
  readonly origin: string;
}

/** A message that asks to be taken. */
export interface Candidate {
  readonly version: number | undefined;
  /** versionCreated, else the time of scraping, else of the record. */
  readonly createdMs: number;
  /** Whether createdMs is the publisher's word, and not only when it was scraped or sent. */
  readonly explicit: boolean;
  readonly contentHash: string;
  readonly origin: string;
}

export type VersionDecision =
  /** A newer version, or the first: it goes on, and is remembered once it is published. */
  | { readonly kind: 'newer'; readonly next: KnownVersion }
  /** The same again: what is known, with the time that it was seen last; remembered anew, so that it is not forgotten. */
  | { readonly kind: 'unchanged'; readonly next: KnownVersion }
  | { readonly kind: 'stale' }
  /** A record that was handled already. */
  | { readonly kind: 'redelivered' };

/**
 * Decides whether a message is a newer version of its article. Order: version number, then time of the version. A
 * message without a number is taken to have the one that is known. Two contents under one number and time: the later
 * arrival is the newer one, as publishers mend stories in place.
 */
export function decideVersion(known: KnownVersion | undefined, candidate: Candidate): VersionDecision {
  const version = candidate.version ?? known?.version ?? 0;
  const { createdMs, contentHash, origin } = candidate;
  const second = Math.floor(createdMs / 1000);
  const newer = (atLeast: number): VersionDecision => ({
    kind: 'newer',
    next: { version, createdMs, second: Math.max(second, atLeast), contentHash, origin },
  });

  if (known === undefined || version > known.version) return newer(second);
  if (isUpTo(origin, known.origin)) return { kind: 'redelivered' };
  if (version < known.version) return { kind: 'stale' };
  const same = contentHash === known.contentHash;
  if (createdMs < known.createdMs) return same ? { kind: 'unchanged', next: known } : { kind: 'stale' };
  if (same && (!candidate.explicit || createdMs === known.createdMs)) {
    return { kind: 'unchanged', next: { ...known, createdMs } };
  }
  return newer(known.second + 1);
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
