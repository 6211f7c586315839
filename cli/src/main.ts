import { EnginesUnavailable, EngineStartFailed } from '@wirefold/engines';
import { ConfigurationError } from '@wirefold/pipeline';
import { createProgram } from './program.ts';
import { InvalidInput } from './publish/read-input.ts';
import { say } from './terminal.ts';

/** What went wrong by the user's or the machine's doing: its message says it all. */
const EXPECTED = [ConfigurationError, InvalidInput, EnginesUnavailable, EngineStartFailed];

try {
  await createProgram().parseAsync();
} catch (error) {
  const expected = EXPECTED.some((kind) => error instanceof kind) || process.env['LOG_LEVEL'] !== 'debug';
  say(
    `wirefold: ${expected && error instanceof Error ? error.message : String((error as Error).stack ?? error)}`,
  );
  process.exitCode = 1;
}
// What is still open (a client's timers) must not keep a finished command from ending.
process.exit();
