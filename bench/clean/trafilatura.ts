import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { repositoryRoot } from '../shared/bench-engines.ts';
import { progress } from '../shared/terminal.ts';
import type { GoldPage } from './quality-data.ts';
import type { Speed } from './speed.ts';

export const TRAFILATURA_VERSION = '2.3.1';

export interface PeerResult {
  readonly version: string;
  /** By the name of the mode. */
  readonly modes: Readonly<
    Record<string, { readonly speed: Speed; readonly texts: Readonly<Record<string, string>> }>
  >;
}

const environment = join(repositoryRoot, '.local/bench', `trafilatura-${TRAFILATURA_VERSION}`);
const python = join(environment, 'bin/python');

/** Installs trafilatura into an environment of its own under .local, once. @throws Error without Python 3 or its registry */
async function install(): Promise<void> {
  if (existsSync(join(environment, 'installed'))) return;
  progress(`installing trafilatura ${TRAFILATURA_VERSION} into ${environment} (once)`);
  const run = promisify(execFile);
  await run('python3', ['-m', 'venv', '--clear', environment]);
  await run(python, [
    '-m',
    'pip',
    'install',
    '--quiet',
    `trafilatura==${TRAFILATURA_VERSION}`,
    'lxml_html_clean',
  ]);
  await run('touch', [join(environment, 'installed')]);
}

/** What trafilatura finds in the pages in each of its modes, by the page's id, and how fast. */
export async function runTrafilatura(pages: readonly GoldPage[]): Promise<PeerResult> {
  await install();
  const child = spawn(python, [join(import.meta.dirname, 'peer.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // Where it ends before it has read all, its exit code says so.
  child.stdin.on('error', () => undefined);
  child.stdin.end(pages.map(({ id, html }) => JSON.stringify({ id, html })).join('\n'));
  const exited = new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  const answer = await text(child.stdout);
  if ((await exited) !== 0) throw new Error('trafilatura failed; what it said is above');
  return JSON.parse(answer) as PeerResult;
}
