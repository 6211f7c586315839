import type { Command } from 'commander';
import {
  readHeader,
  stageNames,
  stageTopics,
  topics,
  type Receipt,
  type StageName,
  type Step,
} from '@wirefold/contracts';
import { partitionOfKey, readTopic, topicRanges, withAdmin, type Kafka } from '@wirefold/kafka';
import { connectKafka, readConfig } from '../connection.ts';
import { readReceipts } from '../receipts.ts';
import { colours, print, printJson } from '../terminal.ts';

/** The way of one published message of an article. */
export interface Trace {
  readonly origin: string;
  readonly publishedAt: string;
  readonly steps: readonly Step[];
  readonly receipt: Receipt | undefined;
  /** The stage that has it in its input topic, where there is no receipt yet. */
  readonly waitsFor: StageName | undefined;
}

export function traceCommand(program: Command): void {
  program
    .command('trace')
    .argument('<uri>', 'the uri of an article')
    .description('the way of an article: each step with its time, its outcome, and where it waits')
    .option('--json', 'print one JSON document')
    .action(async (uri: string, { json }: { readonly json?: boolean }) => {
      const traces = await traceArticle(connectKafka(readConfig(process.env)), uri);
      if (json) printJson(traces);
      else if (traces.length > 0) for (const trace of traces) printTrace(trace);
      else print(`nothing was published with the uri ${uri}, or it is no longer kept`);
      if (traces.length === 0) process.exitCode = 1;
    });
}

/** Looks an article up on every topic; the oldest message first. */
export async function traceArticle(kafka: Kafka, uri: string): Promise<Trace[]> {
  const seen = new Map<string, { publishedAt: string; steps: readonly Step[]; reached: StageName }>();
  for (const stage of stageNames) {
    const topic = stageTopics[stage].input.name;
    await readKey(kafka, topic, uri, (message, own) => {
      const isWayIn = topic === topics.scraped.name;
      const origin = (isWayIn ? own : readHeader(message.headers, 'ce_id')) ?? own;
      const publishedAt = seen.get(origin)?.publishedAt ?? new Date(Number(message.timestamp)).toISOString();
      seen.set(origin, { publishedAt, steps: isWayIn ? [] : stepsOf(message.value), reached: stage });
    });
  }
  const receipts = new Map<string, Receipt>();
  await readReceipts(kafka, (receipt) => {
    if (receipt.uri === uri) receipts.set(receipt.origin, receipt);
  });
  const origins = new Set([...seen.keys(), ...receipts.keys()]);
  return [...origins]
    .map((origin) => {
      const receipt = receipts.get(origin);
      const found = seen.get(origin);
      const publishedAt = found?.publishedAt ?? new Date(Number(origin.split('@')[1])).toISOString();
      return {
        origin,
        publishedAt,
        steps: receipt?.steps ?? found?.steps ?? [],
        receipt,
        waitsFor: receipt === undefined ? found?.reached : undefined,
      };
    })
    .toSorted(
      (one, other) =>
        one.publishedAt.localeCompare(other.publishedAt) || one.origin.localeCompare(other.origin),
    );
}

type OnMessage = Parameters<typeof readTopic>[2];

async function readKey(
  kafka: Kafka,
  topic: string,
  key: string,
  onMessage: (message: Parameters<OnMessage>[0], own: string) => void,
): Promise<void> {
  const ranges = await withAdmin(kafka, (admin) => topicRanges(admin, topic));
  await readTopic(
    kafka,
    topic,
    (message) => {
      if (message.key?.toString() !== key) return;
      onMessage(message, `${topic}/${message.partition}/${message.offset}@${message.timestamp}`);
    },
    [partitionOfKey(topic, key, ranges.length)],
  );
}

function stepsOf(value: Buffer | null): readonly Step[] {
  try {
    return (JSON.parse(value?.toString() ?? '') as { steps?: Step[] }).steps ?? [];
  } catch {
    return [];
  }
}

function printTrace({ origin, publishedAt, steps, receipt, waitsFor }: Trace): void {
  print(`${colours.bold(publishedAt)} published  ${colours.dim(origin)}`);
  let before = Date.parse(publishedAt);
  for (const { stage, at, tookMs } of steps) {
    const sinceMs = Date.parse(at) - before;
    before = Date.parse(at);
    print(`${at} ${stage.padEnd(10)} +${sinceMs} ms, ${Math.round(tookMs)} ms of it in the stage`);
  }
  if (receipt !== undefined) {
    const why =
      receipt.error === undefined ? '' : `: ${receipt.reason}, ${receipt.error} (${receipt.deadLetter})`;
    print(`${receipt.at} ${colours.green(receipt.outcome)}${why}\n`);
  } else print(colours.yellow(`waits for ${waitsFor}\n`));
}
