import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  eventually,
  repositoryRoot,
  startTestPipeline,
  testEngines,
  testKafka,
  type TestEngines,
  type TestKafka,
  type TestPipeline,
} from '@wirefold/testing';

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let engines: TestEngines;
let kafka: TestKafka;
let pipeline: TestPipeline;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wirefold-cli-'));
  engines = await testEngines();
  kafka = await testKafka(engines.kafkaBrokers);
  pipeline = await startTestPipeline(engines);
}, 120_000);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await pipeline?.stop();
  await kafka?.close();
  await engines?.stop();
}, 60_000);

/** Runs the built command line as a user does, against the test's engines. */
function wirefold(parameters: readonly string[], input = ''): Promise<Answer> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(repositoryRoot, 'cli/dist/main.js'), ...parameters],
      {
        env: {
          KAFKA_BROKERS: engines.kafkaBrokers.join(','),
          ELASTICSEARCH_URL: engines.elasticsearchUrl,
          INDEX_PREFIX: pipeline.prefix,
          CONSUMER_GROUP_PREFIX: pipeline.prefix,
        },
      },
      (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err }),
    );
    child.stdin?.end(input);
  });
}

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const lines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const TEXT =
  'Die Talsperre bei Neustadt ist wieder gefüllt.\n\nNach drei trockenen Jahren atmen die Wasserwerke auf. „Das reicht bis zum Herbst“, sagte eine Sprecherin.\n\nFoto: Anna Beispiel';

describe('the command line', () => {
  it('publishes a text, waits for its outcome, finds and traces it', async () => {
    const path = file('talsperre.txt', TEXT);
    const published = await wirefold([
      'publish',
      path,
      '--uri',
      'urn:cli:1',
      '--lang',
      'de',
      '--wait',
      '--json',
    ]);
    expect(published).toMatchObject({ code: 0 });
    expect(lines(published.out)).toEqual([
      expect.objectContaining({ uri: 'urn:cli:1', outcome: 'indexed', language: 'de' }),
    ]);

    const found = await eventually('the article is found', async () => {
      const answer = await wirefold(['search', 'Talsperren', '--lang', 'de', '--json']);
      const result = JSON.parse(answer.out) as { total: number; hits: { uri: string }[] };
      return result.total > 0 ? result : undefined;
    });
    expect(found.hits.map(({ uri }) => uri)).toEqual(['urn:cli:1']);
    expect((await wirefold(['search', 'Talsperre'])).out).toContain('urn:cli:1');

    const trace = await wirefold(['trace', 'urn:cli:1', '--json']);
    expect(JSON.parse(trace.out)).toEqual([
      expect.objectContaining({
        steps: ['ingest', 'clean', 'translate', 'enrich', 'index'].map((stage) =>
          expect.objectContaining({ stage }),
        ),
        receipt: expect.objectContaining({ outcome: 'indexed' }),
      }),
    ]);
    expect(await wirefold(['trace', 'urn:cli:nobody'])).toMatchObject({ code: 1 });
  }, 60_000);

  it('publishes JSON Lines and says how each of them ended; a rejected one is exit code 1', async () => {
    const path = file(
      'stories.jsonl',
      [
        { uri: 'urn:cli:2', content: 'Ein Satz. Noch ein Satz für den Text.' },
        { uri: 'urn:cli:3', version: 'drei', content: 'x' },
        { uri: 'urn:cli:2', content: 'Ein Satz. Noch ein Satz für den Text.' },
      ]
        .map((story) => `${JSON.stringify(story)}\n`)
        .join(''),
    );
    const refused = await wirefold(['publish', path, '--wait']);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('stories.jsonl:2: version:');

    const forced = await wirefold(['publish', path, '--no-check', '--wait', '--json']);
    expect(forced.code).toBe(1);
    expect(lines(forced.out).map(({ outcome }) => outcome)).toEqual(['indexed', 'rejected', 'unchanged']);
  }, 60_000);

  it('says how the pipeline stands: published is the sum of the outcomes', async () => {
    const status = await eventually('nothing is on the way', async () => {
      const answer = await wirefold(['status', '--json']);
      const result = JSON.parse(answer.out) as {
        published: number;
        underway: number;
        outcomes: Record<string, number>;
        stages: { stage: string; lag: number; deadLetters: number }[];
      };
      return result.stages.every(({ lag }) => lag === 0) ? result : undefined;
    });
    expect(status.underway).toBe(0);
    expect(Object.values(status.outcomes).reduce((sum, count) => sum + count, 0)).toBe(status.published);
    expect(status.stages.find(({ stage }) => stage === 'ingest')?.deadLetters).toBe(
      status.outcomes['rejected'],
    );
  }, 60_000);

  it('tries a stage without Kafka: a line out for each line in', async () => {
    const input = [
      JSON.stringify({ uri: 'urn:try', content: TEXT }),
      'no JSON',
      JSON.stringify({ uri: 'urn:try:2' }),
    ].join('\n');
    const cleaned = await wirefold(['try', 'clean'], input);
    expect(cleaned.code).toBe(1);
    const [first, second, third] = lines(cleaned.out);
    expect(first).toMatchObject({
      body: expect.stringContaining('atmen die Wasserwerke auf'),
      residue: [expect.objectContaining({ kind: expect.any(String), text: 'Foto: Anna Beispiel' })],
      language: { tag: 'de' },
    });
    expect(second).toEqual({ error: expect.stringContaining('not JSON') });
    expect(third).toEqual({ error: expect.stringContaining('content') });

    const enriched = await wirefold(
      ['try', 'enrich'],
      JSON.stringify({ ...first, body: 'Am 3. Mai 2024 in Frankreich.' }),
    );
    expect(enriched.code).toBe(0);
    const [{ entities }] = lines(enriched.out) as [{ entities: Record<string, unknown>[] }];
    expect(entities).toEqual([
      expect.objectContaining({ type: 'date', text: '3. Mai 2024', start: 3, end: 14, value: '2024-05-03' }),
      expect.objectContaining({ type: 'place', text: 'Frankreich', id: 'iso3166:FR', country: 'FR' }),
    ]);
    expect((await wirefold(['try', 'translate'], JSON.stringify(first))).out).toContain(
      '"status":"untranslated"',
    );
  }, 60_000);

  it('explains what clean cut, each piece with its kind and reason', async () => {
    const article = { uri: 'urn:try', title: 'Wasser\u001b[31m', content: `Von Anke Sommerfeld\n\n${TEXT}` };
    const explained = await wirefold(['try', 'clean', '--explain'], JSON.stringify(article));
    expect(explained.code).toBe(0);
    expect(explained.out).toMatch(/^urn:try: Wasser/);
    expect(explained.out).not.toContain('\u001b');
    expect(explained.out).toMatch(/byline +Von Anke Sommerfeld \[word for authors and a name\]/);
    expect(explained.out).toMatch(/ {4}\S+ +Foto: Anna Beispiel \[.+\]/);
    expect(await wirefold(['try', 'enrich', '--explain'], '')).toMatchObject({
      code: 1,
      err: expect.stringContaining('only clean'),
    });
  }, 60_000);

  it('applies topics and index again without a change', async () => {
    const topics = await wirefold(['topics', 'apply', '--json']);
    expect(JSON.parse(topics.out)).toEqual(
      expect.arrayContaining([expect.objectContaining({ change: 'unchanged' })]),
    );
    expect(topics.out).not.toContain('created');
    const index = await wirefold(['index', 'apply', '--json']);
    expect(JSON.parse(index.out)).toMatchObject({ index: 'unchanged', aliases: 'unchanged' });
  }, 60_000);

  it('says what is wrong with a call, and exits with 1', async () => {
    const missing = await wirefold(['publish', join(folder, 'nothing.txt')]);
    expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('no such file') });
    expect(await wirefold(['try', 'nonsense'])).toMatchObject({ code: 1 });
    expect(await wirefold(['search', 'x', '--limit', '1000'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('limit'),
    });
  }, 60_000);
});
