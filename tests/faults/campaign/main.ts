/** The long fault campaign, by hand; a short one runs in `npm test` (mix.test.ts). */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@wirefold/testing';
import { describeMachine } from '../../../bench/shared/machine.ts';
import {
  interruptSignal,
  print,
  progress,
  wholeNumberOption,
  writeJson,
} from '../../../bench/shared/terminal.ts';
import { monitorProgress } from './progress-monitor.ts';
import { runFaults, type RunReport } from './run.ts';
import { renderCampaign, summariseCampaign } from './summary.ts';
import { startWorld } from './world.ts';

const HELP = `npm run faults -- [options]

Publishes stories (new, repeated, copied, versions in any order, poison) while faults strike: processes are killed and frozen,
brokers and stores die, hang and refuse. After each run the books are checked: every published message has exactly one outcome,
the index has exactly the expected documents at their newest version, and only poison is dead. Engines and services are its own.

  --runs N       runs, each with a seed of its own (10)
  --seed N       seed of the first run (1)
  --stories N    messages of a run (10000)
  --faults N     faults of a run (3)
  --seconds N    time over which the stories of a run are published (12)
  --json FILE    writes every run as JSON; - for standard output
  --help

Exit code: 0 every promise was kept in every run, 1 otherwise. A run that broke one is written to .local/faults.
`;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    stories: { type: 'string', default: '10000' },
    faults: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '12' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

async function campaign(signal: AbortSignal): Promise<number> {
  const runs = wholeNumberOption('runs', values.runs, 1, 100_000);
  const firstSeed = wholeNumberOption('seed', values.seed, 0, 2 ** 31);
  const stories = wholeNumberOption('stories', values.stories, 10, 10_000_000);
  const faults = wholeNumberOption('faults', values.faults, 0, 100);
  const publishMs = wholeNumberOption('seconds', values.seconds, 1, 86_400) * 1000;
  const machine = describeMachine();
  progress('starting engines and services');
  const world = await startWorld();
  const reports: RunReport[] = [];
  try {
    const monitor = monitorProgress(world.kafka, world.groupPrefix);
    for (let seed = firstSeed; seed < firstSeed + runs && !signal.aborted; seed += 1) {
      progress(`run ${reports.length + 1} of ${runs}, seed ${seed}`);
      const onProgress = (text: string) => progress(`  ${text}`);
      const report = await runFaults({ world, monitor, seed, stories, faults, publishMs, onProgress });
      reports.push(report);
      progress(
        `  ${report.published} published, ${report.seconds.toFixed(0)} s, ${report.violations.length} violations`,
      );
      if (report.violations.length > 0) await keep(report);
      if (values.json !== undefined && values.json !== '-')
        await writeJson(values.json, result(machine, reports));
    }
  } finally {
    await world.stop();
  }
  if (values.json === '-') await writeJson('-', result(machine, reports));
  else print(renderCampaign(summariseCampaign(reports)));
  return reports.some(({ violations }) => violations.length > 0) || reports.length < runs ? 1 : 0;
}

const result = (machine: ReturnType<typeof describeMachine>, runs: readonly RunReport[]) => ({
  bench: 'faults',
  machine,
  settings: { ...values, json: undefined },
  summary: summariseCampaign(runs),
  runs,
});

async function keep(report: RunReport): Promise<void> {
  const directory = join(repositoryRoot, '.local/faults');
  await mkdir(directory, { recursive: true });
  const file = join(directory, `seed-${report.seed}.json`);
  await writeFile(file, JSON.stringify(report, undefined, 2));
  progress(`  ${file}`);
}

if (values.help) {
  print(HELP);
  process.exit(0);
}
try {
  process.exit(await campaign(interruptSignal()));
} catch (error) {
  progress(`faults: ${(error as Error).stack ?? String(error)}`);
  process.exit(1);
}
