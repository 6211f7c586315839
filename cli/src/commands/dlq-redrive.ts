import { MAX_REDRIVES, stageNames } from '@wirefold/contracts';
import type { Command } from 'commander';
import { connectKafka, readConfig } from '../connection.ts';
import type { DeadLetter } from '../dead-letters/fold-letters.ts';
import { readLetters } from '../dead-letters/read-letters.ts';
import { createRedriver, type Redriven } from '../dead-letters/redrive.ts';
import { selectLetters, whyNotRedriven } from '../dead-letters/select-letters.ts';
import { watchReceipts, type ReceiptWatch } from '../receipts.ts';
import { colours, oneLine, print, printJson, say, startProgress } from '../terminal.ts';
import {
  filtered,
  letterFilter,
  requireKnown,
  requireSelection,
  sayDone,
  wholeNumberOption,
  type FilterOptions,
} from './letter-options.ts';
import { printOutcome } from './publish.ts';

interface RedriveOptions extends FilterOptions {
  readonly all?: boolean;
  readonly dryRun?: boolean;
  readonly maxRedrives: string;
  readonly wait?: boolean;
  readonly timeout: string;
  readonly json?: boolean;
}

interface Skipped {
  readonly letter: DeadLetter;
  readonly why: string;
}

export function redriveCommand(dlq: Command): void {
  filtered(
    dlq
      .command('redrive')
      .argument('[ids...]', 'which letters, as `dlq list` prints them')
      .description('publish waiting dead letters again, where they were read; each keeps its identity'),
  )
    .option('--all', 'all that wait; needed where neither an id nor a filter is given')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--max-redrives <count>', 'leave out what was redriven so often already', '3')
    .option('--wait', 'wait for the receipts and say how each message ended')
    .option('--timeout <seconds>', 'how long to wait', '60')
    .option('--json', 'print JSON Lines')
    .action(redrive);
}

async function redrive(ids: readonly string[], options: RedriveOptions): Promise<void> {
  requireSelection(ids, options);
  const filter = { ...letterFilter(options), ids, status: 'waiting' as const };
  const maxRedrives = wholeNumberOption('--max-redrives', options.maxRedrives, 1, MAX_REDRIVES);
  const timeoutMs = wholeNumberOption('--timeout', options.timeout, 1, 86_400) * 1000;
  const config = readConfig(process.env);
  const kafka = connectKafka(config);
  const letters = await readLetters(kafka, stageNames);
  requireKnown(ids, letters);
  const chosen = selectLetters(letters, filter);
  if (chosen.length === 0) {
    say('no dead letter waits that fits');
    return;
  }
  const skipped: Skipped[] = chosen.flatMap((letter) => {
    const why = whyNotRedriven(letter, maxRedrives);
    return why === undefined ? [] : [{ letter, why }];
  });
  const refused = new Set(skipped.map(({ letter }) => letter));
  const fit = chosen.filter((letter) => !refused.has(letter));
  if (options.dryRun) {
    for (const letter of fit) sayDone('would be redriven', letter, options.json, { topic: letter.topic });
    report(skipped, options.json);
    say(`${fit.length} would be redriven, ${skipped.length} not`);
    if (skipped.length > 0) process.exitCode = 1;
    return;
  }

  const watch = options.wait ? await watchReceipts(kafka) : undefined;
  const redriver = await createRedriver(kafka, config.KAFKA_COMPRESSION);
  try {
    const done: Redriven[] = [];
    const progress = startProgress('redriven', fit.length);
    const failed = await redriver.publish(fit, async (redriven) => {
      // First published, then marked: a crash between the two publishes once more, and loses nothing.
      await redriver.mark(
        redriven.map(({ letter }) => letter),
        'redriven',
      );
      done.push(...redriven);
      progress.update(done.length);
    });
    progress.stop();
    skipped.push(...failed);
    const allEnded =
      watch === undefined ? sayRedriven(done, options.json) : await waitFor(watch, done, timeoutMs, options);
    report(skipped, options.json);
    say(`${done.length} redriven, ${skipped.length} not`);
    if (skipped.length > 0 || !allEnded) process.exitCode = 1;
  } finally {
    await redriver.close();
    await watch?.close();
  }
}

function sayRedriven(done: readonly Redriven[], json: boolean | undefined): boolean {
  for (const { letter, origin, redrives } of done) sayDone('redriven', letter, json, { origin, redrives });
  return true;
}

/** Says how each message ended; tells whether all of them did, and none was rejected again. */
async function waitFor(
  watch: ReceiptWatch,
  done: readonly Redriven[],
  timeoutMs: number,
  { json, timeout }: RedriveOptions,
): Promise<boolean> {
  const progress = startProgress('receipts', done.length);
  const origins = done.map(({ origin }) => origin);
  const redrives = new Map(done.map((one) => [one.origin, one.redrives]));
  const all = await watch.wait(origins, timeoutMs, progress.update, redrives);
  progress.stop();
  let rejected = false;
  for (const { letter, origin, redrives: least } of done) {
    const received = watch.received.get(origin);
    const receipt = received !== undefined && (received.redrives ?? 0) >= least ? received : undefined;
    rejected ||= receipt?.outcome === 'rejected';
    printOutcome(letter.uri ?? letter.id, origin, receipt, json ?? false);
  }
  if (!all) say(`no receipt within ${timeout} s for some; see: npx wirefold trace URI`);
  return all && !rejected;
}

function report(skipped: readonly Skipped[], json: boolean | undefined): void {
  for (const { letter, why } of skipped) {
    if (json) printJson({ id: letter.id, uri: letter.uri, done: 'skipped', why });
    else
      print(
        `${colours.yellow('skipped')} ${letter.id}  ${oneLine(letter.uri ?? '', 80)}: ${oneLine(why, 200)}`,
      );
  }
}
