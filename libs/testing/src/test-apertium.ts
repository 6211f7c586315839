import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findFreePort } from '@wirefold/engines';
import { eventually } from './eventually.ts';

const MODES = '/usr/share/apertium/modes';

/** A real Apertium, and how to end it. */
export interface TestApertium {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Whether there is one: that of APERTIUM_URL, else an installed one (Debian: apertium-apy, apertium-eng-spa). */
export const hasApertium = (): boolean =>
  Boolean(process.env['APERTIUM_URL']) ||
  (installedCommand() !== undefined && existsSync(join(MODES, 'spa-eng.mode')));

const installedCommand = (): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'apertium-apy'))
    .find((path) => existsSync(path));

/**
 * Gives a real Apertium that translates from Spanish to English.
 *
 * @throws Error where there is none, see {@link hasApertium}
 */
export async function testApertium(): Promise<TestApertium> {
  const given = process.env['APERTIUM_URL'];
  if (given) return { url: given, stop: () => Promise.resolve() };
  const command = installedCommand();
  if (command === undefined) throw new Error('no apertium-apy in the PATH, and no APERTIUM_URL');
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(command, ['-p', String(port), MODES], { stdio: 'ignore' });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill();
    await exited;
  };
  try {
    await eventually('Apertium answers', async () => (await fetch(`${url}/listPairs`)).ok || undefined);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}
