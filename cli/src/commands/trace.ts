import type { Command } from 'commander';
import { connectKafka, readConfig } from '../connection.ts';
import { colours, oneLine, print, printJson } from '../terminal.ts';
import { traceArticle, type Attempt, type Trace } from '../trace.ts';

export function traceCommand(program: Command): void {
  program
    .command('trace')
    .argument('<uri>', 'the uri of an article')
    .description('the way of an article: each step with its time, its outcome, and where it waits or died')
    .option('--json', 'print one JSON document')
    .action(async (uri: string, { json }: { readonly json?: boolean }) => {
      const config = readConfig(process.env);
      const traces = await traceArticle(connectKafka(config), uri, config.CONSUMER_GROUP_PREFIX);
      if (json) printJson(traces);
      else if (traces.length > 0) for (const trace of traces) printTrace(trace);
      else print(`nothing was published with the uri ${oneLine(uri, 2048)}, or it is no longer kept`);
      if (traces.length === 0) process.exitCode = 1;
    });
}

function printTrace({ attempts }: Trace): void {
  attempts.forEach((attempt, number) => {
    const { publishedAt, origin, redrives } = attempt;
    const what = number === 0 ? 'published' : `redriven (${redrives})`;
    print(`${colours.bold(publishedAt)} ${what}  ${colours.dim(oneLine(origin, 400))}`);
    printSteps(attempt, attempts[number - 1]);
    printEnd(attempt, number === attempts.length - 1);
  });
  print('');
}

/** The steps of an attempt; those that an earlier one took are not repeated. */
function printSteps({ steps, publishedAt }: Attempt, earlier: Attempt | undefined): void {
  const taken = new Set(earlier?.steps.map(({ stage, at }) => `${stage} ${at}`));
  let before = Date.parse(publishedAt);
  for (const { stage, at, tookMs } of steps) {
    if (taken.has(`${stage} ${at}`)) continue;
    print(
      `${at} ${stage.padEnd(10)} +${Date.parse(at) - before} ms, ${Math.round(tookMs)} ms of it in the stage`,
    );
    before = Date.parse(at);
  }
}

function printEnd({ receipt, place, deadLetter }: Attempt, isLast: boolean): void {
  if (receipt !== undefined) {
    const why = receipt.error === undefined ? '' : `: ${receipt.reason}, ${oneLine(receipt.error, 2000)}`;
    const colour = receipt.outcome === 'rejected' ? colours.red : colours.green;
    print(`${receipt.at} ${colour(receipt.outcome)}${why}`);
    if (deadLetter === undefined) return;
    const command = deadLetter.status === 'waiting' ? `; npx wirefold dlq redrive ${deadLetter.id}` : '';
    print(`  dead letter ${deadLetter.id}, ${deadLetter.status}${command}`);
    return;
  }
  if (place === undefined || !isLast) return;
  const { stage, partition, offset, ahead } = place;
  const where = `${stage} (partition ${partition}, offset ${offset})`;
  if (ahead === undefined)
    print(colours.red(`lost: handled by ${where}, and nothing came of it; see npx wirefold ledger`));
  else print(colours.yellow(`waits for ${where}, behind ${ahead} ${ahead === 1 ? 'message' : 'messages'}`));
}
