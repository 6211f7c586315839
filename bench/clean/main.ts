/** Measures clean on the open quality sets, trafilatura beside it. How to read it: bench/README.md. */
import { execFileSync } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '../shared/bench-engines.ts';
import { describeMachine } from '../shared/machine.ts';
import { print, progress, writeJson } from '../shared/terminal.ts';
import { measureClean, type CleanReport } from './measure.ts';
import { hasQualityData, qualityFolder } from './quality-data.ts';
import { renderClean } from './summary.ts';

const HELP = `npm run quality:clean -- [options]

Measures clean on the open halves of the quality sets in ../shared/data: stories out of pages, residue out of texts, languages.
Pages are extracted by trafilatura (PyPI, installed under .local once), too, for a comparison in the same run.

  --part N        of the open halves only every second row: 1 to tune on, 2 to report; all rows, if not given
  --no-peer       without trafilatura
  --pages         also each page with its F1, the worst first
  --json FILE     writes everything as JSON; - for standard output
  --keep          adds the figures to bench/results/clean.jsonl
  --help

Exit code: 0 measured, 1 something failed.
`;

const HISTORY = 'bench/results/clean.jsonl';

const { values } = parseArgs({
  options: {
    part: { type: 'string' },
    'no-peer': { type: 'boolean', default: false },
    pages: { type: 'boolean', default: false },
    json: { type: 'string' },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** The figures without what each page had. */
function summaryOf({ pages: _pages, ...figures }: CleanReport) {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  return { commit, machine: describeMachine(), ...figures };
}

async function run(): Promise<void> {
  process.chdir(repositoryRoot);
  if (!hasQualityData()) {
    progress(`skipped: ${qualityFolder} is not there; its licences forbid it in the project`);
    return;
  }
  if (values.part !== undefined && !['1', '2'].includes(values.part))
    throw new RangeError(`--part ${values.part}: expected 1 or 2`);
  const part = values.part === undefined ? undefined : Number(values.part);
  const report = await measureClean({ part, withPeer: !values['no-peer'] });
  if (values.json !== '-') print(renderClean(report, values.pages));
  if (values.json !== undefined) await writeJson(values.json, { ...summaryOf(report), pages: report.pages });
  if (values.keep) await appendFile(HISTORY, `${JSON.stringify(summaryOf(report))}\n`);
}

if (values.help) print(HELP);
else
  await run().catch((error: unknown) => {
    progress(`quality:clean failed: ${(error as Error).stack ?? String(error)}`);
    process.exitCode = 1;
  });
