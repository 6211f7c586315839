import { stderr, stdout } from 'node:process';
import cliProgress from 'cli-progress';
import colours from 'picocolors';

/** Results go to standard output; what is said on the way goes to standard error. */
export const say = (text: string): void => void stderr.write(`${text}\n`);
export const print = (text: string): void => void stdout.write(`${text}\n`);
export const printJson = (value: unknown): void =>
  print(JSON.stringify(value, undefined, stdout.isTTY ? 2 : 0));

export { colours };

/** A progress bar on a terminal; elsewhere a line now and then. */
export interface Progress {
  readonly update: (done: number) => void;
  readonly stop: () => void;
}

const LINE_EVERY_MS = 5000;

export function startProgress(what: string, total: number): Progress {
  if (!stderr.isTTY) {
    let saidAt = Date.now();
    return {
      update: (done) => {
        if (Date.now() - saidAt < LINE_EVERY_MS) return;
        saidAt = Date.now();
        say(`${what}: ${done} of ${total}`);
      },
      stop: () => undefined,
    };
  }
  const bar = new cliProgress.SingleBar(
    { format: `${what} {bar} {value}/{total} {duration_formatted}`, stream: stderr, hideCursor: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}

/** Text of a story for one line of a terminal: control characters would be commands to it. */
export const oneLine = (text: string, characters: number): string => {
  const clean = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return clean.length <= characters ? clean : `${clean.slice(0, characters - 1)}…`;
};

/** Text of many lines for a terminal: control characters are written out, line breaks stay. */
export const terminalSafe = (text: string): string =>
  text.replaceAll(/(?!\n)[\p{Cc}\p{Cf}]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
    return character === '\t' ? '  ' : `\\u{${code}}`;
  });
