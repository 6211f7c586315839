/** Measures the whole pipeline: five services and real engines. How to read it: bench/README.md. */
import { parseArgs } from 'node:util';
import { stageNames } from '@wirefold/contracts';
import type { Engines } from '@wirefold/engines';
import { repositoryRoot, startBenchEngines } from '../shared/bench-engines.ts';
import { describeMachine } from '../shared/machine.ts';
import { interruptSignal, print, progress, wholeNumberOption, writeJson } from '../shared/terminal.ts';
import { foreignUsage, serviceUsage } from './process-usage.ts';
import { runArticles, type Run } from './run.ts';
import { startPipeline, type RunningPipeline } from './running-pipeline.ts';
import { renderSummary, summarise } from './summary.ts';
import type { Watched } from './usage-meter.ts';

const HELP = `node bench/pipeline/main.ts [options]

Measures the whole pipeline on embedded engines of its own: publishes generated articles of some 4 kB in four languages, a share
of them as web pages, and waits until every one has its receipt. The services must be built (tsc -b).

  --articles N   articles of a round (5000)
  --rounds N     rounds after a warm-up (3)
  --html N       percent of the articles that are web pages (25)
  --warm-up N    articles before the first round (500)
  --timeout N    seconds that a round may take (300)
  --json FILE    writes everything that was measured as JSON; - for standard output
  --help

Exit code: 0 every article was indexed, 1 otherwise.
`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      articles: { type: 'string', default: '5000' },
      rounds: { type: 'string', default: '3' },
      html: { type: 'string', default: '25' },
      'warm-up': { type: 'string', default: '500' },
      timeout: { type: 'string', default: '300' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    json: values.json,
    help: values.help,
    articles: wholeNumberOption('articles', values.articles, 1, 1_000_000),
    rounds: wholeNumberOption('rounds', values.rounds, 1, 100),
    htmlPercent: wholeNumberOption('html', values.html, 0, 100),
    warmUp: wholeNumberOption('warm-up', values['warm-up'], 0, 1_000_000),
    timeoutSeconds: wholeNumberOption('timeout', values.timeout, 1, 86_400),
  };
}

function watchedProcesses(engines: Engines, { services }: RunningPipeline): Watched[] {
  return [
    ...stageNames.flatMap((name) => {
      const service = services.get(name);
      return service === undefined ? [] : [{ name, usage: () => serviceUsage(service.url) }];
    }),
    ...Object.entries(engines.processes ?? {}).map(([name, engine]) => ({
      name,
      usage: () => foreignUsage(engine.pid),
    })),
    {
      name: 'bench',
      usage: () => {
        const { user, system } = process.cpuUsage();
        const rssMiB = process.memoryUsage.rss() / 2 ** 20;
        return Promise.resolve({ cpuSeconds: (user + system) / 1e6, rssMiB });
      },
    },
  ];
}

async function measure(options: ReturnType<typeof readOptions>, signal: AbortSignal): Promise<void> {
  process.chdir(repositoryRoot);
  const machine = describeMachine();
  const engines = await startBenchEngines('pipeline', ['kafka', 'elasticsearch', 'redis'], signal);
  let pipeline: RunningPipeline | undefined;
  try {
    pipeline = await startPipeline(engines);
    const { articles, rounds, htmlPercent, warmUp, timeoutSeconds } = options;
    const common = {
      kafka: pipeline.kafka,
      watched: watchedProcesses(engines, pipeline),
      htmlPercent,
      timeoutMs: timeoutSeconds * 1000,
      signal,
    };
    if (warmUp > 0) {
      progress(`warm-up: ${warmUp} articles`);
      await runArticles({ ...common, articles: warmUp, run: 'warm-up', seed: 0 });
    }
    const runs: Run[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      signal.throwIfAborted();
      progress(`round ${round}: ${articles} articles`);
      const run = await runArticles({ ...common, articles, run: `round-${round}`, seed: round });
      progress(`  ${run.articlesPerSecond.toFixed(0)} articles/s, drained after ${run.seconds.toFixed(1)} s`);
      runs.push(run);
    }
    const summary = summarise(runs, [...pipeline.services.keys()]);
    if (options.json !== '-') print(renderSummary(runs, summary));
    if (options.json !== undefined) {
      const settings = { articles, rounds, htmlPercent, warmUp };
      await writeJson(options.json, { bench: 'pipeline', machine, settings, summary, runs });
    }
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
  await measure(options, interruptSignal());
  process.exit(0);
} catch (error) {
  progress(`bench/pipeline failed: ${(error as Error).stack ?? String(error)}`);
  process.exit(1);
}
