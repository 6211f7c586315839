import type { CleanedArticle, IngestedArticle } from '@wirefold/contracts';
import { keyOf } from './text/line.ts';
import {
  hashOf,
  PUBLISHER_LINE_REASON,
  publisherLineId,
  type Evidence,
  type KnownLines,
} from './text/rules/publisher-line.ts';

/** A line that stands in several stories of a publisher. */
export interface LearnedLine {
  readonly id: string;
  readonly evidence: Evidence;
  /** The latest stories that it stands in, by {@link storyOf}. */
  readonly stories: readonly string[];
}

/** A story with its lines that may be the publisher's own. */
export interface Story {
  readonly publisher: string;
  readonly story: string;
  /** Its long paragraphs, the longest one first: a copy under another address has them too, most of them also when it was edited. */
  readonly paragraphs: readonly string[];
  /** Characters of its text. */
  readonly length: number;
  readonly lines: readonly StoryLine[];
}

export interface StoryLine {
  readonly id: string;
  /** Characters; 0 where it is known as the publisher's own and so says nothing of which story this is. */
  readonly length: number;
}

/** Remembers which lines stand in which stories of a publisher. */
export interface PublisherLines {
  /** @throws Outage */
  readonly read: (publishers: Iterable<string>) => Promise<ReadonlyMap<string, readonly LearnedLine[]>>;
  /**
   * Remembers stories; one that is known already changes nothing.
   * @throws Outage
   */
  readonly learn: (stories: readonly Story[]) => Promise<void>;
}

/** Other stories that a line must stand in. */
export const KNOWN_MIN_STORIES = 4;
/** Most lines that are learned of one story: a listing has hundreds, and the publisher's own stand at the ends. */
const STORY_MAX_LINES = 40;
const FROM_END = 24;
/** Long paragraphs that tell a story from others. */
const STORY_MAX_PARAGRAPHS = 16;

type Published = Pick<IngestedArticle, 'source' | 'url'>;

/** Who published an article: the domain, else the name, else the host of its address. */
export function publisherOf({ source, url }: Published): string | undefined {
  const host = url === undefined ? undefined : new URL(url).hostname;
  return [source?.domain, source?.name, host]
    .map((name) =>
      name
        ?.trim()
        .toLowerCase()
        .replace(/^www\./, ''),
    )
    .find(Boolean);
}

const SHORT_HASH_CHARACTERS = 4;
const short = (hash: string): string => hash.slice(0, SHORT_HASH_CHARACTERS);

/** Identity of a story among the few that a line stands in: 24 bits of the article's id. */
export const storyOf = ({ id }: { readonly id: string }): string => short(id);

/** What an article teaches; undefined where its publisher is not known, or it has nothing to teach. */
export function storyIn(article: CleanedArticle): Story | undefined {
  const publisher = publisherOf(article);
  if (publisher === undefined || article.pubStatus !== 'usable') return undefined;
  const paragraphs = article.body.split('\n\n');
  const byLength = paragraphs.toSorted((one, other) => other.length - one.length);
  const [longest = ''] = byLength;
  const repeated = article.residue.filter(({ reason }) => reason === PUBLISHER_LINE_REASON);
  const lengths = new Map<string, number>();
  const note = (text: string, length: number) => {
    const id = publisherLineId(text);
    if (id !== undefined) lengths.set(id, length);
  };
  for (const text of paragraphs) if (text !== longest) note(text, text.length);
  for (const { text } of repeated) note(text, 0);
  if (lengths.size === 0) return undefined;
  const lines = [...lengths].map(([id, length]) => ({ id, length }));
  return {
    publisher,
    story: storyOf(article),
    paragraphs: byLength
      .slice(0, STORY_MAX_PARAGRAPHS)
      .filter((text) => text === longest || publisherLineId(text) === undefined)
      .map((text) => short(hashOf(keyOf(text)))),
    length: article.body.length,
    lines: lines.length <= STORY_MAX_LINES ? lines : ends(lines),
  };
}

const ends = (lines: readonly StoryLine[]): StoryLine[] => [
  ...lines.slice(0, STORY_MAX_LINES - FROM_END),
  ...lines.slice(-FROM_END),
];

/** The lines that stand in enough other stories than this article's. */
export function knownTo(article: { readonly id: string }, learned: readonly LearnedLine[]): KnownLines {
  const own = storyOf(article);
  return new Map(
    learned
      .filter(({ stories }) => stories.filter((story) => story !== own).length >= KNOWN_MIN_STORIES)
      .map(({ id, evidence }) => [id, evidence]),
  );
}

/** A line in one story, as it is remembered. */
export interface Sighting {
  readonly story: string;
  readonly day: number;
  /** Number of the story among all of the publisher's. */
  readonly number: number;
}

/** Of the publisher's stories since the first one that is remembered, the share that the line stands in. */
const REPEATED_MIN_SHARE = 1 / 20;
const REGULAR_MIN_SHARE = 1 / 4;
const REGULAR_MIN_DAYS = 2;

/**
 * What the sightings of a line say.
 *
 * @param sightings the latest few, none older than what counts
 * @param sinceDay when the line was first seen
 * @param stories number of the publisher's latest story
 */
export function evidenceOf(
  sightings: readonly Sighting[],
  sinceDay: number,
  stories: number,
  today: number,
): Evidence | undefined {
  if (sightings.length < KNOWN_MIN_STORIES) return undefined;
  const span = stories - Math.min(...sightings.map(({ number }) => number)) + 1;
  const share = sightings.length / Math.max(span, sightings.length);
  if (share < REPEATED_MIN_SHARE) return undefined;
  const isOld = today - sinceDay >= REGULAR_MIN_DAYS;
  return isOld && share >= REGULAR_MIN_SHARE ? 'regular' : 'repeated';
}
