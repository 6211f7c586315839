import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { processIdentity } from './process-identity.ts';
import { startSupervised } from './supervised-process.ts';

describe('a supervised process', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wirefold-supervised-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const start = (script: string, graceS = 5) =>
    startSupervised({
      command: '/bin/sh',
      arguments: ['-c', script],
      environment: process.env,
      workingDirectory: folder,
      logFile: join(folder, 'log'),
      graceS,
    });

  /** Runs `prelude`, then loops for ever; resolves once the prelude has been run. */
  async function startReady(prelude: string, graceS?: number) {
    const token = randomUUID();
    const program = await start(`${prelude}; echo ${token}; while :; do sleep 0.05; done`, graceS);
    while (!(await readFile(join(folder, 'log'), 'utf8')).includes(token)) await delay(10);
    return program;
  }

  it('has the process id of the program, its exit code, and its output in the log', async () => {
    const program = await start('echo "pid $$"; exit 7');
    expect(await program.exited).toBe(7);
    expect(await readFile(join(folder, 'log'), 'utf8')).toContain(`pid ${program.pid}`);
  });

  it('reports a program that cannot be run by exit code 127', async () => {
    const program = await startSupervised({
      command: join(folder, 'nothing'),
      arguments: [],
      environment: process.env,
      workingDirectory: folder,
      logFile: join(folder, 'log'),
      graceS: 1,
    });
    expect(await program.exited).toBe(127);
  });

  it('is stopped in order by SIGTERM', async () => {
    const program = await startReady('trap "exit 3" TERM');
    await program.stop();
    expect(program.exitCode).toBe(3);
  });

  it('is killed when it does not heed SIGTERM within the grace time', async () => {
    const program = await startReady('trap "" TERM', 1);
    await program.stop();
    expect(program.exitCode).toBe(137);
    expect(await processIdentity(program.pid)).toBeUndefined();
  });

  it('is stopped even while it is suspended', async () => {
    const program = await start('exec sleep 600');
    program.kill('SIGSTOP');
    await program.stop();
    expect(await processIdentity(program.pid)).toBeUndefined();
  });
});
