// `npm run check`: format, lint, types, import directions, generated documents, unit tests. Every step runs, also when
// one before it failed; each says how long it took.
import { spawnSync } from 'node:child_process';

const steps = [
  ['format', 'biome', 'format', '.'],
  ['lint', 'oxlint', '--type-aware', '--deny-warnings', '.'],
  ['types', 'tsc', '-p', 'tsconfig.tests.json'],
  [
    'imports',
    'depcruise',
    '--config',
    '.dependency-cruiser.mjs',
    '--output-type',
    'err',
    'libs',
    'services',
    'cli',
    'tests',
    'bench',
  ],
  ['contracts', 'node', 'libs/contracts/generate.mjs', '--check'],
  ['documents', 'node', 'infra/documents.ts', '--check'],
  [
    'unit tests',
    'node',
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    'unit',
    '--silent',
  ],
];

const failed = [];
for (const [name, command, ...parameters] of steps) {
  const startedAt = performance.now();
  const { status } = spawnSync(command, parameters, { stdio: ['ignore', 'inherit', 'inherit'] });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) {
  process.stdout.write(`check failed: ${failed.join(', ')}\n`);
  process.exit(1);
}
