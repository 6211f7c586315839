import { describeEnvironment } from '@wirefold/pipeline';
import { Command } from 'commander';
import { applyCommands } from './commands/apply.ts';
import { demoCommand } from './commands/demo.ts';
import { publishCommand } from './commands/publish.ts';
import { searchCommand } from './commands/search.ts';
import { statusCommand } from './commands/status.ts';
import { traceCommand } from './commands/trace.ts';
import { tryCommand } from './commands/try.ts';
import { upCommand } from './commands/up.ts';
import { cliEnvironment } from './connection.ts';

/** The command line of Wirefold. */
export function createProgram(): Command {
  const program = new Command('wirefold')
    .description('An event-driven news pipeline: scraped articles in, searchable stories out')
    .showHelpAfterError()
    .addHelpText(
      'after',
      `\nEnvironment:\n${environmentHelp()}\n\nEach service lists its own: npm start -w services/clean -- --help`,
    );
  upCommand(program);
  demoCommand(program);
  publishCommand(program);
  statusCommand(program);
  traceCommand(program);
  searchCommand(program);
  tryCommand(program);
  applyCommands(program);
  return program;
}

const environmentHelp = (): string =>
  describeEnvironment(cliEnvironment)
    .map(
      ({ name, description, default: value }) =>
        `  ${name.padEnd(26)} ${description}${value === undefined ? '' : ` (default ${value})`}`,
    )
    .join('\n');
