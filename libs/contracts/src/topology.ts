import { cleanedArticle, enrichedArticle, ingestedArticle, translatedArticle } from './article.ts';
import type { z } from 'zod';
import { receipt } from './receipt.ts';
import { stageNames, type StageName } from './scalars.ts';
import { scrapedArticle } from './scraped.ts';

const MIB = 1024 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A topic, its contract, its settings, who writes it and who reads it. */
export interface Topic<Value = unknown> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** CloudEvents `type` of its messages. */
  readonly eventType: string;
  /** Contract of the value; absent for dead letters, whose value is the original message. */
  readonly schema?: z.ZodType<Value>;
  readonly partitions: number;
  readonly retentionMs: number;
  readonly cleanupPolicy: 'delete' | 'compact' | 'compact,delete';
  readonly maxMessageBytes: number;
  readonly writers: readonly (StageName | 'scraper' | 'cli')[];
  readonly readers: readonly (StageName | 'cli')[];
}

const PARTITIONS = 6;

const article = <Value>(
  state: string,
  schema: z.ZodType<Value>,
  settings: Pick<Topic, 'title' | 'description' | 'writers' | 'readers' | 'retentionMs'>,
): Topic<Value> & { readonly schema: z.ZodType<Value> } => ({
  name: `news.article.${state}.v1`,
  eventType: `wirefold.article.${state}.v1`,
  schema,
  partitions: PARTITIONS,
  cleanupPolicy: 'delete',
  // JSON writes a control character in six bytes: 2 MiB of content can grow to 12 MiB.
  maxMessageBytes: 16 * MIB,
  ...settings,
});

/** The topics of the pipeline, in the order of the flow: the one place that declares them. */
export const topics = {
  scraped: article('scraped', scrapedArticle, {
    title: 'Scraped articles',
    description: 'The way in: what scrapers publish',
    writers: ['scraper'],
    readers: ['ingest'],
    retentionMs: 14 * DAY_MS,
  }),
  ingested: article('ingested', ingestedArticle, {
    title: 'Ingested articles',
    description: 'Accepted, normalised, versioned; repeats and stale versions are gone',
    writers: ['ingest'],
    readers: ['clean'],
    retentionMs: 7 * DAY_MS,
  }),
  cleaned: article('cleaned', cleanedArticle, {
    title: 'Cleaned articles',
    description: 'The story alone, with its residue labelled',
    writers: ['clean'],
    readers: ['translate'],
    retentionMs: 7 * DAY_MS,
  }),
  translated: article('translated', translatedArticle, {
    title: 'Translated articles',
    description: 'With the story in English beside the original',
    writers: ['translate'],
    readers: ['enrich'],
    retentionMs: 7 * DAY_MS,
  }),
  enriched: article('enriched', enrichedArticle, {
    title: 'Enriched articles',
    description: 'With people, places, organisations and dates; an index can be rebuilt from here',
    writers: ['enrich'],
    readers: ['index'],
    retentionMs: 30 * DAY_MS,
  }),
  indexed: article('indexed', receipt, {
    title: 'Receipts',
    description: 'One receipt for each published message: indexed, folded, unchanged, stale or rejected',
    writers: ['ingest', 'clean', 'translate', 'enrich', 'index'],
    readers: ['cli'],
    retentionMs: 30 * DAY_MS,
  }),
} as const;

/** The dead letter topic of a service. */
export function deadLetterTopic(stage: StageName): Topic {
  return {
    name: `${stage}.dlq.v1`,
    title: `Dead letters of ${stage}`,
    description: `What ${stage} gave up: the original to the byte, with stage, reason and error in headers`,
    eventType: 'wirefold.article.dead-letter.v1',
    partitions: 1,
    retentionMs: 30 * DAY_MS,
    cleanupPolicy: 'delete',
    // Whatever a topic takes must fit here with its added headers.
    maxMessageBytes: 24 * MIB,
    // The command line marks what it has done about a dead letter.
    writers: [stage, 'cli'],
    readers: ['cli'],
  };
}

/** Every topic of the pipeline. */
export const allTopics: readonly Topic[] = [...Object.values(topics), ...stageNames.map(deadLetterTopic)];

/** What each stage reads and writes. */
export const stageTopics = {
  ingest: { input: topics.scraped, output: topics.ingested },
  clean: { input: topics.ingested, output: topics.cleaned },
  translate: { input: topics.cleaned, output: topics.translated },
  enrich: { input: topics.translated, output: topics.enriched },
  index: { input: topics.enriched, output: topics.indexed },
} as const satisfies Record<StageName, { input: Topic<never> | Topic; output: Topic<never> | Topic }>;
