import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { outcomes, parseValue, type Receipt } from '@wirefold/contracts';
import { incomingContract } from '@wirefold/ingest';
import { connectKafka, readConfig } from '../connection.ts';
import { createPublisher, type Publication } from '../publish/publisher.ts';
import { InvalidInput, readInput, type GivenFields, type InputMessage } from '../publish/read-input.ts';
import { watchReceipts } from '../receipts.ts';
import { colours, oneLine, print, printJson, say, startProgress } from '../terminal.ts';

interface PublishOptions {
  readonly uri?: string;
  readonly url?: string;
  readonly title?: string;
  readonly lang?: string;
  readonly publishedAt?: string;
  readonly contentType?: string;
  readonly source?: string;
  readonly wait?: boolean;
  readonly timeout: string;
  readonly check: boolean;
  readonly json?: boolean;
}

export function publishCommand(program: Command): void {
  program
    .command('publish')
    .argument(
      '<file>',
      'a file or folder of text or HTML in any encoding, ninjs or JSON Lines; - for standard input',
    )
    .description('publish articles, as a scraper does')
    .option('--uri <uri>', "the article's stable id; by default its URL, else the file's")
    .option('--url <url>', 'where the article was found')
    .option('--title <title>', 'its title')
    .option('--lang <tag>', 'its language, BCP 47')
    .option('--published-at <time>', 'when it was published, ISO 8601')
    .option('--content-type <type>', 'text/html or text/plain; told from the file by default')
    .option('--source <name>', 'name of the publisher')
    .option('--wait', 'wait for the receipts and say how each article ended')
    .option('--timeout <seconds>', 'how long to wait', '60')
    .option('--no-check', 'publish also what breaks the contract')
    .option('--json', 'print JSON Lines')
    .action(publish);
}

async function publish(path: string, options: PublishOptions): Promise<void> {
  const timeoutMs = Number(options.timeout) * 1000;
  if (!(timeoutMs > 0)) throw new InvalidInput(`--timeout ${options.timeout}: expected seconds`);
  const config = readConfig(process.env);
  const messages = readInput(path, givenFields(options), () => readFileSync(0));
  if (options.check) checkAll(messages);
  const kafka = connectKafka(config);
  const watch = options.wait ? await watchReceipts(kafka) : undefined;
  const publisher = await createPublisher(kafka, config.KAFKA_COMPRESSION);
  try {
    const published = await publisher.publish(messages.map(publicationOf));
    if (watch === undefined) {
      for (const one of published) {
        if (options.json) printJson(one);
        else print(`published ${one.uri}`);
      }
      return;
    }
    const progress = startProgress('receipts', published.length);
    const all = await watch.wait(
      published.map(({ origin }) => origin),
      timeoutMs,
      progress.update,
    );
    progress.stop();
    for (const { uri, origin } of published)
      printOutcome(uri, origin, watch.received.get(origin), options.json ?? false);
    const rejected = published.some(({ origin }) => watch.received.get(origin)?.outcome === 'rejected');
    if (!all) say(`no receipt within ${options.timeout} s for some; see: npx wirefold trace URI`);
    if (!all || rejected) process.exitCode = 1;
  } finally {
    await publisher.close();
    await watch?.close();
  }
}

const givenFields = (options: PublishOptions): GivenFields => ({
  ...(options.uri === undefined ? {} : { uri: options.uri }),
  ...(options.url === undefined ? {} : { url: options.url }),
  ...(options.title === undefined ? {} : { title: options.title }),
  ...(options.lang === undefined ? {} : { language: options.lang }),
  ...(options.publishedAt === undefined ? {} : { publishedAt: options.publishedAt }),
  ...(options.contentType === undefined ? {} : { contentType: options.contentType }),
  ...(options.source === undefined ? {} : { source: { name: options.source } }),
});

function publicationOf({ value }: InputMessage): Publication {
  const uri = value['uri'];
  return { uri: typeof uri === 'string' ? uri : '', value: Buffer.from(JSON.stringify(value)) };
}

/** @throws InvalidInput that names every message that breaks the contract */
function checkAll(messages: readonly InputMessage[]): void {
  const problems = messages.flatMap(({ from, value }) => {
    const parsed = parseValue<unknown>(incomingContract, value);
    return 'problem' in parsed ? [`  ${from}: ${parsed.problem.message}`] : [];
  });
  if (problems.length > 0)
    throw new InvalidInput(`not published, as the contract is broken:\n${problems.join('\n')}`);
}

/** How an article ended, for a person or a script. */
export function printOutcome(uri: string, origin: string, receipt: Receipt | undefined, json: boolean): void {
  if (json) {
    printJson(receipt ?? { uri, origin, outcome: null });
    return;
  }
  if (receipt === undefined) {
    print(`${colours.yellow('waiting'.padEnd(10))} ${oneLine(uri, 2048)}`);
    return;
  }
  const colour =
    receipt.outcome === 'rejected'
      ? colours.red
      : outcomes.indexOf(receipt.outcome) === 0
        ? colours.green
        : colours.cyan;
  const why =
    receipt.outcome === 'rejected'
      ? `  ${receipt.reason} in ${receipt.stage}: ${oneLine(receipt.error ?? '', 2000)}`
      : '';
  print(`${colour(receipt.outcome.padEnd(10))} ${oneLine(uri, 2048)}${why}`);
}
