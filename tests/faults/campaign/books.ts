import type { Outcome, RejectReason } from '@wirefold/contracts';
import type { Story } from './stories.ts';

/** A record of the scraped topic, in the order of its partition. */
export interface PublishedRecord {
  readonly origin: string;
  readonly story: Story;
}

/** A document of the index. */
export interface IndexedDocument {
  readonly uri: string;
  readonly version: number;
  readonly origin: string;
}

/** What came out of a run, as it is found on the topics and in the index. */
export interface Findings {
  readonly published: readonly PublishedRecord[];
  /** Receipts by the origin of the message, in the order of the topic. */
  readonly receipts: ReadonlyMap<
    string,
    readonly { readonly outcome: Outcome; readonly reason?: RejectReason | undefined }[]
  >;
  /** Origins of the dead letters; a redelivery may write one twice. */
  readonly deadLetters: readonly string[];
  readonly documents: readonly IndexedDocument[];
  /** Whether Redis lost its data in the run: what it had seen may then be indexed again. */
  readonly memoryLost: boolean;
}

/** A promise that was not kept. */
export interface Violation {
  readonly kind: 'lost' | 'doubled' | 'stale' | 'falsely-dead' | 'wrong-outcome' | 'not-dead';
  readonly about: string;
  readonly detail: string;
}

/** What is allowed for one published record. */
interface Expectation {
  readonly outcomes: ReadonlySet<Outcome>;
  readonly reason: RejectReason | undefined;
}

/**
 * Checks a run's books: every published message has exactly one outcome that is right, the index has one document for each
 * article at its newest version and no other, and only poison is dead.
 *
 * An outcome is told by the first receipt of a message; a message that is superseded before its receipt is written may be
 * `stale` instead of `indexed`, as a crash can come between the two.
 */
export function checkBooks(findings: Findings): Violation[] {
  const newest = newestVersions(findings.published);
  return [
    ...outcomeViolations(findings, newest),
    ...deadLetterViolations(findings),
    ...documentViolations(findings, newest),
  ];
}

/** By uri: the highest version that was published, and the records that carry it. */
type Newest = ReadonlyMap<string, { readonly version: number; readonly origins: ReadonlySet<string> }>;

function newestVersions(published: readonly PublishedRecord[]): Newest {
  const newest = new Map<string, { version: number; origins: Set<string> }>();
  for (const { origin, story } of published) {
    if (story.article === undefined) continue;
    const { uri, version } = story.article;
    const known = newest.get(uri);
    if (known === undefined || version > known.version)
      newest.set(uri, { version, origins: new Set([origin]) });
    else if (version === known.version) known.origins.add(origin);
  }
  return newest;
}

function outcomeViolations({ published, receipts, memoryLost }: Findings, newest: Newest): Violation[] {
  const seen: SeenVersions = new Map();
  const violations: Violation[] = [];
  const known = new Set(published.map(({ origin }) => origin));
  for (const { origin, story } of published) {
    const { outcomes, reason } = expectation(story, seen, newest, memoryLost);
    const [first] = receipts.get(origin) ?? [];
    const about = `${origin} (${story.id})`;
    if (first === undefined) violations.push({ kind: 'lost', about, detail: 'no receipt' });
    else if (!outcomes.has(first.outcome) || first.reason !== reason) {
      violations.push({
        kind: first.outcome === 'rejected' ? 'falsely-dead' : 'wrong-outcome',
        about,
        detail: `${first.outcome} ${first.reason ?? ''}; expected ${[...outcomes].join(' or ')} ${reason ?? ''}`,
      });
    }
  }
  for (const origin of receipts.keys()) {
    if (!known.has(origin))
      violations.push({ kind: 'doubled', about: origin, detail: 'a receipt of what was not published' });
  }
  return violations;
}

/** Versions that were published so far, by uri. */
type SeenVersions = Map<string, Set<number>>;

/** @param seen is brought up to date */
function expectation(
  { article, poison }: Story,
  seen: SeenVersions,
  newest: Newest,
  memoryLost: boolean,
): Expectation {
  if (article === undefined) return { outcomes: new Set(['rejected']), reason: poison };
  const { uri, version } = article;
  const versions = seen.get(uri) ?? new Set();
  const before = Math.max(-1, ...versions);
  const isRepeat = versions.has(version);
  seen.set(uri, versions.add(version));
  const superseded: Outcome[] = version < (newest.get(uri)?.version ?? 0) ? ['stale'] : [];
  // Without its memory Redis takes an old version for the newest, and its repeat for one of that.
  const forgotten: Outcome[] = memoryLost && isRepeat ? ['unchanged'] : [];
  if (version < before) return { outcomes: new Set(['stale', ...forgotten]), reason: undefined };
  if (version > before) return { outcomes: new Set(['indexed', ...superseded]), reason: undefined };
  const again: Outcome[] = memoryLost ? ['indexed', ...superseded] : [];
  return { outcomes: new Set(['unchanged', ...again]), reason: undefined };
}

function deadLetterViolations({ published, deadLetters }: Findings): Violation[] {
  const dead = new Set(deadLetters);
  const poison = new Set(published.filter(({ story }) => story.poison).map(({ origin }) => origin));
  return [
    ...[...poison]
      .filter((origin) => !dead.has(origin))
      .map((about): Violation => ({ kind: 'not-dead', about, detail: 'no dead letter' })),
    ...[...dead]
      .filter((origin) => !poison.has(origin))
      .map(
        (about): Violation => ({
          kind: 'falsely-dead',
          about,
          detail: 'a dead letter of a good message',
        }),
      ),
  ];
}

function documentViolations({ documents }: Findings, newest: Newest): Violation[] {
  const violations: Violation[] = [];
  const seen = new Set<string>();
  for (const { uri, version, origin } of documents) {
    const expected = newest.get(uri);
    const detail = `version ${version} from ${origin}; expected ${expected?.version}`;
    if (expected === undefined || seen.has(uri)) violations.push({ kind: 'doubled', about: uri, detail });
    else if (version !== expected.version || !expected.origins.has(origin))
      violations.push({ kind: 'stale', about: uri, detail });
    seen.add(uri);
  }
  for (const uri of newest.keys()) {
    if (!seen.has(uri)) violations.push({ kind: 'lost', about: uri, detail: 'no document' });
  }
  return violations;
}
