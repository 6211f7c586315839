import type { RejectReason } from '@wirefold/contracts';
import type { Random } from '../../../bench/shared/random.ts';
import { poisonMakers } from './poisons.ts';
import { smallText } from './small-text.ts';

/** A message that a run publishes; the id tells which it was when it is found on a topic. */
export interface Story {
  readonly id: string;
  /** Key of the record: decides its partition. */
  readonly key: string;
  readonly value: Buffer | null;
  /** What it is about, where it is a good message. */
  readonly article?: { readonly uri: string; readonly version: number };
  /** Why it will be rejected, where it is not. */
  readonly poison?: RejectReason;
}

interface Article {
  readonly uri: string;
  readonly text: string;
  /** The newest version that was made of it. */
  version: number;
}

const FIRST_VERSION_MS = Date.UTC(2026, 2, 1, 6);
const DAY_MS = 86_400_000;

/**
 * Makes the messages of a run, the same for the same random numbers: new articles, repeats (some ten times), newer and older
 * versions in any order, kills, copies of a text under another uri, and poison.
 *
 * @param run begins every uri and id
 */
export function planStories(random: Random, run: string, count: number): Story[] {
  const articles: Article[] = [];
  const stories: Story[] = [];
  const add = (story: Omit<Story, 'id'>) => stories.push({ ...story, id: `${run}-${stories.length}` });
  const addArticle = (text: string) => {
    const article = { uri: `urn:${run}:${articles.length}`, text, version: random.below(3) };
    articles.push(article);
    add(versionOf(article, article.version, random));
  };

  while (stories.length < count) {
    const chance = articles.length === 0 ? 0 : random.next();
    if (chance < 0.7) addArticle(smallText(random));
    else if (chance < 0.75) addArticle(random.pick(articles).text);
    else if (chance < 0.83) {
      const article = random.pick(articles);
      const times = random.next() < 0.05 ? 10 : 1;
      for (let time = 0; time < times; time += 1) add(versionOf(article, article.version, random));
    } else if (chance < 0.95) {
      const article = random.pick(articles);
      const version = Math.max(0, article.version + random.pick([-2, -1, 1, 2, 3]));
      article.version = Math.max(article.version, version);
      add(versionOf(article, version, random));
    } else {
      const { uri } = random.pick(articles);
      const { reason, value } = random.pick(poisonMakers)(uri, random);
      add({ key: random.next() < 0.5 ? uri : `poison-${random.below(1000)}`, value, poison: reason });
    }
  }
  return stories.slice(0, count);
}

/** One version in twenty-three is a kill. */
export const isKill = (version: number): boolean => version % 23 === 5;

function versionOf({ uri, text }: Article, version: number, random: Random): Omit<Story, 'id'> {
  const createdMs = FIRST_VERSION_MS + version * 60_000;
  const value = {
    uri,
    ...(isKill(version)
      ? { pubStatus: 'canceled' }
      : { title: `Version ${version}`, contentType: 'text/plain', content: `${text} Fassung ${version}.` }),
    version,
    versionCreated: new Date(createdMs).toISOString(),
    // Scrapers' clocks are off by up to a day; what counts is the publisher's version.
    fetchedAt: new Date(createdMs + (random.below(3) - 1) * DAY_MS).toISOString(),
    source: { name: 'Prüfstand', domain: 'pruefstand.example' },
  };
  return { key: uri, value: Buffer.from(JSON.stringify(value)), article: { uri, version } };
}
