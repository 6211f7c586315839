import { documentId } from '@wirefold/contracts';
import type { Clock } from '@wirefold/pipeline';
import type { GuardedRedis } from '@wirefold/redis';
import type { Redis } from 'ioredis';
import {
  evidenceOf,
  KNOWN_MIN_STORIES,
  type LearnedLine,
  type PublisherLines,
  type Sighting,
  type Story,
} from '../core/publisher-lines.ts';
import { layout, LEARN, READ } from './publisher-lines-script.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** What another process learned is known here after this time. */
const FRESH_MS = 60_000;
const CACHED_PUBLISHERS = 200;
/** Real publishers repeat some dozens. */
const KNOWN_MAX_LINES = 200;

export interface RedisPublisherLinesOptions {
  /** Begins each key. */
  readonly prefix: string;
  /** Days that a story counts. */
  readonly days: number;
  readonly clock: Clock;
}

type WithScripts = Redis & {
  readPublisherLinesBuffer: (key: string, known: number) => Promise<Buffer[]>;
  learnPublisherLines: (key: string, ...rest: (string | number | Buffer)[]) => Promise<number>;
};

/**
 * Publishers' lines in Redis: one key a publisher, of some 10 KB and never more than {@link layout} allows. What is read is kept for a
 * minute. Commands of one tick go out together (auto-pipelining).
 */
export function createRedisPublisherLines(
  { client, run }: GuardedRedis,
  { prefix, days, clock }: RedisPublisherLinesOptions,
): PublisherLines {
  client.defineCommand('readPublisherLines', { numberOfKeys: 1, lua: READ });
  client.defineCommand('learnPublisherLines', { numberOfKeys: 1, lua: LEARN });
  const scripts = client as WithScripts;
  const keyOf = (publisher: string) => `${prefix}:publisher-lines:${documentId(publisher)}`;
  const today = () => Math.floor(clock.nowMs() / DAY_MS);

  // In the order of reading: the first one is the oldest.
  const cache = new Map<string, { readonly lines: readonly LearnedLine[]; readonly readMs: number }>();
  const keep = (publisher: string, lines: readonly LearnedLine[]) => {
    cache.delete(publisher);
    cache.set(publisher, { lines, readMs: clock.nowMs() });
    const [oldest] = cache.keys();
    if (cache.size > CACHED_PUBLISHERS && oldest !== undefined) cache.delete(oldest);
  };

  const readOne = async (publisher: string): Promise<readonly LearnedLine[]> => {
    const known = cache.get(publisher);
    if (known !== undefined && clock.nowMs() < known.readMs + FRESH_MS) return known.lines;
    const found = await scripts.readPublisherLinesBuffer(keyOf(publisher), KNOWN_MIN_STORIES);
    const lines = decode(found, today(), days);
    keep(publisher, lines);
    return lines;
  };

  const learnOne = async ({ publisher, story, paragraphs, length, lines }: Story): Promise<void> => {
    const grew = await scripts.learnPublisherLines(
      keyOf(publisher),
      bytesOf(story),
      Buffer.concat(paragraphs.map(bytesOf)),
      length,
      Buffer.concat(lines.map((line) => twoBytes(line.length))),
      today(),
      today() - days,
      days * DAY_MS,
      KNOWN_MIN_STORIES,
      ...lines.map(({ id }) => bytesOf(id)),
    );
    if (grew === 1) cache.delete(publisher);
  };

  return {
    read: (publishers) =>
      run(async () => {
        const read = [...publishers].map(async (name) => [name, await readOne(name)] as const);
        return new Map(await Promise.all(read));
      }),
    learn: async (stories) => {
      if (stories.length > 0) await run(() => Promise.all(stories.map(learnOne)));
    },
  };
}

const bytesOf = (base64url: string): Buffer => Buffer.from(base64url, 'base64url');

function twoBytes(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function decode(found: readonly Buffer[], today: number, days: number): readonly LearnedLine[] {
  const stories = Number(found[0]);
  const lines: (LearnedLine & { readonly latest: number })[] = [];
  for (let at = 1; at + 1 < found.length; at += 2) {
    const value = found[at + 1] as Buffer;
    const sightings = sightingsOf(value).filter(({ day }) => day >= today - days);
    const evidence = evidenceOf(sightings, value.readUInt16BE(0), stories, today);
    if (evidence === undefined) continue;
    lines.push({
      id: (found[at] as Buffer).toString('base64url'),
      evidence,
      stories: sightings.map(({ story }) => story),
      latest: Math.max(...sightings.map(({ number }) => number)),
    });
  }
  return lines
    .toSorted((one, other) => other.latest - one.latest)
    .slice(0, KNOWN_MAX_LINES)
    .map(({ latest: _latest, ...line }) => line);
}

function sightingsOf(value: Buffer): Sighting[] {
  const sightings: Sighting[] = [];
  for (let at: number = layout.sinceBytes; at < value.length; at += layout.sightingBytes)
    sightings.push({
      story: value.toString('base64url', at, at + 3),
      day: value.readUInt16BE(at + 6),
      number: value.readUIntBE(at + 8, 3),
    });
  return sightings;
}
