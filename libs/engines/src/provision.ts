import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from './addresses.ts';
import { EngineStartFailed, type EngineName } from './engine.ts';
import { waitForFileLock } from './file-lock.ts';
import { findExecutable, isExecutable } from './jdk.ts';
import { logExcerpt, logSince } from './log-tail.ts';
import { startSupervised } from './supervised-process.ts';

const TIME_LIMIT_MS = 20 * 60_000;
const REPORT_EVERY_MS = 1_000;

export interface ProvisionOptions {
  /** The repository's root. */
  root: string;
  engine: EngineName;
  javaHome: string | undefined;
  environment: Environment;
  onProgress: (message: string) => void;
  signal?: AbortSignal | undefined;
}

/** The directory of an engine's program files for the present POM and sources; it may not be there yet. */
export async function engineHome(root: string, engine: EngineName): Promise<string> {
  return join(
    root,
    '.local',
    'engines',
    `${engine}-${await fingerprint(join(root, 'infra', 'local'), engine)}`,
  );
}

/** Whether an engine's program files are there. */
export async function isProvisioned(root: string, engine: EngineName): Promise<boolean> {
  return isDirectory(await engineHome(root, engine));
}

/**
 * Brings an engine's program files from Maven Central, unless they are there. Safe to run in two processes at once: one
 * works, the other waits; and the directory appears complete or not at all.
 * @throws EngineStartFailed when Maven is missing or fails.
 */
export async function provision(options: ProvisionOptions): Promise<string> {
  const { root, engine, onProgress, signal } = options;
  const home = await engineHome(root, engine);
  if (await isDirectory(home)) return home;

  // One lock for all engines: Maven 3 does not share its local repository between processes safely.
  const lock = await waitForFileLock(join(root, '.local', 'engines', 'set-up.lock'), {
    signal,
    onWait: ({ pid }) => onProgress(`waiting for the set-up by process ${pid}`),
  });
  try {
    if (await isDirectory(home)) return home;
    const draft = `${home}.draft`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    await runMaven(options, draft);
    await rm(join(draft, 'build'), { recursive: true, force: true });
    await rename(draft, home);
    return home;
  } finally {
    await lock.release();
  }
}

/** Maven's executable: the PATH, MAVEN_HOME, the usual folders. */
export async function findMaven(environment: Environment): Promise<string | undefined> {
  const onPath = await findExecutable('mvn', environment);
  if (onPath) return onPath;
  const user = environment['HOME'];
  const homes = [
    environment['MAVEN_HOME'],
    environment['M2_HOME'],
    user && join(user, '.sdkman/candidates/maven/current'),
    '/usr/share/maven',
    '/opt/maven',
    '/opt/homebrew',
    '/usr/local',
  ];
  for (const home of homes) {
    if (home && (await isExecutable(join(home, 'bin', 'mvn')))) return join(home, 'bin', 'mvn');
  }
  return undefined;
}

async function runMaven(options: ProvisionOptions, draft: string): Promise<void> {
  const { root, engine, javaHome, environment, onProgress, signal } = options;
  const maven = await findMaven(environment);
  if (maven === undefined) throw new EngineStartFailed(engine, 'Maven (mvn) was not found');
  const logFile = join(root, '.local', 'engines', `set-up-${engine}.log`);
  await rm(logFile, { force: true });
  onProgress('fetching it from Maven Central (the first time only)');
  const process = await startSupervised({
    command: maven,
    arguments: [
      '--batch-mode',
      '--file',
      join(root, 'infra', 'local', 'pom.xml'),
      '--activate-profiles',
      engine,
      'package',
      `-Dengine.directory=${draft}`,
      `-Dengine.build=${join(draft, 'build')}`,
    ],
    environment: javaHome === undefined ? environment : { ...environment, JAVA_HOME: javaHome },
    workingDirectory: draft,
    logFile,
    graceS: 2,
  });
  const deadline = Date.now() + TIME_LIMIT_MS;
  let reported = 0;
  while (process.exitCode === undefined) {
    await Promise.race([process.exited, delay(REPORT_EVERY_MS)]);
    if (signal?.aborted || Date.now() > deadline) {
      await process.stop();
      signal?.throwIfAborted();
      throw new EngineStartFailed(
        engine,
        `Maven took longer than ${TIME_LIMIT_MS / 60_000} min: see ${logFile}`,
      );
    }
    const fetched = (await readFile(logFile, 'utf8')).match(/^.*Downloaded from /gm)?.length ?? 0;
    if (fetched > reported && process.exitCode === undefined) onProgress(`${fetched} files fetched`);
    reported = fetched;
  }
  if (process.exitCode !== 0) {
    throw new EngineStartFailed(
      engine,
      `Maven could not bring ${engine} (exit code ${process.exitCode}); is Maven Central reachable?\n` +
        `From ${logFile}:\n${logExcerpt(await logSince(logFile, 0))}`,
    );
  }
}

async function fingerprint(directory: string, engine: EngineName): Promise<string> {
  const files = [join(directory, 'pom.xml')];
  // Only Elasticsearch is run by classes of our own.
  if (engine === 'elasticsearch') {
    const sources = await readdir(join(directory, 'src'), { recursive: true, withFileTypes: true });
    for (const source of sources) if (source.isFile()) files.push(join(source.parentPath, source.name));
  }
  const hash = createHash('sha256');
  for (const file of files.toSorted())
    hash
      .update(`${relative(directory, file)}\0`)
      .update(await readFile(file))
      .update('\0');
  return hash.digest('hex').slice(0, 12);
}

function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
