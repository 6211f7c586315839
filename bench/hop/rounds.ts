import { progress } from '../shared/terminal.ts';
import { load } from '../shared/machine.ts';
import { runContenderProcess, runPacedProducer, type ProcessOptions } from './contender-process.ts';
import type { Contender } from './contenders.ts';
import { countMessages, emptyTopic, skipToEnd, type Admin } from './hop-topics.ts';
import type { Job, Latency, Throughput } from './job.ts';

export interface RoundsOptions extends ProcessOptions {
  readonly brokers: readonly string[];
  readonly admin: Admin;
  readonly rounds: number;
}

/** One contender's measurement in one round. */
export interface Measured<Result> {
  readonly contender: string;
  readonly round: number;
  readonly loadBefore: number;
  readonly result: Result;
}

/**
 * Measures every contender once in each round, one after the other; each round begins with another one, so that none is
 * always the first.
 */
async function inRounds<Result>(
  contenders: readonly Contender[],
  rounds: number,
  measure: (contender: Contender, round: number) => Promise<Result>,
): Promise<Measured<Result>[]> {
  const measured: Measured<Result>[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const first = (round - 1) % contenders.length;
    for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      const loadBefore = load();
      measured.push({
        contender: contender.name,
        round,
        loadBefore,
        result: await measure(contender, round),
      });
    }
  }
  return measured;
}

/** A hop that does not count: the first one pays for a broker that has just started. */
export async function warmUp(contender: Contender, options: RoundsOptions): Promise<void> {
  await throughputOf(contender, 'warm-up', options);
}

/** Messages a second and CPU time of each contender, over all that is in its input topic. */
export function measureThroughput(
  contenders: readonly Contender[],
  options: RoundsOptions,
): Promise<Measured<Throughput>[]> {
  return inRounds(contenders, options.rounds, async (contender, round) => {
    const result = await throughputOf(contender, String(round), options);
    const perSecond = Math.round(result.messages / result.seconds);
    const cpu = ((result.cpuSeconds / result.messages) * 10_000).toFixed(2);
    progress(`  round ${round}  ${contender.name.padEnd(14)} ${perSecond} msg/s  ${cpu} CPU s/10k`);
    return result;
  });
}

/** Of the messages of a run: what is measured is code that the compiler has been through, as in a service that runs for days. */
const WARM_UP_SHARE = 0.25;

async function throughputOf(contender: Contender, run: string, options: RoundsOptions): Promise<Throughput> {
  const { admin, brokers } = options;
  const messages = await countMessages(admin, contender.input.name);
  const warmUpMessages = Math.round(messages * WARM_UP_SHARE);
  const job: Job = {
    brokers,
    groupId: `bench-throughput-${contender.name}-${run}`,
    inputTopic: contender.input.name,
    outputTopic: contender.outputTopic,
    messages: messages - warmUpMessages,
    warmUpMessages,
    measure: 'throughput',
    settings: contender.settings,
  };
  const result = await runContenderProcess(contender, job, () => Promise.resolve(), options);
  const written = await countMessages(admin, contender.outputTopic);
  if (written < messages)
    throw new Error(`${contender.name} wrote ${written} messages for ${messages}: it is no hop`);
  await emptyTopic(admin, contender.outputTopic);
  if (result.measure !== 'throughput') throw new Error(`${contender.name} measured something else`);
  return result;
}

export interface LatencyOptions extends RoundsOptions {
  readonly perSecond: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

/** How long a message takes through each contender at a steady rate. */
export function measureLatency(
  contenders: readonly Contender[],
  options: LatencyOptions,
): Promise<Measured<Latency>[]> {
  const { admin, brokers, rounds, perSecond, seconds, warmUpSeconds } = options;
  return inRounds(contenders, rounds, async (contender, round) => {
    const prefix = `bench-latency-${contender.name}-${round}`;
    const groupId = contender.settings.stage === undefined ? prefix : `${prefix}.${contender.settings.stage}`;
    await skipToEnd(admin, groupId, contender.input.name);
    const job: Job = {
      brokers,
      groupId: prefix,
      inputTopic: contender.input.name,
      outputTopic: contender.outputTopic,
      messages: perSecond * seconds,
      warmUpMessages: perSecond * warmUpSeconds,
      measure: 'latency',
      settings: contender.settings,
    };
    const paced = {
      brokers,
      topic: contender.input.name,
      compression: contender.inputCompression,
      messages: job.messages + job.warmUpMessages,
      perSecond,
      seed: round,
    };
    const result = await runContenderProcess(contender, job, () => runPacedProducer(paced, options), options);
    if (result.measure !== 'latency') throw new Error(`${contender.name} measured something else`);
    progress(
      `  round ${round}  ${contender.name.padEnd(14)} p50 ${result.p50Ms.toFixed(2)} ms  p99 ${result.p99Ms.toFixed(2)} ms  p99.9 ${result.p999Ms.toFixed(2)} ms`,
    );
    return result;
  });
}
