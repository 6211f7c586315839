/**
 * The two textbook ways to near-duplicates, as what folding is measured against. Written plainly, from the papers; their
 * settings are the customary ones and are not tuned to any set.
 */
export interface BaselineArticle {
  readonly id: string;
  readonly lang: string;
  /** ISO 8601; the order of arrival. */
  readonly published: string;
  readonly title: string;
  readonly body: string;
}

/** From an article's id to its cluster: the id of the cluster's first arrival. */
export type Clusters = Map<string, string>;

/** Taken once: under Jest each look at a global is slow, and these loops look a million times. */
const { imul } = Math;

const SIMHASH_DISTANCE = 3;

/**
 * SimHash of 64 bits over the words, weighted by how often they stand in the text (Charikar, "Similarity estimation techniques
 * from rounding algorithms", STOC 2002); alike within three bits, looked up by four bands of 16 bits, one of which three
 * differing bits must leave whole (Manku, Jain, Das Sarma, "Detecting near-duplicates for web crawling", WWW 2007). Words do
 * better than shingles of three words, which a few edits change too much of.
 */
export function simHashBaseline(articles: readonly BaselineArticle[]): Clusters {
  return clustersByArrival<Hash64>(articles, (article) => {
    const words = wordsOf(article);
    if (words.length === 0) return undefined;
    const hash = simHash(words);
    return {
      keys: simHashKeys(hash),
      isLike: (other) => distance(hash, other.value) <= SIMHASH_DISTANCE,
      value: hash,
    };
  });
}

const SHINGLE_WORDS = 5;
const PERMUTATIONS = 128;
const LSH_BANDS = 25;
const LSH_ROWS = 5;
const JACCARD = 0.5;

/**
 * MinHash of 128 permutations over the set of five-word shingles (Broder, "On the resemblance and containment of documents",
 * 1997); candidates by locality-sensitive hashing of 25 bands with 5 rows (Indyk, Motwani, STOC 1998; Leskovec, Rajaraman,
 * Ullman, "Mining of massive datasets", 3.4), kept when the true Jaccard similarity of the shingles is at least a half.
 */
export function minHashBaseline(articles: readonly BaselineArticle[]): Clusters {
  return clustersByArrival<ReadonlySet<string>>(articles, (article) => {
    const set = shinglesOf(wordsOf(article));
    if (set.size === 0) return undefined;
    return {
      keys: minHashKeys(minHash(set)),
      isLike: (other) => jaccard(set, other.value) >= JACCARD,
      value: set,
    };
  });
}

interface Sketch<Value> {
  /** The buckets in which those that may be alike are found. */
  readonly keys: readonly number[];
  readonly isLike: (other: { readonly value: Value }) => boolean;
  readonly value: Value;
}

/** Each arrival is compared to all earlier ones in its buckets, and joined with every one that is alike. */
function clustersByArrival<Value>(
  articles: readonly BaselineArticle[],
  sketchOf: (article: BaselineArticle) => Sketch<Value> | undefined,
): Clusters {
  const arrivals = articles.toSorted((a, b) => Date.parse(a.published) - Date.parse(b.published));
  const sketches: (Sketch<Value> | undefined)[] = [];
  const buckets = new Map<number, number[]>();
  const firstOf = new DisjointSets(arrivals.length);
  for (const [arrival, article] of arrivals.entries()) {
    const sketch = sketchOf(article);
    sketches.push(sketch);
    if (!sketch) continue;
    const candidates = new Set(sketch.keys.flatMap((key) => buckets.get(key) ?? []));
    for (const candidate of candidates) {
      const other = sketches[candidate];
      if (other && sketch.isLike(other)) firstOf.join(candidate, arrival);
    }
    for (const key of sketch.keys) {
      const bucket = buckets.get(key);
      if (bucket) bucket.push(arrival);
      else buckets.set(key, [arrival]);
    }
  }
  return new Map(arrivals.map(({ id }, arrival) => [id, arrivals[firstOf.find(arrival)]?.id ?? id]));
}

/** Union and find; a set is named by its smallest member. */
class DisjointSets {
  readonly #parents: number[];

  constructor(size: number) {
    this.#parents = Array.from({ length: size }, (_, member) => member);
  }

  find(member: number): number {
    let root = member;
    while (this.#parents[root] !== root) root = this.#parents[root] as number;
    this.#parents[member] = root;
    return root;
  }

  join(one: number, other: number): void {
    const [a, b] = [this.find(one), this.find(other)];
    this.#parents[Math.max(a, b)] = Math.min(a, b);
  }
}

/** Chinese and Japanese characters count as words of their own: there are no blanks to part them. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{M}\p{N}])+/gu;

/** Of the text alone: headlines are each publisher's own, and SimHash does worse with them. */
const wordsOf = ({ body }: BaselineArticle): string[] =>
  body.normalize('NFC').toLowerCase().match(WORD) ?? [];

/** A text that is shorter than a shingle is one shingle. */
function shinglesOf(words: readonly string[]): Set<string> {
  const shingles = new Set<string>();
  if (words.length === 0) return shingles;
  for (let start = 0; start <= Math.max(0, words.length - SHINGLE_WORDS); start++) {
    shingles.add(words.slice(start, start + SHINGLE_WORDS).join(' '));
  }
  return shingles;
}

/** 64 bits in two halves. */
type Hash64 = readonly [high: number, low: number];

function simHash(features: readonly string[]): Hash64 {
  const sums = new Int32Array(64);
  for (const feature of features) {
    for (const half of [0, 1]) {
      const hash = hash32(feature, half);
      for (let bit = 0; bit < 32; bit++) sums[half * 32 + bit]! += (hash >>> bit) & 1 ? 1 : -1;
    }
  }
  const halfOf = (offset: number): number => {
    let half = 0;
    for (let bit = 0; bit < 32; bit++) if (sums[offset + bit]! > 0) half |= 1 << bit;
    return half >>> 0;
  };
  return [halfOf(0), halfOf(32)];
}

const simHashKeys = ([high, low]: Hash64): number[] =>
  [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff].map((bits, band) => band * 2 ** 16 + bits);

const distance = (one: Hash64, other: Hash64): number => ones(one[0] ^ other[0]) + ones(one[1] ^ other[1]);

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function minHash(set: ReadonlySet<string>): Uint32Array {
  const minima = new Uint32Array(PERMUTATIONS).fill(0xffffffff);
  for (const shingle of set) {
    const hash = hash32(shingle, 0);
    for (let permutation = 0; permutation < PERMUTATIONS; permutation++) {
      const permuted = mix32(hash ^ imul(permutation + 1, 0x9e3779b1));
      if (permuted < minima[permutation]!) minima[permutation] = permuted;
    }
  }
  return minima;
}

function minHashKeys(minima: Uint32Array): number[] {
  return Array.from({ length: LSH_BANDS }, (_, band) => {
    let rows = band;
    for (let row = 0; row < LSH_ROWS; row++) rows = mix32(rows ^ minima[band * LSH_ROWS + row]!);
    return band * 2 ** 32 + rows;
  });
}

function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const shingle of one) if (other.has(shingle)) shared++;
  return shared / (one.size + other.size - shared);
}

/** FNV-1a over the UTF-16 units, with MurmurHash3's finaliser after it, because FNV's high bits alone are poor. */
function hash32(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ imul(seed, 0x9e3779b1);
  for (let at = 0; at < text.length; at++) hash = imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix32(hash);
}

/** MurmurHash3's finaliser: a permutation of the 32-bit numbers. */
function mix32(bits: number): number {
  let mixed = bits;
  mixed = imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
