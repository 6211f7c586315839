import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { Argument, type Command } from 'commander';
import { InvalidInput } from '../publish/read-input.ts';
import { say, terminalSafe } from '../terminal.ts';
import { isLineError } from '../tried-stage.ts';
import { createTriedStage, tryable, type Tryable } from '../try-stage.ts';

interface TryOptions {
  readonly explain?: boolean;
  readonly in?: string;
  readonly out?: string;
  readonly namespace?: string;
}

const WINDOW_LINES = 32;

export function tryCommand(program: Command): void {
  program
    .command('try')
    .addArgument(new Argument('<stage>', 'which stage').choices(tryable))
    .description('run one stage, or folding, without Kafka: JSON Lines in, one line out for each, in order')
    .option(
      '--in <file>',
      'messages: scraped ones into clean, cleaned ones into fold, translate and enrich (default: standard input)',
    )
    .option('--out <file>', 'where the results go (default: standard output)')
    .option(
      '--explain',
      'for people, in place of JSON Lines: of clean, what was cut and why; of fold, what two articles share and where they differ',
    )
    .option(
      '--namespace <name>',
      'of fold: remember under this name, and go on from what is remembered there (default: a fresh one, forgotten at the end)',
    )
    .action(tryStage);
}

async function tryStage(name: Tryable, options: TryOptions): Promise<void> {
  if (options.explain && name !== 'clean' && name !== 'fold')
    throw new InvalidInput(`--explain: ${name} has nothing to explain; only clean and fold have`);
  if (options.namespace !== undefined && name !== 'fold')
    throw new InvalidInput(`--namespace: ${name} remembers nothing; only fold does`);
  if (options.in !== undefined && !existsSync(options.in))
    throw new InvalidInput(`${options.in}: no such file`);
  const input = options.in === undefined ? process.stdin : createReadStream(options.in);
  const output = options.out === undefined ? process.stdout : createWriteStream(options.out);
  const stage = await createTriedStage(name, { environment: process.env, namespace: options.namespace });
  const explain = options.explain ? stage.explain : undefined;
  let failed = 0;
  const flush = async (lines: readonly string[]) => {
    for (const result of await stage.run(lines)) {
      if (isLineError(result)) failed += 1;
      await write(output, `${textOf(result, explain)}\n`);
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

function textOf(result: object, explain: ((output: object) => string) | undefined): string {
  if (explain === undefined) return JSON.stringify(result);
  return isLineError(result) ? `failed: ${terminalSafe(result.error)}` : explain(result);
}

async function write(output: Writable, text: string): Promise<void> {
  if (!output.write(text)) await once(output, 'drain');
}
