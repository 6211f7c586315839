import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { findFreePort, type EngineProcess } from '@wirefold/engines';
import { createIngestStage, ingestEnvironment, type Incoming } from '@wirefold/ingest';
import { parseEnvironment, type Delivery } from '@wirefold/pipeline';
import { eventually, ownEngines, sampleMessage, type TestEngines } from '@wirefold/testing';
import { Redis } from 'ioredis';

/** What ingest makes of each of a real Redis's ways to refuse; the service around it is in redis.test.ts. */
jest.setTimeout(40_000);

let engines: TestEngines;
let redisProcess: EngineProcess;
let admin: Redis;
const open: (() => unknown)[] = [];

beforeAll(async () => {
  engines = await ownEngines(['redis']);
  redisProcess = engines.processes?.redis as EngineProcess;
  admin = new Redis(engines.redisUrl);
  admin.on('error', () => undefined);
}, 60_000);

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
  redisProcess.kill('SIGCONT');
  await admin.replicaof('NO', 'ONE');
  await config('requirepass', '');
  await config('save', '');
  await config('dbfilename', 'dump.rdb');
});

afterAll(async () => {
  admin?.disconnect();
  await engines?.stop();
});

type Ingest = Awaited<ReturnType<typeof createIngestStage>>;

async function ingestOn(url: string, more: Readonly<Record<string, string>> = {}): Promise<Ingest> {
  const variables = { REDIS_URL: url, REDIS_TIMEOUT_MS: '800', ...more };
  const config = parseEnvironment(ingestEnvironment, variables);
  const ingest = await createIngestStage(config);
  open.push(() => ingest.close());
  return ingest;
}

let articles = 0;
function aDelivery(): Delivery<Incoming> {
  articles += 1;
  const uri = `urn:redis-replies:${articles}`;
  const article = sampleMessage('ingest', { uri }) as unknown as Incoming;
  return { article, key: uri, origin: `news.article.scraped.v1/0/${articles}@1`, timestampMs: 1 };
}

/** What became of a new article: how it ended, or the outage's code. */
async function endOf({ stage }: Ingest): Promise<string> {
  const delivery = aDelivery();
  const [settled] = await stage.handle([delivery], { signal: new AbortController().signal });
  if (settled?.kind === 'outage') return settled.outage.code;
  await stage.confirm?.([delivery]);
  return settled?.kind ?? 'nothing';
}

const untilItPasses = (ingest: Ingest) =>
  eventually('it goes on', async () => ((await endOf(ingest)) === 'pass' ? true : undefined));

/** What readiness says: the outage's code, or that all is well. */
const readiness = ({ dependencies }: Ingest): Promise<string> =>
  dependencies[0]?.check().then(
    () => 'ready',
    (error: { code: string }) => error.code,
  ) ?? Promise.resolve('no dependency');

const config = (name: string, value: string) => admin.config('SET', name, value);

/** A Redis beside the embedded one, of the same binary, with a configuration of its own. */
async function startRedis(...options: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'args=', '-p', String(redisProcess.pid)]);
  const binary = /^(.*) \S+:\d+/.exec(stdout)?.[1] as string;
  const directory = await mkdtemp(join(tmpdir(), 'wirefold-redis-'));
  const port = await findFreePort();
  const child = spawn(
    binary,
    ['--bind', '127.0.0.1', '--port', String(port), '--dir', directory, '--save', '', ...options],
    { stdio: 'ignore' },
  );
  const exited = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  open.push(async () => {
    child.kill('SIGKILL');
    await exited;
    await rm(directory, { recursive: true, force: true });
  });
  return `redis://127.0.0.1:${port}`;
}

describe('ingest waits, and goes on by itself, when Redis', () => {
  it('runs a script that does not end (BUSY)', async () => {
    const ingest = await ingestOn(engines.redisUrl);
    expect(await endOf(ingest)).toBe('pass');
    await config('lua-time-limit', '20');
    const other = admin.duplicate();
    open.push(() => other.disconnect());
    const script = other.eval('while true do end', 0).catch((error: Error) => error.message);
    await eventually('it is busy', () =>
      admin.ping().then(
        () => undefined,
        (error: Error) => error.message.startsWith('BUSY') || undefined,
      ),
    );
    expect(await endOf(ingest)).toBe('BUSY');
    expect(await readiness(ingest)).toBe('BUSY');
    await admin.script('KILL');
    expect(await script).toContain('killed');
    expect(await endOf(ingest)).toBe('pass');
    expect(await readiness(ingest)).toBe('ready');
  });

  it('is a replica that lost its master (MASTERDOWN)', async () => {
    const ingest = await ingestOn(engines.redisUrl);
    await config('replica-serve-stale-data', 'no');
    await admin.replicaof('127.0.0.1', 1);
    expect(await endOf(ingest)).toBe('MASTERDOWN');
    expect(await readiness(ingest)).toBe('READONLY');
    await admin.replicaof('NO', 'ONE');
    expect(await endOf(ingest)).toBe('pass');
    expect(await readiness(ingest)).toBe('ready');
  });

  it('takes no writes since it could not save (MISCONF)', async () => {
    const ingest = await ingestOn(engines.redisUrl);
    const { 1: directory = '' } = (await admin.config('GET', 'dir')) as string[];
    await config('save', '3600 1');
    await config('dbfilename', 'gone.rdb');
    // In the place of the file.
    await mkdir(join(directory, 'gone.rdb'));
    await admin.bgsave();
    await eventually('saving has failed', async () =>
      (await admin.info('persistence')).includes('rdb_last_bgsave_status:err') ? true : undefined,
    );
    expect(await readiness(ingest)).toBe('MISCONF');
    await expect(endOf(ingest)).rejects.toMatchObject({ name: 'Outage', code: 'MISCONF' });
    await config('dbfilename', 'dump.rdb');
    await config('save', '');
    expect(await endOf(ingest)).toBe('pass');
    expect(await readiness(ingest)).toBe('ready');
  });

  it.each([
    ['without a password', '', 'NOAUTH'],
    ['with a wrong one', ':wrong@', 'WRONGPASS'],
  ])('is asked %s', async (_what, login, code) => {
    await config('requirepass', 'secret');
    const ingest = await ingestOn(engines.redisUrl.replace('//', `//${login}`));
    expect(await endOf(ingest)).toBe(code);
    expect(await readiness(ingest)).toBe(code);
    await config('requirepass', '');
    await untilItPasses(ingest);
    expect(await readiness(ingest)).toBe('ready');
  });

  it('hangs (TIMEOUT)', async () => {
    const ingest = await ingestOn(engines.redisUrl);
    redisProcess.kill('SIGSTOP');
    expect(await endOf(ingest)).toBe('TIMEOUT');
    expect(await readiness(ingest)).toBe('TIMEOUT');
    redisProcess.kill('SIGCONT');
    await untilItPasses(ingest);
    expect(await readiness(ingest)).toBe('ready');
  });

  it('loads its data (LOADING)', async () => {
    const ingest = await ingestOn(engines.redisUrl);
    const pipeline = admin.pipeline();
    for (let key = 0; key < 100; key += 1) pipeline.set(`filler:${key}`, 'x'.repeat(500_000));
    await pipeline.exec();
    // While it loads, it looks at what it is asked once every two megabytes.
    await config('rdbcompression', 'no');
    await config('key-load-delay', '20000');
    const other = admin.duplicate();
    open.push(() => other.disconnect());
    const reloaded = other.call('DEBUG', 'RELOAD');
    await eventually('it loads', () =>
      admin.ping().then(
        () => undefined,
        (error: Error) => error.message.startsWith('LOADING') || undefined,
      ),
    );
    expect(await endOf(ingest)).toBe('LOADING');
    expect(await readiness(ingest)).toBe('LOADING');
    await reloaded;
    expect(await endOf(ingest)).toBe('pass');
    expect(await readiness(ingest)).toBe('ready');
  });

  it('is a cluster with slots that nobody serves (CLUSTERDOWN)', async () => {
    const url = await startRedis('--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1');
    const ingest = await ingestOn(url, { REDIS_CLUSTER: 'true' });
    await eventually('it answers so', async () =>
      (await endOf(ingest)) === 'CLUSTERDOWN' ? true : undefined,
    );
    expect(await readiness(ingest)).toBe('CLUSTERDOWN');
    const cluster = new Redis(url);
    open.push(() => cluster.disconnect());
    await cluster.call('CLUSTER', 'ADDSLOTS', ...Array.from({ length: 16_384 }, (_, slot) => slot));
    await untilItPasses(ingest);
    expect(await readiness(ingest)).toBe('ready');
  });
});

describe('what is remembered', () => {
  it('takes the place of whatever else has come under its key since it was read', async () => {
    const ingest = await ingestOn(engines.redisUrl);
    const delivery = aDelivery();
    const { signal } = new AbortController();
    const [settled] = await ingest.stage.handle([delivery], { signal });
    const { id } = (settled as { output: { id: string } }).output;
    await admin.hset(`wirefold:version:${id}`, 'no', 'text');
    await ingest.stage.confirm?.([delivery]);
    const again = { ...delivery, origin: 'news.article.scraped.v1/0/999999@2' };
    expect(await ingest.stage.handle([again], { signal })).toEqual([{ kind: 'drop', outcome: 'unchanged' }]);
  });

  it('needs no right to ask for the policy', async () => {
    await admin.call('ACL', 'SETUSER', 'modest', 'on', '>pw', '~*', '+@all', '-info', '-config');
    const ingest = await ingestOn(engines.redisUrl.replace('//', '//modest:pw@'));
    expect(await endOf(ingest)).toBe('pass');
    expect(await readiness(ingest)).toBe('ready');
  });
});
