import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findJdk, parseJavaVersion, parseReleaseFile, parseVersionOutput } from './jdk.ts';

describe('the version of Java', () => {
  it.each([
    ['21.0.3', 21],
    ['25', 25],
    ['1.8.0_392', 8],
    ['24-ea', 24],
    ['25.0.3+9-LTS', 25],
    ['11.0.2', 11],
    ['', undefined],
    ['abc', undefined],
    ['21x', undefined],
  ])('is read from %j', (text, version) => {
    expect(parseJavaVersion(text)).toBe(version);
  });

  it('is read from a release file', () => {
    expect(parseReleaseFile('IMPLEMENTOR="Eclipse Adoptium"\nJAVA_VERSION="25.0.3"\nLIBC="gnu"\n')).toBe(25);
    expect(parseReleaseFile('JAVA_RUNTIME_VERSION="25.0.3+9-LTS"\n')).toBeUndefined();
  });

  it('is read from the output of java -version', () => {
    expect(parseVersionOutput('openjdk version "21.0.3" 2024-04-16 LTS\nOpenJDK Runtime Environment\n')).toBe(
      21,
    );
    expect(parseVersionOutput('Picked up JAVA_TOOL_OPTIONS: -Xmx1g\njava version "1.8.0_392"\n')).toBe(8);
    expect(parseVersionOutput('command not found')).toBeUndefined();
  });
});

describe('findJdk', () => {
  let folder: string;

  /** A folder that looks like a JDK; without a release file, its java says the version. */
  async function jdk(name: string, version: string, parts: { javac?: boolean; release?: boolean } = {}) {
    const bin = join(folder, name, 'bin');
    await mkdir(bin, { recursive: true });
    await writeFile(join(bin, 'java'), `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`);
    await chmod(join(bin, 'java'), 0o755);
    if (parts.javac !== false) {
      await writeFile(join(bin, 'javac'), '#!/bin/sh\n');
      await chmod(join(bin, 'javac'), 0o755);
    }
    if (parts.release !== false)
      await writeFile(join(folder, name, 'release'), `JAVA_VERSION="${version}"\n`);
    return join(folder, name);
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wirefold-jdk-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('takes JAVA_HOME before the PATH and the usual folders', async () => {
    const first = await jdk('first', '22.0.1');
    const second = await jdk('second', '23');
    const found = await findJdk({ JAVA_HOME: first, PATH: join(second, 'bin') });
    expect(found.jdk).toEqual({ home: first, version: 22 });
  });

  it('passes by one that is too old, and a runtime without javac, and says so', async () => {
    const old = await jdk('old', '17.0.15');
    const runtime = await jdk('runtime', '21.0.1', { javac: false });
    const home = join(folder, 'user');
    const good = await jdk('user/.jdks/jdk-99', '99', { release: false });
    const first = await findJdk({ JAVA_HOME: old, PATH: join(runtime, 'bin'), HOME: home });
    expect(first.looked).toEqual(
      expect.arrayContaining([
        `Java 17 in ${old} (JAVA_HOME) is too old`,
        `Java 21 in ${runtime} (PATH) is a runtime without javac`,
      ]),
    );
    // Where this machine has a JDK in /usr/lib/jvm or the like, that one comes before the user's own.
    expect(first.jdk?.home === good || /^\/(usr|opt)\//.test(first.jdk?.home ?? '')).toBe(true);
  });

  it('follows the link that java on the PATH mostly is', async () => {
    const real = await jdk('linked', '24');
    const bin = join(folder, 'usr-bin');
    await mkdir(bin);
    await symlink(join(real, 'bin', 'java'), join(bin, 'java'));
    expect((await findJdk({ PATH: bin })).jdk).toEqual({ home: real, version: 24 });
  });

  it('says that JAVA_HOME does not exist', async () => {
    const { looked } = await findJdk({ JAVA_HOME: join(folder, 'nowhere') });
    expect(looked[0]).toBe(`JAVA_HOME (${join(folder, 'nowhere')}) does not exist`);
  });
});
