/** Measures folding's rate and memory against real Redis. How to read it: bench/README.md. */
import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startRedisClusterNodes } from '@wirefold/engines';
import { repositoryRoot, startBenchEngines } from '../shared/bench-engines.ts';
import { describeMachine } from '../shared/machine.ts';
import { interruptSignal, print, progress, wholeNumberOption, writeJson } from '../shared/terminal.ts';
import { foldRedis } from './fold-run.ts';
import { renderFoldSpeed } from './speed-summary.ts';
import { measureFoldSpeed, type SpeedOptions, type SpeedReport } from './speed.ts';

const HELP = `npm run bench:fold -- [options]

Folds made-up stories with a Redis that has more and more of them: articles a second from one worker with one connection, and bytes a story.

  --sizes LIST     stories in Redis (10000,30000,100000,300000,1000000)
  --rounds N       slices of each way at each size (5)
  --slice N        articles of a slice (2400)
  --cluster N      stories on a Redis Cluster of three masters on the loopback, for information; 0: none (100000)
  --json FILE      writes everything as JSON; - for standard output
  --help

Exit code: 0 measured, 1 something failed.
`;

const MOST_STORIES = 100_000_000;
const CLUSTER_MASTERS = 3;

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,30000,100000,300000,1000000' },
    rounds: { type: 'string', default: '5' },
    slice: { type: 'string', default: '2400' },
    cluster: { type: 'string', default: '100000' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

async function onOneRedis(options: SpeedOptions): Promise<SpeedReport> {
  const engines = await startBenchEngines('fold', ['redis'], options.signal);
  const redis = await foldRedis(engines.redisUrl);
  try {
    return await measureFoldSpeed(redis, options);
  } finally {
    redis.client.disconnect();
    await engines.stop();
  }
}

async function onCluster(options: SpeedOptions): Promise<SpeedReport> {
  const directory = join(repositoryRoot, '.local/bench', `fold-cluster-${process.pid}`);
  const cluster = await startRedisClusterNodes({
    root: repositoryRoot,
    directory,
    masters: CLUSTER_MASTERS,
    replicas: 0,
    keepData: false,
    environment: process.env,
  });
  const redis = await foldRedis(`redis://127.0.0.1:${cluster.nodes[0]?.port}`, true);
  try {
    return await measureFoldSpeed(redis, options);
  } finally {
    redis.client.disconnect();
    await cluster.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function run(): Promise<void> {
  process.chdir(repositoryRoot);
  const sizes = values.sizes.split(',').map((size) => wholeNumberOption('sizes', size, 100, MOST_STORIES));
  const options = {
    sizes: sizes.toSorted((one, other) => one - other),
    rounds: wholeNumberOption('rounds', values.rounds, 1, 100),
    slice: wholeNumberOption('slice', values.slice, 240, 1_000_000),
    signal: interruptSignal(),
  };
  const clusterSize = wholeNumberOption('cluster', values.cluster, 0, MOST_STORIES);
  const machine = describeMachine();
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const one = await onOneRedis(options);
  const cluster = clusterSize === 0 ? undefined : await onCluster({ ...options, sizes: [clusterSize] });
  if (values.json !== '-') {
    print(renderFoldSpeed(one));
    if (cluster !== undefined)
      print(`\nRedis Cluster of ${CLUSTER_MASTERS} masters:\n\n${renderFoldSpeed(cluster)}`);
  }
  const command = ['npm run bench:fold --', ...process.argv.slice(2)].join(' ');
  if (values.json !== undefined) await writeJson(values.json, { command, commit, machine, ...one, cluster });
}

if (values.help) print(HELP);
else
  await run().catch((error: unknown) => {
    progress(`bench:fold failed: ${(error as Error).stack ?? String(error)}`);
    process.exitCode = 1;
  });
