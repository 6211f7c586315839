/** Lets the whole pipeline run under a steady load and watches its memory. How to read it: bench/README.md. */
import { parseArgs } from 'node:util';
import { repositoryRoot, startBenchEngines } from '../shared/bench-engines.ts';
import { describeMachine } from '../shared/machine.ts';
import { interruptSignal, print, progress, wholeNumberOption, writeJson } from '../shared/terminal.ts';
import { startPipeline, type RunningPipeline } from '../pipeline/running-pipeline.ts';
import { soak } from './soak.ts';
import { missedBars, renderSoak } from './summary.ts';

const HELP = `node bench/soak/main.ts [options]

Lets the whole pipeline run on embedded engines of its own under a steady load of mixed messages (articles of 300 characters
to 200,000, web pages, repeats, newer and older versions, bad messages) and watches the memory of each service.

  --minutes N          minutes of load (30); fractions are allowed
  --warm-up-minutes N  of these, not counted (5)
  --rate N             messages a second (50)
  --html N             percent of the articles that are web pages (25)
  --timeout N          seconds to wait for the last outcomes (300)
  --json FILE          writes everything that was measured as JSON; - for standard output
  --help

Exit code: 0 all bars are met, 1 one is missed or something failed.
`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '30' },
      'warm-up-minutes': { type: 'string', default: '5' },
      rate: { type: 'string', default: '50' },
      html: { type: 'string', default: '25' },
      timeout: { type: 'string', default: '300' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const minutes = minutesOption('minutes', values.minutes);
  const warmUpMinutes = minutesOption('warm-up-minutes', values['warm-up-minutes']);
  // Each window needs samples, one of which comes every ten seconds.
  if (minutes < warmUpMinutes + 1)
    throw new RangeError(
      `--minutes ${minutes}: expected at least one more than the warm-up's ${warmUpMinutes}`,
    );
  return {
    json: values.json,
    help: values.help,
    minutes,
    warmUpMinutes,
    rate: wholeNumberOption('rate', values.rate, 1, 10_000),
    htmlPercent: wholeNumberOption('html', values.html, 0, 100),
    timeoutMs: wholeNumberOption('timeout', values.timeout, 1, 86_400) * 1000,
  };
}

function minutesOption(name: string, text: string): number {
  const value = Number(text);
  if (!/^\d+(?:\.\d+)?$/.test(text) || value > 100_000)
    throw new RangeError(`--${name} ${text}: expected a number of minutes`);
  return value;
}

/** @returns whether all bars are met */
async function run(options: ReturnType<typeof readOptions>, signal: AbortSignal): Promise<boolean> {
  process.chdir(repositoryRoot);
  const machine = describeMachine();
  const engines = await startBenchEngines('soak', ['kafka', 'elasticsearch', 'redis'], signal);
  let pipeline: RunningPipeline | undefined;
  try {
    pipeline = await startPipeline(engines);
    const result = await soak({ ...options, pipeline, signal });
    const missed = missedBars(result);
    if (options.json !== '-') print(renderSoak(result, missed));
    const { json, help: _help, ...settings } = options;
    if (json !== undefined) await writeJson(json, { bench: 'soak', machine, settings, missed, ...result });
    return missed.length === 0;
  } finally {
    await pipeline?.stop();
    await engines.stop();
  }
}

try {
  const options = readOptions();
  if (options.help) {
    print(HELP);
    process.exit(0);
  }
  process.exit((await run(options, interruptSignal())) ? 0 : 1);
} catch (error) {
  progress(`bench/soak failed: ${(error as Error).stack ?? String(error)}`);
  process.exit(1);
}
