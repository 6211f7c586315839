import { outcomes } from '@wirefold/contracts';
import { withAdmin } from '@wirefold/kafka';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { connectKafka, readConfig } from '../connection.ts';
import { readLedger, takeSnapshot, type FoundLedger } from '../ledger/read-ledger.ts';
import { colours, oneLine, print, printJson, startProgress } from '../terminal.ts';
import { wholeNumberOption } from './letter-options.ts';

interface LedgerOptions {
  readonly max: string;
  readonly json?: boolean;
}

export function ledgerCommand(program: Command): void {
  program
    .command('ledger')
    .description('read all topics and prove that no message got lost; exit code 1 when one did')
    .option('--max <count>', 'how many lost messages to name', '20')
    .option('--json', 'print one JSON document')
    .action(async ({ max, json }: LedgerOptions) => {
      const maxLost = wholeNumberOption('--max', max, 0, 10_000);
      const config = readConfig(process.env);
      const kafka = connectKafka(config);
      const snapshot = await withAdmin(kafka, (admin) => takeSnapshot(admin, config.CONSUMER_GROUP_PREFIX));
      const total = [...snapshot.ranges.values()]
        .flat()
        .reduce((sum, { low, high }) => sum + Number(high - low), 0);
      const progress = startProgress('records', total);
      let ledger: FoundLedger;
      try {
        ledger = await readLedger(kafka, snapshot, maxLost, progress.update);
      } finally {
        progress.stop();
      }
      if (json) printJson(ledger);
      else printLedger(ledger);
      if (ledger.gap > 0) process.exitCode = 1;
    });
}

function printLedger(ledger: FoundLedger): void {
  const table = new Table({
    head: ['stage', 'in', 'passed on', ...outcomes, 'waiting', 'lost'],
    colAligns: ['left', ...Array.from({ length: outcomes.length + 4 }, () => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  for (const { stage, in: arrived, passedOn, ended, waiting, gap } of ledger.stages)
    table.push([stage, arrived, passedOn, ...outcomes.map((outcome) => ended[outcome]), waiting, gap]);
  print(table.toString());
  const ended = outcomes.map((outcome) => `${ledger.outcomes[outcome]} ${outcome}`).join(' + ');
  print(
    `${colours.bold(`${ledger.published} published`)} = ${ended} + ${ledger.waiting} waiting + ${ledger.gap} lost`,
  );
  if (ledger.redriven > 0) print(`${ledger.redriven} of them redriven`);
  if (ledger.noLongerKept > 0) print(`${ledger.noLongerKept} more are known, but no longer kept`);
  if (ledger.foreignRecords > 0)
    print(`${ledger.foreignRecords} records come of nothing that was published here; they are not counted`);
  if (ledger.gap === 0) {
    print(colours.green('nothing is lost'));
    return;
  }
  print(colours.red('\nhandled, and nothing came of it:'));
  for (const { uri, origin, stage } of ledger.lost)
    print(`  ${stage.padEnd(10)} ${oneLine(uri ?? '(no uri)', 200)}  ${colours.dim(origin)}`);
  if (ledger.gap > ledger.lost.length) print(`  and ${ledger.gap - ledger.lost.length} more`);
}
