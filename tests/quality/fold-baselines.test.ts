import { describe, expect, it } from '@jest/globals';
import { minHashBaseline, simHashBaseline, type BaselineArticle } from '../../bench/fold/baselines.ts';
import { seededRandom } from '../../bench/shared/random.ts';
import { pairsOf, readFoldGroups } from './fold-corpus.ts';

const random = seededRandom(6);
const wordsOf = (count: number) =>
  Array.from({ length: count }, () => `w${random.below(100_000).toString(36)}`);

let made = 0;
const article = (words: readonly string[]): BaselineArticle => {
  made++;
  const published = new Date(made * 60_000).toISOString();
  return { id: `a${made}`, lang: 'en', published, title: '', body: words.join(' ') };
};

const areOne = (clusters: Map<string, string>, ...articles: BaselineArticle[]) =>
  new Set(articles.map(({ id }) => clusters.get(id))).size === 1;

describe.each([
  ['SimHash', simHashBaseline, 4],
  ['MinHash', minHashBaseline, 130],
])('%s', (_name, baseline, cut) => {
  it('joins a text with its copy and keeps others apart, under the id of the first arrival', () => {
    const words = wordsOf(200);
    const [first, other, copy] = [article(words), article(wordsOf(200)), article(words)];
    expect(baseline([copy, other, first])).toEqual(
      new Map([
        [first.id, first.id],
        [other.id, other.id],
        [copy.id, first.id],
      ]),
    );
  });

  it('joins two that are not alike through one that is like both', () => {
    const isOne = (...articles: BaselineArticle[]) => areOne(baseline(articles), ...articles);
    const triples = Array.from({ length: 50 }, () => {
      const words = wordsOf(400);
      return [article(words.slice(cut)), article(words.slice(0, -cut)), article(words)] as const;
    }).filter(([one, other, both]) => !isOne(one, other) && isOne(one, both) && isOne(other, both));
    expect(triples).not.toEqual([]);
    expect(triples.filter((triple) => !isOne(...triple))).toEqual([]);
  });

  it('leaves articles without words alone', () => {
    const [one, other] = [article([]), article(['…'])];
    expect(areOne(baseline([one, other]), one, other)).toBe(false);
  });

  it('finds most copies of the two halves and joins no two groups', () => {
    const groups = [...readFoldGroups('open'), ...readFoldGroups('held')];
    const clusters = baseline(
      groups.flatMap(({ articles }) =>
        articles.map(({ id, language, publishedAt, title, body }) => ({
          id,
          lang: language,
          published: publishedAt,
          title,
          body,
        })),
      ),
    );
    const copies = groups.flatMap(pairsOf).filter(({ truth }) => truth === 'copy');
    const found = copies.filter(({ earlier, later }) => clusters.get(earlier.id) === clusters.get(later.id));
    expect(found.length / copies.length).toBeGreaterThan(0.5);
    const across = [...clusters].filter(([id, cluster]) => id.split('/')[0] !== cluster.split('/')[0]);
    expect(across).toEqual([]);
  });
});

describe('MinHash', () => {
  it('joins by the true Jaccard similarity of the shingles, a half and more', () => {
    // Two texts of s shingles, k of them shared, have k / (2s - k); here s is 196 and k four less than the shared words.
    const joined = (sharedWords: number) =>
      Array.from({ length: 30 }, () => {
        const shared = wordsOf(sharedWords);
        const pair = [
          article([...shared, ...wordsOf(200 - sharedWords)]),
          article([...shared, ...wordsOf(200 - sharedWords)]),
        ] as const;
        return areOne(minHashBaseline(pair), ...pair);
      }).filter(Boolean).length;
    // Above: the bands miss one in twelve at .63. Below: they bring up two in five at .47, which are then refused.
    expect(joined(155)).toBeGreaterThanOrEqual(23);
    expect(joined(130)).toBe(0);
  });

  it('parts Chinese into its characters', () => {
    const text =
      '临江证券交易所综合指数以两千四百点开盘最终收报两千四百三十点较前一交易日上涨成交额合计三千八百亿元航运水泥化肥涨幅居前';
    const [one, other, third] = [article([text]), article([`${text}完`]), article(['白酒旅游跌幅居前'])];
    const clusters = minHashBaseline([one, other, third]);
    expect(areOne(clusters, one, other)).toBe(true);
    expect(areOne(clusters, one, third)).toBe(false);
  });
});
