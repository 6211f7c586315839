/**
 * Runs every suite: unit, contract and quality tests at once, those that need engines one after the other on engines that are
 * started here. Arguments go to Jest: `npm test -- tests/e2e`, `npm test -- -t 'seed'`. With `--long` as the first: the long
 * fault suites alone (`npm run test:faults`).
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot, testEngines } from '@wirefold/testing';

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface JestResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  /** Suites that could not even be loaded: each counts as a failed test. */
  readonly numRuntimeErrorTestSuites: number;
}

const local = join(repositoryRoot, '.local');
mkdirSync(local, { recursive: true });
const isLong = process.argv[2] === '--long';
const given = process.argv.slice(isLong ? 3 : 2);

function jest(
  projects: readonly string[],
  options: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Counts> {
  const output = join(local, `test-results-${projects.join('-')}.json`);
  rmSync(output, { force: true });
  const child = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(repositoryRoot, 'node_modules/jest/bin/jest.js'),
      // First: it takes everything up to the next option for a project's name.
      '--selectProjects',
      ...projects,
      '--json',
      `--outputFile=${output}`,
      ...options,
      '--passWithNoTests',
      ...given,
    ],
    // Jest prints its report to standard error; the JSON that it prints beside it is in the file.
    { cwd: repositoryRoot, env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      try {
        const results = JSON.parse(readFileSync(output, 'utf8')) as JestResults;
        const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
        resolve({
          passed: results.numPassedTests,
          // Jest may fail for a reason that no test has, such as an open handle.
          failed: failed === 0 && code !== 0 ? 1 : failed,
          skipped: results.numPendingTests + results.numTodoTests,
        });
      } catch {
        resolve({ passed: 0, failed: 1, skipped: 0 });
      }
    });
  });
}

const add = (one: Counts, other: Counts): Counts => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
});

/**
 * One after the other, as they share the engines. And out at the end: a kafkajs client that lost its broker keeps timers for
 * up to half a minute, and CI must not wait for them.
 */
const ENGINE_SUITES = ['--runInBand', '--forceExit'];

const none: Counts = { passed: 0, failed: 0, skipped: 0 };
let counts = isLong ? none : await jest(['unit', 'contract', 'quality'], ['--maxWorkers=2'], {});
try {
  process.stderr.write('\nstarting the engines for the tests\n');
  const engines = await testEngines();
  try {
    const addresses = {
      KAFKA_BROKERS: engines.kafkaBrokers.join(','),
      ELASTICSEARCH_URL: engines.elasticsearchUrl,
      REDIS_URL: engines.redisUrl,
    };
    counts = add(
      counts,
      await jest(isLong ? ['faults-long'] : ['integration', 'e2e', 'faults'], ENGINE_SUITES, addresses),
    );
  } finally {
    await engines.stop();
  }
} catch (error) {
  process.stderr.write(`${String(error)}\n`);
  counts = add(counts, { passed: 0, failed: 1, skipped: 0 });
}

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
const summary = `${counts.passed} passed, ${counts.failed} failed${skipped}`;
writeFileSync(join(local, 'test-summary.txt'), `${summary}\n`);
process.stdout.write(`${summary}\n`);
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);
