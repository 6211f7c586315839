import { writeFile } from 'node:fs/promises';

/** What goes on, on standard error: standard output has only the result. */
export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes a result as JSON; `-` is standard output. */
export async function writeJson(path: string, result: object): Promise<void> {
  const text = `${JSON.stringify(result, undefined, 2)}\n`;
  if (path === '-') process.stdout.write(text);
  else await writeFile(path, text);
}

/** A table in Markdown; all columns but the first are numbers. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) =>
    Math.max(head.length, 3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${widths
      .map((width, column) =>
        column === 0 ? (cells[column] ?? '').padEnd(width) : (cells[column] ?? '').padStart(width),
      )
      .join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(heads), rule, ...rows.map(line)].join('\n');
}

/** Aborted by the first Ctrl-C or SIGTERM; the second ends the process at once. */
export function interruptSignal(): AbortSignal {
  const aborter = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (aborter.signal.aborted) process.exit(130);
      progress('stopping …');
      aborter.abort(new Error(`stopped by ${signal}`));
    });
  }
  return aborter.signal;
}

/**
 * A whole number of the command line.
 *
 * @throws RangeError with the option's name
 */
export function wholeNumberOption(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max)
    throw new RangeError(`--${name} ${text}: expected a whole number from ${min} to ${max}`);
  return value;
}
