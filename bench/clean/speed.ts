import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { processSettings } from '@wirefold/pipeline';

export interface Speed {
  /** By the clock: other work on the machine is in it. */
  readonly pagesPerSecond: number;
  /** By the CPU time of all threads of the process, those of the garbage collector and the compilers, too. */
  readonly pagesPerCpuSecond: number;
  readonly peakRssMiB: number;
}

/** The smallest heap that the service accepts for a thread: left to itself V8 takes what the machine has. */
const HEAP = '--max-old-space-size=192';

/** Cleans the pages in one thread of a process of its own, which has nothing else in its memory, set up as a service is. */
export async function measureSpeed(part: number | undefined): Promise<Speed> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...process.execArgv,
      HEAP,
      join(import.meta.dirname, 'timed-pages.ts'),
      ...(part === undefined ? [] : [String(part)]),
    ],
    { env: { ...process.env, ...processSettings } },
  );
  return JSON.parse(stdout) as Speed;
}
