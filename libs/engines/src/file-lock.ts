import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processIdentity } from './process-identity.ts';

/** Who holds a lock file. */
export interface LockOwner {
  pid: number;
  identity: string;
}

export interface FileLock {
  release(): Promise<void>;
}

const POLL_MS = 250;
const GUARD_POLL_MS = 20;
const GUARD_EXPIRES_MS = 10_000;

/**
 * Takes a lock file; gives the owner instead when a running process holds it. A lock whose process no longer runs is
 * taken over.
 */
export async function tryFileLock(file: string): Promise<{ lock: FileLock } | { owner: LockOwner }> {
  await mkdir(dirname(file), { recursive: true });
  const identity = (await processIdentity(process.pid)) ?? String(process.pid);
  const mine = JSON.stringify({ pid: process.pid, identity, token: randomUUID() });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, mine);
  try {
    for (;;) {
      // A hard link appears with its content, or fails: nobody sees a lock without its owner.
      const taken = await link(draft, file).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'EEXIST') return false;
          throw error;
        },
      );
      if (taken) return { lock: { release: () => release(file, mine) } };
      const theirs = await readFile(file, 'utf8').catch(() => undefined);
      if (theirs === undefined) continue;
      const owner = parseOwner(theirs);
      if (owner !== undefined && (await processIdentity(owner.pid)) === owner.identity) return { owner };
      await removeStale(file, theirs);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/** Takes a lock file, waiting for as long as running processes hold it. */
export async function waitForFileLock(
  file: string,
  options: { onWait(owner: LockOwner): void; signal?: AbortSignal | undefined },
): Promise<FileLock> {
  for (let told = false; ; told = true) {
    options.signal?.throwIfAborted();
    const result = await tryFileLock(file);
    if ('lock' in result) return result.lock;
    if (!told) options.onWait(result.owner);
    await delay(POLL_MS);
  }
}

async function release(file: string, mine: string): Promise<void> {
  if ((await readFile(file, 'utf8').catch(() => undefined)) === mine) await rm(file, { force: true });
}

/*
 * Between reading a stale lock and removing it, another process may have removed it and locked anew. So only one at a
 * time removes, under a guard, and looks again first. A guard that was left behind by a crash expires.
 */
async function removeStale(file: string, stale: string): Promise<void> {
  const guard = `${file}.guard`;
  if (!(await succeeds(mkdir(guard)))) {
    const { mtimeMs } = await stat(guard).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > GUARD_EXPIRES_MS) await succeeds(rmdir(guard));
    await delay(GUARD_POLL_MS);
    return;
  }
  try {
    if ((await readFile(file, 'utf8').catch(() => undefined)) === stale) await rm(file, { force: true });
  } finally {
    await succeeds(rmdir(guard));
  }
}

function succeeds(operation: Promise<unknown>): Promise<boolean> {
  return operation.then(
    () => true,
    () => false,
  );
}

function parseOwner(text: string): LockOwner | undefined {
  try {
    const { pid, identity } = JSON.parse(text) as Partial<LockOwner>;
    return Number.isInteger(pid) && typeof identity === 'string'
      ? { pid: pid as number, identity }
      : undefined;
  } catch {
    return undefined;
  }
}
