import Table from 'cli-table3';
import type { Command } from 'commander';
import { outcomes } from '@wirefold/contracts';
import { connectKafka, readConfig } from '../connection.ts';
import { pipelineStatus, type PipelineStatus } from '../pipeline-status.ts';
import { colours, print, printJson } from '../terminal.ts';

const WATCH_MS = 1000;

export function statusCommand(program: Command): void {
  program
    .command('status')
    .description('lag and rate of each stage, and how the published messages ended')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const config = readConfig(process.env);
      const status = await pipelineStatus(connectKafka(config), config.CONSUMER_GROUP_PREFIX, WATCH_MS);
      if (json) printJson(status);
      else printStatus(status);
    });
}

/** The status as a table and a line. */
export function printStatus(status: PipelineStatus): void {
  const table = new Table({
    head: ['stage', 'lag', 'a second', 'dead letters'],
    colAligns: ['left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { stage, lag, perSecond, deadLetters } of status.stages)
    table.push([stage, lag, perSecond, deadLetters]);
  print(table.toString());
  const ended = outcomes.map((outcome) => `${status.outcomes[outcome]} ${outcome}`).join(', ');
  print(`${colours.bold(`${status.published} published`)}: ${ended}, ${status.underway} on the way`);
}
