import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tryFileLock, waitForFileLock } from './file-lock.ts';
import { processIdentity } from './process-identity.ts';

describe('a file lock', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wirefold-lock-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is held by one at a time, and names its owner', async () => {
    const file = join(folder, 'one');
    const attempts = await Promise.all(Array.from({ length: 10 }, () => tryFileLock(file)));
    const taken = attempts.flatMap((attempt) => ('lock' in attempt ? [attempt.lock] : []));
    expect(taken).toHaveLength(1);
    const refused = attempts.flatMap((attempt) => ('owner' in attempt ? [attempt.owner.pid] : []));
    expect(refused).toEqual(Array.from({ length: 9 }, () => process.pid));
    await taken[0]?.release();
    expect(await tryFileLock(file)).toHaveProperty('lock');
  });

  it('is waited for', async () => {
    const file = join(folder, 'two');
    const first = await waitForFileLock(file, { onWait: () => undefined });
    const waits: number[] = [];
    const second = waitForFileLock(file, { onWait: ({ pid }) => waits.push(pid) });
    setTimeout(() => void first.release(), 100);
    await (await second).release();
    expect(waits).toEqual([process.pid]);
  });

  it('is taken over from a process that no longer runs, by one of many', async () => {
    const file = join(folder, 'three');
    const identity = await processIdentity(process.pid);
    // The process id of a running process, but of another one that had it before.
    await writeFile(file, JSON.stringify({ pid: process.pid, identity: `${identity}0` }));
    const attempts = await Promise.all(Array.from({ length: 10 }, () => tryFileLock(file)));
    expect(attempts.filter((attempt) => 'lock' in attempt)).toHaveLength(1);
    expect((await readdir(folder)).filter((name) => name.startsWith('three'))).toEqual(['three']);
  });

  it('is taken over when its file is damaged', async () => {
    const file = join(folder, 'four');
    await writeFile(file, '{"pid":');
    expect(await tryFileLock(file)).toHaveProperty('lock');
  });
});
