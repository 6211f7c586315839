import type { Publication } from '@wirefold/cli';
import type { ScrapedArticle } from '@wirefold/contracts';
import { createArticles } from '../pipeline/articles.ts';
import { seededRandom, type Random } from '../shared/random.ts';

/** Articles that may come again; what is kept of them is all that the maker holds. */
const REMEMBERED = 500;
/** Larger ones do not come again: they would fill the maker's memory. */
const REMEMBERED_CHARACTERS = 20_000;

/** Percent of the messages; the rest are new articles. */
const REPEATED_PERCENT = 5;
const NEW_VERSION_PERCENT = 8;
const LATE_VERSION_PERCENT = 2;
const BAD_PERCENT = 1;

/**
 * Makes messages as a day brings them: new articles of all sizes, the same ones again, newer versions, older ones that come late,
 * and some that nobody can read.
 */
export function mixedMessages(seed: number, run: string, htmlPercent: number): () => Publication {
  const random = seededRandom(seed);
  const article = createArticles(seed + 1, run, htmlPercent, textCharacters);
  const known: ScrapedArticle[] = [];
  let count = 0;
  const fresh = (): ScrapedArticle => {
    const made = { ...article(count), version: 10 };
    if ((made.content ?? '').length <= REMEMBERED_CHARACTERS) known[count % REMEMBERED] = made;
    count += 1;
    return made;
  };
  const pickKnown = (): ScrapedArticle => known[random.below(known.length)] ?? fresh();

  return () => {
    const dice = random.below(100);
    if (dice < BAD_PERCENT) return bad(fresh(), random);
    if (dice < BAD_PERCENT + REPEATED_PERCENT) return publication(pickKnown());
    if (dice < BAD_PERCENT + REPEATED_PERCENT + NEW_VERSION_PERCENT) {
      const before = pickKnown();
      const index = known.indexOf(before);
      const newer = {
        ...before,
        version: (before.version ?? 0) + 1,
        content: before.content?.replace('.', ', at last.'),
      };
      if (index !== -1) known[index] = newer;
      return publication(newer);
    }
    if (dice < BAD_PERCENT + REPEATED_PERCENT + NEW_VERSION_PERCENT + LATE_VERSION_PERCENT)
      return publication({ ...pickKnown(), version: 1 });
    return publication(fresh());
  };
}

const publication = (value: ScrapedArticle): Publication => ({
  uri: value.uri,
  value: Buffer.from(JSON.stringify(value)),
});

/** Mostly a few thousand characters, sometimes a feature, seldom a document. */
function textCharacters(random: Random): number {
  const dice = random.below(1000);
  if (dice < 250) return 300 + random.below(1200);
  if (dice < 900) return 1500 + random.below(5000);
  if (dice < 990) return 6500 + random.below(30_000);
  return 40_000 + random.below(160_000);
}

/** Cut off, without its required content, or no JSON at all. */
function bad(article: ScrapedArticle, random: Random): Publication {
  const { value, uri } = publication(article);
  const { content: _content, ...incomplete } = article;
  const kinds = [
    value.subarray(0, value.length / 2),
    Buffer.from(JSON.stringify(incomplete)),
    Buffer.from('<html>gateway timeout</html>'),
  ];
  return { uri, value: random.pick(kinds) };
}
