import { applyIndex, articleIndex } from '@wirefold/article-index';
import type { Publication } from '@wirefold/cli';
import type { CommandLine } from './command-line.ts';
import type { PipelineRun } from './pipeline-run.ts';

/** A dead letter as `dlq list --json` has it. */
export interface ListedLetter {
  readonly id: string;
  readonly offset: number;
  readonly stage: string;
  readonly reason: string;
  readonly uri: string;
  readonly origin: string;
  readonly redrives: number;
  readonly status: string;
}

/** A sound article, which an index that is broken by {@link breakIndex} refuses. */
export const article = (name: string): Publication => ({
  uri: `urn:dlq:${name}`,
  value: Buffer.from(
    JSON.stringify({
      uri: `urn:dlq:${name}`,
      content: `Die Meldung ${name} aus Köln. Sie hat einen zweiten Satz, damit sie ein Text ist.`,
      copyrightNotice: '© Beispiel',
    }),
  ),
});

/** Adds a mapping as an operator may by mistake: what {@link article} says of its copyright is no number. */
export async function breakIndex({ elasticsearch, pipeline }: PipelineRun): Promise<void> {
  await elasticsearch.indices.putMapping({
    index: articleIndex({ prefix: pipeline.prefix }).firstIndex,
    properties: { copyrightNotice: { type: 'long' } },
  });
}

/** Makes the index anew, without the mapping. */
export async function mendIndex({ elasticsearch, pipeline }: PipelineRun): Promise<void> {
  const options = { prefix: pipeline.prefix };
  await elasticsearch.indices.delete({ index: articleIndex(options).firstIndex });
  await applyIndex(elasticsearch, options);
}

/** @throws Error where the command fails */
export async function listLetters(wirefold: CommandLine, ...options: string[]): Promise<ListedLetter[]> {
  const { code, out, err } = await wirefold('dlq', 'list', '--json', ...options);
  if (code !== 0) throw new Error(`dlq list ended with ${code}: ${err}`);
  return (JSON.parse(out) as { letters: ListedLetter[] }).letters;
}

/** What `status --json` says. */
export const statusOf = async (wirefold: CommandLine) =>
  JSON.parse((await wirefold('status', '--json')).out) as {
    published: number;
    underway: number;
    outcomes: Record<string, number>;
    stages: { stage: string; deadLetters: number }[];
  };
