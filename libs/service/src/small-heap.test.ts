import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

/** Brings garbage that lives for a moment, as a backlog does, and says how large the heap became. */
const BACKLOG = `
  let kept = [];
  let mostMiB = 0;
  for (let number = 0; number < 5e6; number += 1) {
    kept.push({ number, list: [number] });
    if (kept.length > 5e4) {
      kept = [];
      mostMiB = Math.max(mostMiB, process.memoryUsage().heapTotal / 2 ** 20);
    }
  }
  console.log(Math.round(mostMiB));
`;

async function heapOfBacklogMiB(...imports: string[]): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [...imports, '--eval', BACKLOG], {
    env: {},
  });
  return Number(stdout);
}

describe('a small heap', () => {
  it('stays a fraction of what V8 would take by itself', async () => {
    const byItselfMiB = await heapOfBacklogMiB();
    const smallMiB = await heapOfBacklogMiB('--import', join(import.meta.dirname, 'small-heap.ts'));
    expect(smallMiB).toBeLessThan(64);
    expect(smallMiB).toBeLessThan(byItselfMiB / 2);
  }, 60_000);
});
