import { rejectReason, stageNames, type StageName } from '@wirefold/contracts';
import { Option, type Command } from 'commander';
import { letterStatuses, type DeadLetter } from '../dead-letters/fold-letters.ts';
import { parseLetterId, parseMoment, type LetterFilter } from '../dead-letters/select-letters.ts';
import { InvalidInput } from '../publish/read-input.ts';
import { oneLine, print, printJson } from '../terminal.ts';

/** Options by which every command of the group selects letters. */
export interface FilterOptions {
  readonly stage?: StageName;
  readonly reason?: string;
  readonly since?: string;
  readonly until?: string;
  readonly uri?: string;
  readonly max?: string;
}

/** Adds the options of {@link FilterOptions} to a command. */
export const filtered = (command: Command): Command =>
  command
    .addOption(new Option('--stage <stage>', 'only what this stage gave up').choices(stageNames))
    .addOption(
      new Option('--reason <reason>', 'only what was given up for this reason').choices(rejectReason.options),
    )
    .option('--since <time>', 'only what was given up since: ISO 8601, or a span such as 2h, 30m, 7d')
    .option('--until <time>', 'only what was given up before')
    .option('--uri <uri>', 'only messages of this article')
    .option('--max <count>', 'so many at most, the oldest');

/** The option that says what must have become of a letter. */
export const statusOption = (): Option =>
  new Option('--status <status>', 'only letters about which this was done')
    .choices([...letterStatuses, 'all'])
    .default('waiting');

/** @throws InvalidInput */
export function letterFilter(options: FilterOptions, nowMs = Date.now()): LetterFilter {
  const { stage, reason, since, until, uri, max } = options;
  return {
    ...(stage === undefined ? {} : { stage }),
    ...(reason === undefined ? {} : { reason }),
    ...(uri === undefined ? {} : { uri }),
    ...(since === undefined ? {} : { sinceMs: parseMoment('--since', since, nowMs) }),
    ...(until === undefined ? {} : { untilMs: parseMoment('--until', until, nowMs) }),
    ...(max === undefined ? {} : { max: wholeNumberOption('--max', max, 1, Number.MAX_SAFE_INTEGER) }),
  };
}

/** @throws InvalidInput */
export function wholeNumberOption(option: string, text: string, from: number, to: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= from && number <= to) return number;
  const range = to === Number.MAX_SAFE_INTEGER ? `${from} or more` : `${from} to ${to}`;
  throw new InvalidInput(`${option} ${text}: expected a whole number, ${range}`);
}

/** A letter for a script. */
export const letterJson = ({ unmarked: _unmarked, ...letter }: DeadLetter): object => letter;

/**
 * Refuses a call that names nothing, and one that names all and something.
 *
 * @throws InvalidInput
 */
export function requireSelection(
  ids: readonly string[],
  options: FilterOptions & { readonly all?: boolean },
): void {
  const { stage, reason, since, until, uri, all } = options;
  const isNamed = ids.length > 0 || [stage, reason, since, until, uri].some((one) => one !== undefined);
  if (!isNamed && !all) throw new InvalidInput('which letters? Give ids or a filter, or --all');
  for (const id of ids) parseLetterId(id);
}

/** @throws InvalidInput that names the ids of no letter */
export function requireKnown(ids: readonly string[], letters: readonly DeadLetter[]): void {
  const known = new Set(letters.flatMap((letter) => letter.ids));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) throw new InvalidInput(`there is no such dead letter: ${unknown.join(', ')}`);
}

/** Says of a letter what was done about it. */
export function sayDone(
  done: string,
  letter: DeadLetter,
  json: boolean | undefined,
  more: object = {},
): void {
  if (json) printJson({ id: letter.id, uri: letter.uri, done, ...more });
  else print(`${done} ${letter.id}  ${oneLine(letter.uri ?? '', 80)}`);
}
