import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { documentId, type CleanedArticle } from '@wirefold/contracts';
import { connectRedis } from '@wirefold/redis';
import { repositoryRoot, testEngines, type TestEngines } from '@wirefold/testing';
import { linesOf } from './command-line.ts';

let engines: TestEngines;
let folder: string;

beforeAll(async () => {
  engines = await testEngines(['redis']);
  folder = await mkdtemp(join(tmpdir(), 'wirefold-'));
}, 120_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await engines.stop();
});

/** Runs `wirefold try fold`, with nothing in its environment but what is named. */
async function tryFold(parameters: string[], input: string, environment: Record<string, string>) {
  const child = spawn(
    process.execPath,
    [join(repositoryRoot, 'cli/dist/main.js'), 'try', 'fold', ...parameters],
    { env: { PATH: process.env['PATH'], ...environment } },
  );
  child.stdin.end(input);
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('exit', resolve)),
  ]);
  return { out, err, code };
}

const WIRE = `A ferry with 212 passengers ran aground on Tuesday off the harbour of Kalmora, the coast guard said.

Nobody was seriously injured when the ship struck a sandbank at about 6.40 in the morning, said the spokeswoman Irena Valdek. Eleven passengers were treated for bruises.

Its captain had reported thick fog and a failure of the radar shortly before, according to the shipping company Nordlinje.`;

const article = (uri: string, fields: Partial<CleanedArticle> = {}): CleanedArticle => ({
  id: documentId(uri),
  uri,
  version: 1,
  versionCreated: '2026-03-03T08:00:00Z',
  publishedAt: '2026-03-03T08:00:00Z',
  pubStatus: 'usable',
  contentHash: 'hash',
  origin: 'topic/0/1@1',
  steps: [],
  title: 'Ferry runs aground off Kalmora',
  titleFrom: 'publisher',
  body: WIRE,
  language: { tag: 'en', confidence: 1, from: 'text' },
  residue: [],
  extraction: { method: 'text', wordCount: 70 },
  ...fields,
});

const jsonLines = (...values: object[]) => values.map((value) => JSON.stringify(value)).join('\n');

const stories = jsonLines(
  article('urn:wire', { residue: [{ kind: 'agency-credit', text: '(Reuters)' }] }),
  article('urn:copy'),
  article('urn:update', {
    title: 'UPDATE 1-Ferry runs aground off Kalmora',
    body: WIRE.replace('Eleven passengers were', 'Fourteen of the 215 passengers were'),
    publishedAt: '2026-03-03T10:00:00Z',
  }),
  article('urn:other', {
    title: 'A bridge opens',
    body: 'The new bridge over the Sill opened to trams on Monday after nine years of work.',
  }),
);

describe('wirefold try fold', () => {
  it('gives the story of each line, on a Redis of its own where none is named', async () => {
    const { out, err, code } = await tryFold([], stories, {});
    expect({ code, err: err.split('\n').filter((line) => /error/i.test(line)) }).toEqual({
      code: 0,
      err: [],
    });
    const wire = { id: documentId('urn:wire') };
    expect(linesOf(out)).toEqual([
      {
        uri: 'urn:wire',
        story: expect.objectContaining({ ...wire, relation: 'original', score: 1, agency: 'Reuters' }),
      },
      {
        uri: 'urn:copy',
        story: expect.objectContaining({ ...wire, relation: 'copy', of: 'urn:wire', covered: true }),
      },
      { uri: 'urn:update', story: expect.objectContaining({ ...wire, relation: 'update' }) },
      {
        uri: 'urn:other',
        story: expect.objectContaining({ id: documentId('urn:other'), relation: 'original' }),
      },
    ]);
  }, 120_000);

  it('begins with nothing each time, and leaves nothing; under a name it goes on', async () => {
    const environment = { REDIS_URL: engines.redisUrl, REDIS_PREFIX: `test-${process.pid}` };
    const copy = jsonLines(article('urn:copy'));
    await tryFold([], jsonLines(article('urn:wire')), environment);
    const alone = await tryFold([], copy, environment);
    expect(linesOf(alone.out)).toMatchObject([{ story: { relation: 'original' } }]);
    expect(await keysOf(environment.REDIS_PREFIX)).toEqual([]);

    await tryFold(['--namespace', 'one'], jsonLines(article('urn:wire')), environment);
    const joined = await tryFold(['--namespace', 'one'], copy, environment);
    expect(linesOf(joined.out)).toMatchObject([{ story: { relation: 'copy', of: 'urn:wire' } }]);
    const explained = await tryFold(['--namespace', 'one', '--explain'], copy, environment);
    expect(explained.out).toContain('the text of urn:wire is not in this run');
  }, 120_000);

  it('explains: the sentences that are shared, the figures that differ', async () => {
    const environment = { REDIS_URL: engines.redisUrl };
    const { out, code } = await tryFold(['--explain'], stories, environment);
    expect(code).toBe(0);
    const update = out.slice(out.indexOf('urn:update'), out.indexOf('urn:other'));
    expect(update).toMatch(/^urn:update: update of urn:(wire|copy)\n/);
    expect(update).toContain('sentences: 3 of its 4');
    expect(update).toContain('"A ferry with 212 passengers ran aground on Tuesday');
    expect(update).toContain('only here 215');
  }, 60_000);

  it('reads and writes files, and says which lines failed', async () => {
    const [input, output] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')];
    await writeFile(input, `${jsonLines(article('urn:wire'))}\nno JSON\n{"uri":"urn:x"}\n`);
    const { code, err } = await tryFold(['--in', input, '--out', output], '', {
      REDIS_URL: engines.redisUrl,
    });
    expect(code).toBe(1);
    expect(err).toContain('2 lines failed');
    const [first, second, third] = linesOf(await readFile(output, 'utf8'));
    expect(first).toMatchObject({ story: { relation: 'original' } });
    expect(second).toEqual({ error: expect.stringContaining('not JSON') });
    expect(third).toEqual({ error: expect.stringMatching(/^broken-contract: .*title/) });
  }, 60_000);

  it('wipes nothing, and says whose kill reaches whom', async () => {
    const kill = article('urn:wire', { pubStatus: 'canceled', version: 2, body: '', title: '' });
    const input = jsonLines(article('urn:wire'), article('urn:copy'), kill, article('urn:late'));
    const { out } = await tryFold([], input, { REDIS_URL: engines.redisUrl });
    const lines = linesOf(out);
    expect(lines[2]).toMatchObject({ uri: 'urn:wire', story: { head: true } });
    expect(lines[3]).toMatchObject({ uri: 'urn:late', story: { relation: 'copy', killedBy: 'urn:wire' } });
  }, 60_000);

  it('says what is wrong with a call or a setting', async () => {
    expect(await tryFold(['--in', join(folder, 'nothing')], '', {})).toMatchObject({
      code: 1,
      err: expect.stringContaining('no such file'),
    });
    const environment = { REDIS_URL: engines.redisUrl, FOLD_TEXT_THRESHOLD: '2', FOLD_POLICY: 'lose' };
    const wrong = await tryFold([], '', environment);
    expect(wrong.code).toBe(1);
    expect(wrong.err).toMatch(/FOLD_POLICY[^]*FOLD_TEXT_THRESHOLD/);
  }, 60_000);
});

async function keysOf(prefix: string): Promise<string[]> {
  const redis = await connectRedis({
    REDIS_URL: engines.redisUrl,
    REDIS_CLUSTER: false,
    REDIS_PREFIX: prefix,
    REDIS_TIMEOUT_MS: 5000,
  });
  try {
    return await redis.run(() => redis.client.keys(`*${prefix}*fold*`));
  } finally {
    redis.client.disconnect();
  }
}
