// Sets up a checkout and hands over to the pinned Node. Plain JavaScript without dependencies: it runs on any Node from
// 20 on, in a checkout where nothing is installed yet.
//
//   node infra/setup.mjs                     install and build what is missing or stale
//   node infra/setup.mjs cli/dist/main.js …  and then run that with the pinned Node
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const environment = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };

const modifiedMs = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** npm writes its hidden lock file last: one that is older than the lock file means a stale or broken installation. */
const isInstalled = () => modifiedMs('node_modules/.package-lock.json') >= modifiedMs('package-lock.json');

/** Runs a command to its end; its output goes to standard error, so that standard output is the handed-over command's. */
function run(command, parameters) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { cwd: root, env: environment, stdio: ['ignore', 2, 2] });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${parameters.join(' ')} ended with ${code ?? signal}`));
    });
  });
}

/** Installs the dependencies and builds, where needed. */
export async function setUp() {
  if (!isInstalled()) {
    process.stderr.write('setting up: npm install (once, about a minute)\n');
    // Not `npm ci`: it refuses a lock file without the entries of other platforms' binaries, which a registry may lack.
    await run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  }
  await run(join(bin, 'tsc'), ['-b']);
}

/** Sets up, then runs a script (its path from the root, then its parameters) with the pinned Node in this process's place: same terminal, signals, exit code. */
export async function handOver(parameters) {
  try {
    await setUp();
  } catch (error) {
    process.stderr.write(`set-up failed: ${error.message}\n`);
    process.exit(1);
  }
  const [script, ...rest] = parameters;
  const child = spawn(
    join(bin, 'node'),
    ['--disable-warning=ExperimentalWarning', join(root, script), ...rest],
    {
      env: environment,
      // npm runs scripts in the package's folder; files that the user names are relative to where they are.
      cwd: process.env.INIT_CWD ?? process.cwd(),
      // The channel tells the child when this process is gone, however it went.
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    },
  );
  // Ctrl-C reaches the child from the terminal by itself; both live until the child has stopped in order.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const parameters = process.argv.slice(2);
  await (parameters.length === 0 ? setUp() : handOver(parameters));
}
