import { open, stat } from 'node:fs/promises';

const LONGEST_BYTES = 512 * 1024;
const PROBLEM = /\b(?:ERROR|FATAL)\b|Exception\b|^(?:Caused by|Error|# )/;

/** How long a log file is, bytes; 0 when there is none. */
export async function logLength(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

/** What was logged after `offset`, bytes; of a long log the end. Empty when there is none. */
export async function logSince(file: string, offset: number): Promise<string> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return '';
  try {
    const { size } = await handle.stat();
    const length = Math.min(Math.max(0, size - offset), LONGEST_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8', 0, bytesRead).trimEnd();
  } finally {
    await handle.close();
  }
}

/** The part of a log to show in an error: the first lines that tell of a problem, and the last lines. */
export function logExcerpt(log: string, options: { problems?: number; last?: number } = {}): string {
  const { problems = 5, last = 20 } = options;
  const lines = log.split('\n');
  const end = lines.slice(-last);
  const first = lines.slice(0, -last).filter((line) => PROBLEM.test(line));
  return [...first.slice(0, problems), ...(first.length > 0 ? ['…'] : []), ...end].join('\n');
}
