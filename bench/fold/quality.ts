/** Measures what folding makes one story, two textbook ways beside it. How to read it: bench/README.md. */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { repositoryRoot, startBenchEngines } from '../shared/bench-engines.ts';
import { describeMachine } from '../shared/machine.ts';
import { interruptSignal, print, progress, wholeNumberOption, writeJson } from '../shared/terminal.ts';
import { foldRedis } from './fold-run.ts';
import { measureFoldQuality } from './measure-quality.ts';
import { hasGeneratedSet, parts, type Part } from './quality-data.ts';
import { renderFoldQuality } from './quality-summary.ts';

const HELP = `npm run quality:fold -- [options]

Folds the generated set in ../shared/data (skipped where it is absent) and the project's own pairs by the services' own code, on a Redis
of its own, in the order of \`published\`; SimHash64 (h ≤ 3) and MinHash-LSH (J ≥ .5) beside it in the same run.

  --part NAME     of the generated set only the half named: tuned, which thresholds were chosen on, or other
  --shuffles N    other orders of arrival (5)
  --json FILE     writes everything as JSON; - for standard output
  --help

Exit code: 0 measured, 1 something failed.
`;

const MOST_SHUFFLES = 100;

const { values } = parseArgs({
  options: {
    part: { type: 'string' },
    shuffles: { type: 'string', default: '5' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function partOption(text: string | undefined): Part | undefined {
  if (text === undefined) return undefined;
  const part = parts.find((one) => one === text);
  if (part === undefined) throw new RangeError(`--part ${text}: expected ${parts.join(' or ')}`);
  return part;
}

async function run(): Promise<void> {
  process.chdir(repositoryRoot);
  const part = partOption(values.part);
  const shuffles = wholeNumberOption('shuffles', values.shuffles, 0, MOST_SHUFFLES);
  const machine = describeMachine();
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  if (!hasGeneratedSet())
    progress(
      'skipped: ../shared/data/quality/dedupe.jsonl is not there; its licences forbid it in the project',
    );
  const signal = interruptSignal();
  const engines = await startBenchEngines('fold-quality', ['redis'], signal);
  const redis = await foldRedis(engines.redisUrl);
  try {
    const report = await measureFoldQuality(redis, { shuffles, signal, ...(part !== undefined && { part }) });
    if (values.json !== '-') print(renderFoldQuality(report));
    const command = ['npm run quality:fold --', ...process.argv.slice(2)].join(' ');
    if (values.json !== undefined) await writeJson(values.json, { command, commit, machine, ...report });
  } finally {
    redis.client.disconnect();
    await engines.stop();
  }
}

if (values.help) print(HELP);
else
  await run().catch((error: unknown) => {
    progress(`quality:fold failed: ${(error as Error).stack ?? String(error)}`);
    process.exitCode = 1;
  });
