import { documentId } from '@wirefold/contracts';
import type { PreparedArticle } from '@wirefold/folding';
import { seededRandom, type Random } from '../shared/random.ts';

/** Articles of which only what folding keeps is made: a million texts would take a quarter of an hour. */
export interface Background {
  readonly take: (count: number) => PreparedArticle[];
}

/** Of how many of the latest copies are made. */
const LATEST = 2000;
/** Share of an article's names and figures that is another one's. */
const EXCHANGED = 0.5;

/**
 * Articles that are recombined from a pool of real fingerprints: runs of words of their own, as no two stories have the same; names
 * and figures from all over the pool, as many stories have the same ones. A share of them are copies of one of the latest, to the letter.
 */
export function background(
  pool: readonly PreparedArticle[],
  { seed, name, copies }: { readonly seed: number; readonly name: string; readonly copies: number },
): Background {
  const random = seededRandom(seed);
  const latest: PreparedArticle[] = [];
  let count = 0;
  const next = (): PreparedArticle => {
    count += 1;
    const uri = `https://bench.example/${name}/${count}`;
    const isCopy = random.next() < copies && latest.length > 0;
    const made = isCopy ? random.pick(latest) : recombined(random.pick(pool), pool, random);
    const article = { ...made, id: documentId(uri), uri };
    latest[(count - 1) % LATEST] = article;
    return article;
  };
  return { take: (wanted) => Array.from({ length: wanted }, next) };
}

function recombined(
  base: PreparedArticle,
  pool: readonly PreparedArticle[],
  random: Random,
): PreparedArticle {
  const { fingerprint, postings } = base;
  // The postings of runs of words come first, those of names and figures behind them.
  const runs = postings.filter(({ bits }) => bits > MOST_BITS_OF_A_NAME).length;
  const anchors = [...fingerprint.anchors];
  const anchorPostings = postings.slice(runs);
  anchorPostings.forEach((_, at) => {
    if (random.next() >= EXCHANGED) return;
    const other = random.pick(pool);
    const others =
      other.postings.length - other.postings.filter(({ bits }) => bits > MOST_BITS_OF_A_NAME).length;
    if (others === 0) return;
    const from = random.below(others);
    anchors[at] = other.fingerprint.anchors[from]!;
    anchorPostings[at] = other.postings.at(from - others)!;
  });
  const hash32 = () => random.below(2 ** 32);
  const hashes = (length: number, size: number) =>
    Array.from({ length }, () => random.below(size)).toSorted((one, other) => one - other);
  return {
    ...base,
    fingerprint: {
      ...fingerprint,
      shingles: { ...fingerprint.shingles, hashes: hashes(fingerprint.shingles.hashes.length, 2 ** 24) },
      lead: hashes(fingerprint.lead.length, 2 ** 16),
      anchors,
    },
    postings: [
      ...postings.slice(0, runs).map(({ bits, kind }) => ({ hash: hash32(), check: hash32(), bits, kind })),
      ...anchorPostings,
    ],
  };
}
const MOST_BITS_OF_A_NAME = 10;
