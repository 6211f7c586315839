import { createPublisher, watchReceipts, type Publication } from '@wirefold/cli';
import { outcomes, type Outcome, type Receipt } from '@wirefold/contracts';
import type { Kafka } from '@wirefold/kafka';
import { progress } from '../shared/terminal.ts';
import { createArticles } from './articles.ts';
import { stageTimes, type StageTimes } from './stage-times.ts';
import { meterUsage, type Used, type Watched } from './usage-meter.ts';

export interface RunOptions {
  readonly kafka: Kafka;
  readonly watched: readonly Watched[];
  readonly articles: number;
  readonly htmlPercent: number;
  /** Part of the articles' uris: no two runs publish the same. */
  readonly run: string;
  readonly seed: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** One batch of articles, from the first publication to the last receipt. */
export interface Run {
  readonly articles: number;
  readonly bytes: number;
  readonly publishSeconds: number;
  readonly seconds: number;
  readonly articlesPerSecond: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly used: readonly Used[];
  readonly stages: readonly StageTimes[];
}

const PROGRESS_MS = 5000;

/**
 * Publishes articles and waits until every one has its receipt.
 *
 * @throws Error where one has none in time, or was not indexed: then the figures say nothing
 */
export async function runArticles(options: RunOptions): Promise<Run> {
  const { kafka, articles, run, htmlPercent, seed, signal } = options;
  const article = createArticles(seed, run, htmlPercent);
  const publications: Publication[] = Array.from({ length: articles }, (_, index) => {
    const value = article(index);
    return { uri: value.uri, value: Buffer.from(JSON.stringify(value)) };
  });
  const publisher = await createPublisher(kafka, 'zstd');
  const receipts = await watchReceipts(kafka);
  try {
    const stopMeter = await meterUsage(options.watched);
    const startedAtMs = Date.now();
    const published = await publisher.publish(publications);
    const publishSeconds = (Date.now() - startedAtMs) / 1000;
    const origins = published.map(({ origin }) => origin);
    let saidAtMs = Date.now();
    const all = await receipts.wait(origins, options.timeoutMs, (done) => {
      signal.throwIfAborted();
      if (Date.now() - saidAtMs < PROGRESS_MS) return;
      saidAtMs = Date.now();
      progress(`  ${done} of ${articles} after ${((saidAtMs - startedAtMs) / 1000).toFixed(0)} s`);
    });
    const seconds = (Date.now() - startedAtMs) / 1000;
    const used = await stopMeter();
    const got = origins.flatMap((origin) => receipts.received.get(origin) ?? []);
    const counts = countOutcomes(got);
    if (!all)
      throw new Error(`${articles - got.length} of ${articles} articles have no receipt after ${seconds} s`);
    if (counts.indexed !== articles) throw new Error(`not all were indexed: ${JSON.stringify(counts)}`);
    return {
      articles,
      bytes: publications.reduce((sum, { value }) => sum + value.length, 0),
      publishSeconds,
      seconds,
      articlesPerSecond: articles / seconds,
      outcomes: counts,
      used,
      stages: stageTimes(got, startedAtMs),
    };
  } finally {
    await Promise.all([publisher.close(), receipts.close()]);
  }
}

function countOutcomes(receipts: readonly Receipt[]): Record<Outcome, number> {
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  for (const { outcome } of receipts) counts[outcome] += 1;
  return counts;
}
