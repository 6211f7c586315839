import { deadLetterTopic, headerBytes, stageNames } from '@wirefold/contracts';
import type { PlacedMessage } from '@wirefold/kafka';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { connectKafka, readConfig } from '../connection.ts';
import type { DeadLetter, LetterStatus } from '../dead-letters/fold-letters.ts';
import { readLetters, readOriginals } from '../dead-letters/read-letters.ts';
import { parseLetterId, selectLetters, summarise } from '../dead-letters/select-letters.ts';
import { InvalidInput } from '../publish/read-input.ts';
import { colours, oneLine, print, printJson, terminalSafe } from '../terminal.ts';
import { redriveCommand } from './dlq-redrive.ts';
import { purgeCommand } from './dlq-purge.ts';
import { filtered, letterFilter, letterJson, statusOption, type FilterOptions } from './letter-options.ts';

/** `dlq`: what the stages gave up, and what to do about it. */
export function dlqCommands(program: Command): void {
  const dlq = program
    .command('dlq')
    .description('dead letters: list them, look into one, publish them again, purge them');
  filtered(dlq.command('list').description('dead letters, the oldest first, with a sum by stage and reason'))
    .addOption(statusOption())
    .option('--json', 'print one JSON document')
    .action(list);
  dlq
    .command('show')
    .argument('<id>', 'stage/partition/offset, as `dlq list` prints it')
    .description('one dead letter: its headers, what was wrong, and the original')
    .option('--json', 'print one JSON document; the original is in base64, too')
    .option('--raw', 'write the bytes of the original to standard output, and nothing else')
    .action(show);
  redriveCommand(dlq);
  purgeCommand(dlq);
}

interface ListOptions extends FilterOptions {
  readonly status: LetterStatus | 'all';
  readonly json?: boolean;
}

async function list({ status, json, ...options }: ListOptions): Promise<void> {
  const filter = { ...letterFilter(options), ...(status === 'all' ? {} : { status }) };
  const stages = filter.stage === undefined ? stageNames : [filter.stage];
  const letters = selectLetters(await readLetters(connectKafka(readConfig(process.env)), stages), filter);
  const summary = summarise(letters);
  if (json) {
    printJson({ letters: letters.map(letterJson), summary });
    return;
  }
  if (letters.length > 0) print(letterTable(letters));
  const sums = summary.map(({ stage, reason, count }) => `${count} ${stage} ${oneLine(reason, 40)}`);
  const which = status === 'all' ? '' : ` ${status}`;
  print(`${colours.bold(`${letters.length}${which}`)}${sums.length > 0 ? `: ${sums.join(', ')}` : ''}`);
}

function letterTable(letters: readonly DeadLetter[]): string {
  const table = new Table({
    head: ['id', 'when', 'status', 'reason', 'uri', 'error', 'redrives'],
    colAligns: ['left', 'left', 'left', 'left', 'left', 'left', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { id, failedAt, status, reason, uri = '', error, redrives } of letters)
    table.push([
      id,
      oneLine(failedAt, 24),
      status,
      oneLine(reason, 24),
      oneLine(uri, 60),
      oneLine(error, 80),
      redrives,
    ]);
  return table.toString();
}

interface ShowOptions {
  readonly json?: boolean;
  readonly raw?: boolean;
}

const SHOWN_CHARACTERS = 20_000;

async function show(id: string, { json, raw }: ShowOptions): Promise<void> {
  const { stage, ...place } = parseLetterId(id);
  const kafka = connectKafka(readConfig(process.env));
  let found: PlacedMessage | undefined;
  await readOriginals(kafka, stage, [place], (message) => {
    found = message;
  });
  const [letter] = selectLetters(await readLetters(kafka, [stage]), { ids: [id] });
  if (found === undefined || letter === undefined)
    throw new InvalidInput(`${id}: there is no such letter on ${deadLetterTopic(stage).name}`);
  const value = found.value ?? Buffer.alloc(0);
  if (raw) {
    await new Promise<void>((resolve) => {
      process.stdout.write(value, () => resolve());
    });
    return;
  }
  const headers = Object.entries(found.headers ?? {}).map(
    ([name, values]) => [name, headerBytes(values).map((bytes) => bytes.toString('utf8'))] as const,
  );
  if (json) {
    printJson({
      ...letterJson(letter),
      headers: Object.fromEntries(headers),
      key: found.key?.toString('utf8') ?? null,
      value: found.value?.toString('utf8') ?? null,
      valueBase64: found.value?.toString('base64') ?? null,
    });
    return;
  }
  print(`${colours.bold(id)}  ${letter.status}`);
  print(`${colours.red(oneLine(letter.reason, 40))}: ${oneLine(letter.error, 4000)}\n`);
  for (const [name, values] of headers.toSorted(([one], [other]) => (one < other ? -1 : 1)))
    for (const text of values) print(`${colours.dim(oneLine(name, 200))}: ${oneLine(text, 1000)}`);
  const text = value.toString('utf8');
  print(`\n${terminalSafe(text.slice(0, SHOWN_CHARACTERS))}`);
  if (text.length > SHOWN_CHARACTERS)
    print(colours.dim(`… ${text.length - SHOWN_CHARACTERS} more characters: --raw writes all`));
}
