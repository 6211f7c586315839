import { execFile } from 'node:child_process';
import { access, constants, readdir, readFile, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from './addresses.ts';

const run = promisify(execFile);

/** The oldest Java that Elasticsearch 9 runs on. */
export const OLDEST_JAVA = 21;

export interface Jdk {
  /** Its JAVA_HOME. */
  home: string;
  /** Major version. */
  version: number;
}

/** What was found; `looked` has every candidate that was not taken, with the reason. */
export interface JdkSearch {
  jdk: Jdk | undefined;
  looked: string[];
}

/** The major version out of `21.0.3`, `25`, `1.8.0_392` or `24-ea`; undefined where there is none. */
export function parseJavaVersion(text: string): number | undefined {
  const match = /^(?:1\.(?=\d))?(\d{1,3})(?=$|[.\-+_])/.exec(text.trim());
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

/** The major version out of a JDK's `release` file. */
export function parseReleaseFile(text: string): number | undefined {
  const match = /^JAVA_VERSION="([^"]*)"/m.exec(text);
  return match?.[1] === undefined ? undefined : parseJavaVersion(match[1]);
}

/** The major version out of what `java -version` prints (to standard error). */
export function parseVersionOutput(text: string): number | undefined {
  const match = /^\S+ version "([^"]*)"/m.exec(text);
  return match?.[1] === undefined ? undefined : parseJavaVersion(match[1]);
}

/** Finds the first JDK that is new enough: JAVA_HOME, then PATH, then the usual folders, newest name first. */
export async function findJdk(environment: Environment): Promise<JdkSearch> {
  const looked: string[] = [];
  const seen = new Set<string>();
  for (const { home, from } of await candidates(environment)) {
    const real = await realpath(home).catch(() => undefined);
    if (real === undefined) {
      if (from === 'JAVA_HOME') looked.push(`JAVA_HOME (${home}) does not exist`);
      continue;
    }
    if (seen.has(real)) continue;
    seen.add(real);
    const version = await javaVersion(real);
    if (version === undefined) {
      if (from === 'JAVA_HOME') looked.push(`JAVA_HOME (${home}) has no Java`);
    } else if (version < OLDEST_JAVA) looked.push(`Java ${version} in ${real} (${from}) is too old`);
    else if (!(await isExecutable(join(real, 'bin', 'javac')))) {
      looked.push(`Java ${version} in ${real} (${from}) is a runtime without javac`);
    } else return { jdk: { home: real, version }, looked };
  }
  return { jdk: undefined, looked };
}

/** The first executable of that name in the PATH. */
export async function findExecutable(name: string, environment: Environment): Promise<string | undefined> {
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) {
    if (folder !== '' && (await isExecutable(join(folder, name)))) return join(folder, name);
  }
  return undefined;
}

export async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function candidates(environment: Environment): Promise<{ home: string; from: string }[]> {
  const found: { home: string; from: string }[] = [];
  const javaHome = environment['JAVA_HOME']?.trim();
  if (javaHome) found.push({ home: javaHome, from: 'JAVA_HOME' });
  const onPath = await findExecutable('java', environment);
  // `java` on the PATH is mostly a link, or a link to a link.
  if (onPath) found.push({ home: dirname(dirname(await realpath(onPath))), from: 'PATH' });

  const user = environment['HOME'];
  const folders: [folder: string, below?: string][] = [
    ['/usr/lib/jvm'],
    ['/usr/java'],
    ['/opt'],
    ['/opt/java'],
  ];
  if (user) folders.push([join(user, '.sdkman/candidates/java')], [join(user, '.jdks')]);
  folders.push(
    ['/Library/Java/JavaVirtualMachines', 'Contents/Home'],
    ['/opt/homebrew/opt'],
    ['/usr/local/opt'],
  );
  for (const [folder, below = ''] of folders) {
    const names = await readdir(folder).catch(() => []);
    // So that among jdk-21 and jdk-25 the newer one is tried first.
    for (const name of names.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }))) {
      found.push({ home: join(folder, name, below), from: folder });
    }
  }
  return found;
}

async function javaVersion(home: string): Promise<number | undefined> {
  const java = join(home, 'bin', 'java');
  if (!(await isExecutable(java))) return undefined;
  const release = await readFile(join(home, 'release'), 'utf8').catch(() => '');
  const version = parseReleaseFile(release);
  if (version !== undefined) return version;
  const output = await run(java, ['-version'], { timeout: 10_000 }).catch(() => undefined);
  return output && parseVersionOutput(output.stderr);
}
