import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { Argument, type Command } from 'commander';
import { cleanedArticle } from '@wirefold/contracts';
import { InvalidInput } from '../publish/read-input.ts';
import { explainCleaned } from '../explain-cleaned.ts';
import { say, terminalSafe } from '../terminal.ts';
import { createTriedStage, isLineError, tryable, type Tryable } from '../try-stage.ts';

interface TryOptions {
  readonly explain?: boolean;
  readonly in?: string;
  readonly out?: string;
}

const WINDOW_LINES = 32;

export function tryCommand(program: Command): void {
  program
    .command('try')
    .addArgument(new Argument('<stage>', 'which stage').choices(tryable))
    .description('run one stage without Kafka: JSON Lines in, one line out for each, in order')
    .option(
      '--in <file>',
      'messages: scraped ones into clean, cleaned ones into translate and enrich (default: standard input)',
    )
    .option('--out <file>', 'where the results go (default: standard output)')
    .option(
      '--explain',
      'for people, of clean: what was cut, with its kind and reason, in place of JSON Lines',
    )
    .action(tryStage);
}

async function tryStage(name: Tryable, options: TryOptions): Promise<void> {
  if (options.explain && name !== 'clean')
    throw new InvalidInput(`--explain: ${name} has nothing to explain; only clean has`);
  if (options.in !== undefined && !existsSync(options.in))
    throw new InvalidInput(`${options.in}: no such file`);
  const input = options.in === undefined ? process.stdin : createReadStream(options.in);
  const output = options.out === undefined ? process.stdout : createWriteStream(options.out);
  const stage = createTriedStage(name, process.env);
  let failed = 0;
  const flush = async (lines: readonly string[]) => {
    for (const result of await stage.run(lines)) {
      if (isLineError(result)) failed += 1;
      await write(output, `${options.explain ? explained(result) : JSON.stringify(result)}\n`);
    }
  };
  try {
    let window: string[] = [];
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      window.push(line);
      if (window.length < WINDOW_LINES) continue;
      await flush(window);
      window = [];
    }
    if (window.length > 0) await flush(window);
  } finally {
    await stage.close();
  }
  if (output !== process.stdout) {
    output.end();
    await once(output, 'finish');
  }
  if (failed === 0) return;
  say(`${failed} ${failed === 1 ? 'line' : 'lines'} failed; see the "error" in the results`);
  process.exitCode = 1;
}

const explained = (result: object): string =>
  isLineError(result)
    ? `failed: ${terminalSafe(result.error)}`
    : explainCleaned(cleanedArticle.parse(result));

async function write(output: Writable, text: string): Promise<void> {
  if (!output.write(text)) await once(output, 'drain');
}
