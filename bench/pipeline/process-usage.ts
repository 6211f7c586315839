import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What a process used since it began. */
export interface ProcessUsage {
  readonly cpuSeconds: number;
  readonly rssMiB: number;
}

/**
 * What a service says about its process in its metrics.
 *
 * @throws Error where it does not answer or lacks them
 */
export async function serviceUsage(url: string): Promise<ProcessUsage> {
  const response = await fetch(`${url}/metrics`);
  if (!response.ok) throw new Error(`${url}/metrics answered ${response.status}`);
  const text = await response.text();
  const value = (name: string): number => {
    const line = text.split('\n').find((one) => one.startsWith(name) && /^[{ ]/.test(one.slice(name.length)));
    if (line === undefined) throw new Error(`${url}/metrics has no ${name}`);
    return Number(line.slice(line.lastIndexOf(' ') + 1));
  };
  return {
    cpuSeconds: value('process_cpu_seconds_total'),
    rssMiB: value('process_resident_memory_bytes') / 2 ** 20,
  };
}

/** What another process used, where the system tells it (Linux); undefined elsewhere. */
export async function foreignUsage(pid: number): Promise<ProcessUsage | undefined> {
  try {
    const [stat, status, ticks] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/status`, 'utf8'),
      clockTicks(),
    ]);
    // Fields 14 and 15 of proc(5); the name in field 2 may hold spaces, so they are counted from behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / ticks;
    const rssKiB = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    return { cpuSeconds, rssMiB: rssKiB / 1024 };
  } catch {
    return undefined;
  }
}

async function clockTicks(): Promise<number> {
  const { stdout } = await promisify(execFile)('getconf', ['CLK_TCK']);
  return Number(stdout);
}
