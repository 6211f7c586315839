import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { outcomes, type Receipt } from '@wirefold/contracts';
import { repositoryRoot } from '../connection.ts';
import { demoMessages, type DemoMessage } from '../demo/demo-messages.ts';
import { searchUntilFound } from '../demo/demo-search.ts';
import { startStageBars } from '../demo/stage-bars.ts';
import { launch, type Running } from '../launcher/launcher.ts';
import { createPublisher, type Published } from '../publish/publisher.ts';
import { readInput } from '../publish/read-input.ts';
import { watchReceipts } from '../receipts.ts';
import { colours, oneLine, print, say } from '../terminal.ts';
import { printHit } from './search.ts';
import { engineProgress, sayWhere, stopSignal } from './up.ts';

interface DemoOptions {
  readonly keep?: boolean;
  readonly lang?: string;
}

const WITHIN_MS = 120_000;

export function demoCommand(program: Command): void {
  program
    .command('demo')
    .argument('[file]', 'articles to publish instead of the sample stories: text, HTML, ninjs or JSON Lines')
    .description('start everything, publish sample stories, and show how each of them ends')
    .option('--keep', 'leave everything running until Ctrl-C')
    .option('--lang <tag>', 'language of the given file')
    .action(demo);
}

async function demo(file: string | undefined, options: DemoOptions): Promise<void> {
  const messages =
    file === undefined ? demoMessages(join(repositoryRoot, 'cli/stories')) : givenMessages(file, options);
  const signal = stopSignal();
  say(colours.bold('Starting Kafka, Elasticsearch and Redis, then five services'));
  const running = await launch({
    root: repositoryRoot,
    name: 'demo',
    keepData: false,
    environment: process.env,
    onProgress: engineProgress(),
    onServiceChange: () => undefined,
    signal,
  });
  try {
    say(colours.bold(`\nPublishing ${messages.length} messages to news.article.scraped.v1`));
    const found = await publishAndWatch(running, messages);
    await showSearches(running, messages);
    if (!found) process.exitCode = 1;
    if (options.keep) {
      sayWhere(running);
      say('Ctrl-C stops it.');
      await untilAborted(signal);
    }
  } finally {
    say('\nstopping …');
    await running.stop();
  }
  if (!options.keep) say('To look on: npm run demo -- --keep, or npx wirefold up');
}

const givenMessages = (file: string, { lang }: DemoOptions): DemoMessage[] =>
  readInput(file, lang === undefined ? {} : { language: lang }, () => readFileSync(0, 'utf8')).map(
    ({ from, value }) => ({
      uri: String(value['uri']),
      value: Buffer.from(JSON.stringify(value)),
      label: oneLine(from, 40),
    }),
  );

/** Publishes, shows the stages at work, and prints how each message ended. */
async function publishAndWatch(
  { kafka, config }: Running,
  messages: readonly DemoMessage[],
): Promise<boolean> {
  const watch = await watchReceipts(kafka);
  const publisher = await createPublisher(kafka, config.KAFKA_COMPRESSION);
  const endBars = await startStageBars(kafka, config.CONSUMER_GROUP_PREFIX);
  const startedAt = Date.now();
  try {
    const published = await publisher.publish(messages);
    const all = await watch.wait(
      published.map(({ origin }) => origin),
      WITHIN_MS,
    );
    await endBars();
    say('');
    printOutcomes(messages, published, watch.received, startedAt);
    if (!all) say(colours.red(`not every message ended within ${WITHIN_MS / 1000} s`));
    return all;
  } finally {
    await publisher.close();
    await watch.close();
  }
}

function printOutcomes(
  messages: readonly DemoMessage[],
  published: readonly Published[],
  received: ReadonlyMap<string, Receipt>,
  startedAt: number,
): void {
  const counts = new Map<string, number>();
  published.forEach(({ origin, uri }, index) => {
    const receipt = received.get(origin);
    const outcome = receipt?.outcome ?? 'waiting';
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    const afterMs = receipt === undefined ? '' : `${Date.parse(receipt.at) - startedAt} ms`;
    const about =
      receipt?.outcome === 'rejected' ? `${receipt.reason}: ${oneLine(receipt.error ?? '', 60)}` : uri;
    print(
      `${colourOf(outcome)(outcome.padEnd(10))} ${afterMs.padStart(8)}  ${(messages[index]?.label ?? '').padEnd(40)} ${colours.dim(about)}`,
    );
  });
  const sums = [...outcomes, 'waiting'].flatMap((outcome) =>
    counts.has(outcome) ? [`${counts.get(outcome)} ${outcome}`] : [],
  );
  print(`${colours.bold(`${published.length} published`)}: ${sums.join(', ')}`);
}

function colourOf(outcome: string): (text: string) => string {
  if (outcome === 'indexed') return colours.green;
  return outcome === 'rejected' || outcome === 'waiting' ? colours.red : colours.cyan;
}

/** Searches for words out of two of the messages, as a user would who remembers some of a story. */
async function showSearches({ config }: Running, messages: readonly DemoMessage[]): Promise<void> {
  const searches = messages
    .map(({ value }) => memorableWords(value))
    .filter((words) => words !== '')
    .slice(0, 2);
  for (const words of searches) {
    print(`\n${colours.bold(`wirefold search ${words}`)}`);
    const found = await searchUntilFound(config, words);
    print(`${found.total} ${found.total === 1 ? 'article' : 'articles'}`);
    for (const hit of found.hits) printHit(hit);
  }
}

const MEMORABLE = /\p{Lu}\p{Ll}{6,}/gu;

/** Two long capitalised words of a message's longest paragraph. */
function memorableWords(value: Buffer): string {
  try {
    const { content = '' } = JSON.parse(value.toString('utf8')) as { content?: string };
    // Of a page nobody remembers the markup.
    if (/<html|<body|<p>/i.test(content)) return '';
    const paragraph = content.split('\n').toSorted((one, other) => other.length - one.length)[0] ?? '';
    const words = [...new Set(paragraph.match(MEMORABLE))].toSorted(
      (one, other) => other.length - one.length,
    );
    return words.slice(0, 2).join(' ');
  } catch {
    return '';
  }
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
