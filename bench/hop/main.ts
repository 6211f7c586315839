/** Measures one hop of the pipeline, ours and others, in one run. How to read it: bench/README.md. */
import { parseArgs } from 'node:util';
import { allTopics } from '@wirefold/contracts';
import { applyTopics } from '@wirefold/kafka';
import { startBenchEngines } from '../shared/bench-engines.ts';
import { describeMachine } from '../shared/machine.ts';
import { interruptSignal, print, progress, wholeNumberOption, writeJson } from '../shared/terminal.ts';
import { contenders, inputs, type Contender } from './contenders.ts';
import { connectKafka, preload } from './hop-topics.ts';
import { measureLatency, measureThroughput, warmUp } from './rounds.ts';
import { checkGoals, renderSummary, summarise } from './summary.ts';

const HELP = `node bench/hop/main.ts [options]

Measures a hop (consume, parse, change, produce, commit) of 4 kB messages over 6 partitions on an embedded Kafka of its own:
messages a second and CPU time with a full topic, and latency at a steady rate. Each contender runs in a process of its own;
each round has all of them.

  --rounds N           rounds of throughput (5)
  --messages N         messages of a run, the first quarter of them not measured (80000)
  --latency-rounds N   rounds of latency, 0 for none (5)
  --latency-seconds N  seconds of a latency measurement (15)
  --rate N             messages a second while latency is measured (200)
  --only A,B           these contenders alone: ${contenders.map(({ name }) => name).join(', ')}
  --profile DIR        writes a CPU profile of each contender's process into a directory
  --json FILE          writes everything that was measured as JSON; - for standard output
  --goals              exit code 2 where a goal is missed
  --help

Exit code: 0 measured, 1 something failed, 2 a goal was missed (with --goals).
`;

const WARM_UP_SECONDS = 5;
const TIMEOUT_MS = 300_000;

function readOptions() {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      messages: { type: 'string', default: '80000' },
      'latency-rounds': { type: 'string', default: '5' },
      'latency-seconds': { type: 'string', default: '15' },
      rate: { type: 'string', default: '200' },
      only: { type: 'string' },
      profile: { type: 'string' },
      json: { type: 'string' },
      goals: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    ...values,
    rounds: wholeNumberOption('rounds', values.rounds, 0, 100),
    messages: wholeNumberOption('messages', values.messages, 1000, 5_000_000),
    latencyRounds: wholeNumberOption('latency-rounds', values['latency-rounds'], 0, 100),
    latencySeconds: wholeNumberOption('latency-seconds', values['latency-seconds'], 1, 3600),
    rate: wholeNumberOption('rate', values.rate, 1, 5000),
    contenders: chosen(values.only),
  };
}

function chosen(only: string | undefined): readonly Contender[] {
  if (only === undefined) return contenders;
  return only.split(',').map((name) => {
    const found = contenders.find((contender) => contender.name === name);
    if (found === undefined)
      throw new RangeError(
        `--only ${name}: expected some of ${contenders.map((contender) => contender.name).join(', ')}`,
      );
    return found;
  });
}

async function measure(options: ReturnType<typeof readOptions>, signal: AbortSignal): Promise<boolean> {
  const machine = describeMachine();
  const engines = await startBenchEngines('hop', ['kafka'], signal);
  try {
    const kafka = connectKafka(engines.kafkaBrokers);
    const admin = kafka.admin();
    await admin.connect();
    await applyTopics(admin, allTopics, 1);
    for (const { topic, compression } of inputs) {
      if (!options.contenders.some(({ input }) => input === topic)) continue;
      progress(`filling ${topic.name} with ${options.messages} messages, compression ${compression} …`);
      await preload(kafka, topic, compression, options.messages);
    }
    const common = {
      brokers: engines.kafkaBrokers,
      admin,
      signal,
      timeoutMs: TIMEOUT_MS + options.latencySeconds * 1000,
      profileDirectory: options.profile,
    };
    const [first] = options.contenders;
    if (options.rounds > 0 && first !== undefined) {
      progress(`throughput, ${options.rounds} rounds after a warm-up`);
      await warmUp(first, { ...common, rounds: 0, profileDirectory: undefined });
    }
    const throughput = await measureThroughput(options.contenders, { ...common, rounds: options.rounds });
    if (options.latencyRounds > 0)
      progress(`latency at ${options.rate} msg/s, ${options.latencyRounds} rounds`);
    const latency = await measureLatency(options.contenders, {
      ...common,
      rounds: options.latencyRounds,
      perSecond: options.rate,
      seconds: options.latencySeconds,
      warmUpSeconds: WARM_UP_SECONDS,
    });
    await admin.disconnect();

    const summary = summarise(options.contenders, throughput, latency);
    const goals = checkGoals(throughput, latency);
    if (options.json !== '-') print(renderSummary(summary, goals));
    if (options.json !== undefined) {
      const { rounds, messages, latencyRounds, latencySeconds, rate } = options;
      const settings = { rounds, messages, latencyRounds, latencySeconds, rate };
      await writeJson(options.json, { bench: 'hop', machine, settings, goals, summary, throughput, latency });
    }
    return goals.every(({ met }) => met);
  } finally {
    await engines.stop();
  }
}

try {
  const options = readOptions();
  if (options.help) {
    print(HELP);
    process.exit(0);
  }
  const met = await measure(options, interruptSignal());
  process.exit(options.goals && !met ? 2 : 0);
} catch (error) {
  progress(`bench/hop failed: ${(error as Error).stack ?? String(error)}`);
  process.exit(1);
}
