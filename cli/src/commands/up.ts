import { systemClock } from '@wirefold/pipeline';
import type { EngineEvent } from '@wirefold/engines';
import type { Command } from 'commander';
import { connectKafka, repositoryRoot } from '../connection.ts';
import { launch, type Running } from '../launcher/launcher.ts';
import { stageLags } from '../pipeline-status.ts';
import { colours, say } from '../terminal.ts';

/** Ctrl-C or SIGTERM: the first stops cleanly, the second at once. */
export function stopSignal(): AbortSignal {
  const aborter = new AbortController();
  const stop = () => {
    if (aborter.signal.aborted) process.exit(130);
    aborter.abort(new Error('stopped'));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // infra/setup.mjs is at the other end: when it is gone, so is the user.
  process.once('disconnect', stop);
  process.channel?.unref();
  return aborter.signal;
}

/** A line for each step of the engines; the same step again only when it took another second. */
export function engineProgress(): (event: EngineEvent) => void {
  return ({ engine, phase, message, elapsedMs }) => {
    say(
      `${colours.dim(`${(elapsedMs / 1000).toFixed(1).padStart(6)} s`)}  ${engine.padEnd(14)} ${phase.padEnd(9)} ${message}`,
    );
  };
}

export function upCommand(program: Command): void {
  program
    .command('up')
    .description('start engines and services, and show how they do; Ctrl-C stops them')
    .option('--fresh', 'begin with empty engines')
    .action(async ({ fresh }: { readonly fresh?: boolean }) => {
      const signal = stopSignal();
      const running = await launch({
        root: repositoryRoot,
        name: 'up',
        keepData: fresh !== true,
        environment: process.env,
        onProgress: engineProgress(),
        onServiceChange: () => undefined,
        signal,
      });
      try {
        sayWhere(running);
        await showUntil(signal, running);
      } finally {
        say('stopping …');
        await running.stop();
      }
    });
}

/** Where everything is. */
export function sayWhere({ engines, services, logs }: Running): void {
  say(`\n${colours.bold('Wirefold runs')} (${engines.kind} engines)`);
  say(`  Kafka           ${engines.kafkaBrokers.join(', ')}`);
  say(`  Elasticsearch   ${engines.elasticsearchUrl}`);
  say(`  Redis           ${engines.redisUrl}`);
  for (const { name, url } of services) say(`  ${name.padEnd(15)} ${url ?? 'down'}/health/ready, /metrics`);
  say(`  logs            ${logs}`);
  say(
    '\nIn another terminal: npx wirefold publish FILE --wait, npx wirefold search WORDS, npx wirefold status\n',
  );
}

const SHOW_MS = 2000;
const LINE_EVERY_MS = 30_000;

/** One line that is kept up to date on a terminal; elsewhere a line now and then. */
async function showUntil(signal: AbortSignal, { config, services }: Running): Promise<void> {
  const admin = connectKafka(config).admin();
  await admin.connect();
  let saidAt = 0;
  while (!signal.aborted) {
    const line = await stageLags(admin, config.CONSUMER_GROUP_PREFIX)
      .then((lags) =>
        services
          .map(({ name, url, restarts }) => {
            const state = url === undefined ? colours.red('down') : `lag ${lags.get(name)?.lag ?? '?'}`;
            return `${name} ${state}${restarts > 0 ? colours.yellow(` (${restarts} restarts)`) : ''}`;
          })
          .join('  '),
      )
      .catch((error: unknown) => colours.red(`Kafka does not answer: ${String(error)}`));
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[2K${line}`);
    else if (Date.now() - saidAt >= LINE_EVERY_MS) {
      say(line);
      saidAt = Date.now();
    }
    await systemClock.sleep(SHOW_MS, signal);
  }
  if (process.stderr.isTTY) say('');
  await admin.disconnect().catch(() => undefined);
}
