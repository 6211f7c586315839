import { median, spread, type Spread } from '../shared/statistics.ts';
import { markdownTable } from '../shared/terminal.ts';
import type { Contender } from './contenders.ts';
import type { Latency, Throughput } from './job.ts';
import type { Measured } from './rounds.ts';

/** What a contender reached over all rounds. */
export interface ContenderSummary {
  readonly contender: string;
  readonly title: string;
  readonly throughput?: {
    readonly messagesPerSecond: Spread;
    readonly cpuSecondsPer10k: Spread;
    readonly rssMiB: Spread;
  };
  readonly latencyMs?: { readonly p50: Spread; readonly p99: Spread; readonly p999: Spread };
}

/** A goal of issue 3, and what was reached. */
export interface Goal {
  readonly goal: string;
  readonly reached: number;
  readonly met: boolean;
}

export function summarise(
  contenders: readonly Contender[],
  throughput: readonly Measured<Throughput>[],
  latency: readonly Measured<Latency>[],
): ContenderSummary[] {
  return contenders.map(({ name, title }) => {
    const runs = resultsOf(throughput, name);
    const paced = resultsOf(latency, name);
    return {
      contender: name,
      title,
      ...(runs.length > 0 && {
        throughput: {
          messagesPerSecond: spread(runs.map(({ messages, seconds }) => messages / seconds)),
          cpuSecondsPer10k: spread(runs.map(({ cpuSeconds, messages }) => (cpuSeconds / messages) * 10_000)),
          rssMiB: spread(runs.map(({ rssBytes }) => rssBytes / 2 ** 20)),
        },
      }),
      ...(paced.length > 0 && {
        latencyMs: {
          p50: spread(paced.map(({ p50Ms }) => p50Ms)),
          p99: spread(paced.map(({ p99Ms }) => p99Ms)),
          p999: spread(paced.map(({ p999Ms }) => p999Ms)),
        },
      }),
    };
  });
}

const resultsOf = <Result>(measured: readonly Measured<Result>[], name: string): Result[] =>
  measured.filter(({ contender }) => contender === name).map(({ result }) => result);

const TIMES_NEST = 7;
const TIMES_EACH_BATCH = 1.2;
const P99_MS = 5;

/** Whether the goals are met; ratios are taken within each round, then the middle one counts. */
export function checkGoals(
  throughput: readonly Measured<Throughput>[],
  latency: readonly Measured<Latency>[],
): Goal[] {
  const goals: Goal[] = [];
  const nest = ratios(throughput, ['nest']);
  if (nest.length > 0) {
    const reached = median(nest);
    goals.push({ goal: `msg/s ≥ ${TIMES_NEST} × Nest ServerKafka`, reached, met: reached >= TIMES_NEST });
  }
  const bare = ratios(throughput, ['each-batch', 'each-batch-6']);
  if (bare.length > 0) {
    const reached = median(bare);
    goals.push({
      goal: `msg/s ≥ ${TIMES_EACH_BATCH} × kafkajs eachBatch (its better setting)`,
      reached,
      met: reached >= TIMES_EACH_BATCH,
    });
  }
  const paced = resultsOf(latency, 'wirefold');
  if (paced.length > 0) {
    const reached = median(paced.map(({ p99Ms }) => p99Ms));
    goals.push({ goal: `p99 of a hop ≤ ${P99_MS} ms`, reached, met: reached <= P99_MS });
  }
  return goals;
}

/** In each round, ours over the best of the others; rounds that lack one of them are left out. */
function ratios(throughput: readonly Measured<Throughput>[], others: readonly string[]): number[] {
  const rounds = [...new Set(throughput.map(({ round }) => round))];
  return rounds.flatMap((round) => {
    const rate = (name: string) =>
      throughput
        .filter((one) => one.round === round && one.contender === name)
        .map(({ result }) => result.messages / result.seconds);
    const [ours] = rate('wirefold');
    const best = others.flatMap(rate);
    return ours === undefined || best.length < others.length ? [] : [ours / Math.max(...best)];
  });
}

const cell = (value: Spread | undefined, digits: number): string =>
  value === undefined
    ? ''
    : `${value.median.toFixed(digits)} (${value.min.toFixed(digits)}–${value.max.toFixed(digits)})`;

/** The tables of the result. */
export function renderSummary(summaries: readonly ContenderSummary[], goals: readonly Goal[]): string {
  const table = markdownTable(
    ['hop of 4 kB messages', 'msg/s', 'CPU s/10k', 'RSS MiB', 'p50 ms', 'p99 ms', 'p99.9 ms'],
    summaries.map(({ title, throughput, latencyMs }) => [
      title,
      cell(throughput?.messagesPerSecond, 0),
      cell(throughput?.cpuSecondsPer10k, 2),
      cell(throughput?.rssMiB, 0),
      cell(latencyMs?.p50, 2),
      cell(latencyMs?.p99, 2),
      cell(latencyMs?.p999, 2),
    ]),
  );
  const lines = goals.map(
    ({ goal, reached, met }) => `${met ? 'met   ' : 'missed'}  ${goal}: ${reached.toFixed(2)}`,
  );
  return [table, ...(lines.length > 0 ? ['', ...lines] : [])].join('\n');
}
