/** Measures what index's reads before and after its writes cost: history and kills, against a stage that reads nothing. */
import { parseArgs } from 'node:util';
import { applyIndex, articleIndex, elasticsearchClient } from '@wirefold/article-index';
import { documentId, enrichedArticle, type EnrichedArticle } from '@wirefold/contracts';
import { createBulkWriter, createDocumentReader, createIndex, type DocumentReader } from '@wirefold/index';
import { systemClock } from '@wirefold/pipeline';
import { startBenchEngines } from '../shared/bench-engines.ts';
import { seededRandom, type Random } from '../shared/random.ts';
import { median } from '../shared/statistics.ts';
import { storyText } from '../shared/story-text.ts';
import { storyLanguages } from '../shared/story-words.ts';
import { interruptSignal, print, progress, wholeNumberOption } from '../shared/terminal.ts';

const HELP = `node bench/index/main.ts [options]

Writes generated articles of some 3.5 kB, a third of them copies of others, to an Elasticsearch of its own, in batches of 240 and three
at once: as new articles, and then as their second versions. In each round once with and once without the reads for history and kills,
in turns; ratios are taken within a round. The packages must be built (tsc -b).

  --articles N   articles of a round (2400)
  --rounds N     rounds after a warm-up (5)
  --help
`;

const BATCH = 240;
const AT_ONCE = 3;
const TEXT_CHARACTERS = 3500;
const TIMEOUT_MS = 60_000;

function makeArticles(random: Random, run: string, count: number): EnrichedArticle[] {
  return Array.from({ length: count }, (_, number) => {
    const words = random.pick(storyLanguages);
    const { title, paragraphs } = storyText(words, random, TEXT_CHARACTERS);
    const uriOf = (one: number) => `https://bench.example/${run}/${one}`;
    const isCopy = number % 3 === 2;
    const of = isCopy ? random.below(number) : number;
    return enrichedArticle.parse({
      id: documentId(uriOf(number)),
      uri: uriOf(number),
      version: 1,
      versionCreated: '2026-03-01T08:00:00Z',
      pubStatus: 'usable',
      contentHash: 'hash',
      origin: `news.article.scraped.v1/0/${number}@0`,
      steps: [{ stage: 'enrich', at: '2026-03-01T08:00:01.000Z', tookMs: 2 }],
      title,
      titleFrom: 'publisher',
      body: paragraphs.join('\n\n'),
      language: { tag: words.language, confidence: 1, from: 'text' },
      residue: [],
      extraction: { method: 'text', wordCount: 500 },
      translation: { status: 'untranslated', reason: 'no engine', language: 'en' },
      entities: [],
      story: {
        id: documentId(uriOf(of)),
        relation: isCopy ? 'copy' : 'original',
        ...(isCopy && { of: uriOf(of) }),
        score: 1,
        why: [{ sign: 'sentences', reason: '12 of 12 sentences are the same' }],
      },
    });
  });
}

const nothing: DocumentReader = {
  read: () => Promise.resolve(new Map()),
  // eslint-disable-next-line no-empty-function
  inReach: async function* inReach() {},
};

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '2400' },
    rounds: { type: 'string', default: '5' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) print(HELP);
else {
  const articles = wholeNumberOption('articles', values.articles, BATCH, 1_000_000);
  const rounds = wholeNumberOption('rounds', values.rounds, 1, 100);
  await measure(articles, rounds);
}

async function measure(count: number, rounds: number): Promise<void> {
  const signal = interruptSignal();
  const engines = await startBenchEngines('index', ['elasticsearch'], signal);
  const client = elasticsearchClient({ urls: [engines.elasticsearchUrl], requestTimeoutMs: TIMEOUT_MS });
  try {
    const stageOf = async (name: string, reads: boolean) => {
      const options = { prefix: `bench-${name}` };
      await applyIndex(client, options);
      const { writeAlias: alias } = articleIndex(options);
      const reader = createDocumentReader(client, { alias, timeoutMs: TIMEOUT_MS });
      const write = createBulkWriter(client, systemClock, {
        alias,
        maxRequestBytes: 5_000_000,
        requestsInFlight: 2,
        timeoutMs: TIMEOUT_MS,
      });
      return createIndex({
        clock: systemClock,
        ensureIndex: () => Promise.resolve(),
        write,
        reader: reads ? reader : nothing,
      });
    };
    const stages = { with: await stageOf('with', true), without: await stageOf('without', false) };

    const rate = async (stage: (typeof stages)['with'], articles: readonly EnrichedArticle[]) => {
      const begunMs = performance.now();
      const starts = Array.from({ length: Math.ceil(articles.length / BATCH) }, (_, n) => n * BATCH);
      const worker = async () => {
        for (let start = starts.shift(); start !== undefined; start = starts.shift()) {
          const batch = articles.slice(start, start + BATCH).map((article) => ({
            article,
            key: article.uri,
            origin: article.origin,
            timestampMs: 0,
          }));
          const results = await stage(batch, { signal });
          const bad = results.find(({ kind }) => kind !== 'pass');
          if (bad !== undefined) throw new Error(`an article ended as ${bad.kind}`);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      return (articles.length * 1000) / (performance.now() - begunMs);
    };

    const rates = { new: { with: [0], without: [0] }, second: { with: [0], without: [0] } };
    for (const list of Object.values(rates).flatMap((one) => Object.values(one))) list.pop();
    const random = seededRandom(6);
    for (let round = 0; round <= rounds; round += 1) {
      const made = makeArticles(random, `round-${round}`, count);
      const second = made.map((article) => ({ ...article, version: 2, title: `${article.title} (2)` }));
      for (const [kind, articles] of [
        ['new', made],
        ['second', second],
      ] as const) {
        const order = round % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const);
        for (const name of order) {
          const perSecond = await rate(stages[name], articles);
          progress(`round ${round}: ${kind}, ${name} reads: ${perSecond.toFixed(0)}/s`);
          if (round > 0) rates[kind][name].push(perSecond);
        }
      }
    }
    for (const [kind, { with: withReads, without }] of Object.entries(rates)) {
      const ratio = median(withReads.map((one, round) => one / (without[round] as number)));
      print(
        `${kind.padEnd(7)} with reads ${median(withReads).toFixed(0)}/s, without ${median(without).toFixed(0)}/s, ratio ${ratio.toFixed(2)}\n`,
      );
    }
  } finally {
    await client.close();
    await engines.stop();
  }
}
