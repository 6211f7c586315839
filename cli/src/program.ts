import type { EnvironmentVariable } from '@wirefold/pipeline';
import { Command } from 'commander';
import { applyCommands } from './commands/apply.ts';
import { demoCommand } from './commands/demo.ts';
import { dlqCommands } from './commands/dlq.ts';
import { ledgerCommand } from './commands/ledger.ts';
import { publishCommand } from './commands/publish.ts';
import { searchCommand } from './commands/search.ts';
import { statusCommand } from './commands/status.ts';
import { traceCommand } from './commands/trace.ts';
import { tryCommand } from './commands/try.ts';
import { upCommand } from './commands/up.ts';
import { environments } from './environments.ts';
import { print } from './terminal.ts';

/** The command line of Wirefold. */
export function createProgram(): Command {
  const program = new Command('wirefold')
    .description('An event-driven news pipeline: scraped articles in, searchable stories out')
    .showHelpAfterError()
    .addHelpText('after', '\nEvery variable of the environment: wirefold environment');
  upCommand(program);
  demoCommand(program);
  publishCommand(program);
  statusCommand(program);
  traceCommand(program);
  dlqCommands(program);
  ledgerCommand(program);
  searchCommand(program);
  tryCommand(program);
  applyCommands(program);
  program
    .command('environment')
    .description('list every variable of the environment: of the command line and of each service')
    .action(() => print(environmentHelp()));
  return program;
}

const environmentHelp = (): string =>
  environments
    .map(({ reader, variables }) => `${reader}:\n${variables.map(variableHelp).join('\n')}`)
    .join('\n\n');

const variableHelp = ({ name, description, default: value, required }: EnvironmentVariable): string => {
  const given = required ? ' (required)' : value === undefined ? '' : ` (default ${value})`;
  return `  ${name.padEnd(32)} ${description}${given}`;
};
