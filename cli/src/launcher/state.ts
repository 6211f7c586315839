import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { EngineAddresses } from '@wirefold/engines';

/** Where a running launcher leaves its addresses for the other commands. */
export const stateFile = (root: string): string => join(root, '.local/run/running.json');

/** Says where the engines are; removed when the launcher ends. */
export function writeState(root: string, addresses: EngineAddresses): void {
  const file = stateFile(root);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ pid: process.pid, ...addresses })}\n`);
}

export const removeState = (root: string): void => rmSync(stateFile(root), { force: true });
