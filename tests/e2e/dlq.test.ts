import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { articleIndex } from '@wirefold/article-index';
import { createRedriver, readLetters, type Publication, type ReceiptWatch } from '@wirefold/cli';
import { documentId, limits, readHeader, topics } from '@wirefold/contracts';
import { eventually, type TestKafka, type TestPipeline } from '@wirefold/testing';
import { publishRecords, rawRecord } from '../integration/raw-records.ts';
import { linesOf, type CommandLine } from './command-line.ts';
import { article, breakIndex, listLetters, mendIndex, statusOf, type ListedLetter } from './dead-letters.ts';
import { beginRun, type PipelineRun } from './pipeline-run.ts';

let run: PipelineRun;
let kafka: TestKafka;
let pipeline: TestPipeline;
let watch: ReceiptWatch;
let elasticsearch: PipelineRun['elasticsearch'];
let wirefold: CommandLine;

beforeAll(async () => {
  run = await beginRun();
  ({ kafka, pipeline, watch, elasticsearch, wirefold } = run);
  await breakIndex(run);
}, 240_000);

afterAll(() => run?.stop(), 120_000);

async function publish(publications: readonly Publication[]): Promise<void> {
  const origins = (await run.publisher.publish(publications)).map(({ origin }) => origin);
  expect(await watch.wait(origins, 60_000)).toBe(true);
}

const list = (...options: string[]) => listLetters(wirefold, ...options);
const uris = (letters: readonly ListedLetter[]) => letters.map(({ uri }) => uri);

const BROKEN = Buffer.from('{"uri": "urn:dlq:cut');
const ESCAPE = '\u001B[31m';

describe('dead letters on the command line', () => {
  it('are listed, the oldest first, with filters and a sum', async () => {
    await publish(['1', '2', '3', '4'].map(article));
    await publish([
      { uri: `urn:dlq:${ESCAPE}`, value: BROKEN },
      { uri: 'urn:dlq:5', value: Buffer.from('{"uri":"urn:dlq:5","content":5}') },
    ]);
    const all = await list();
    expect(all).toHaveLength(6);
    expect(
      all.slice(0, 4).map(({ stage, reason, status, redrives }) => [stage, reason, status, redrives]),
    ).toEqual(Array.from({ length: 4 }, () => ['index', 'mapping-conflict', 'waiting', 0]));
    expect(uris(await list('--stage', 'ingest')).toSorted()).toEqual(
      [`urn:dlq:${ESCAPE}`, 'urn:dlq:5'].toSorted(),
    );
    expect(uris(await list('--reason', 'broken-contract'))).toEqual(['urn:dlq:5']);
    expect(uris(await list('--uri', 'urn:dlq:3'))).toEqual(['urn:dlq:3']);
    expect(await list('--since', '1h')).toHaveLength(6);
    expect(await list('--until', '1h')).toEqual([]);
    expect(await list('--max', '2')).toEqual(all.slice(0, 2));
    expect(await list('--status', 'redriven')).toEqual([]);

    const table = await wirefold('dlq', 'list');
    expect(table.out).toContain('urn:dlq:5');
    expect(table.out).not.toContain(ESCAPE);
    const last = table.out.trimEnd().split('\n').at(-1);
    expect(last).toContain('6 waiting: 4 index mapping-conflict');
    expect((await statusOf(wirefold)).stages.map(({ stage, deadLetters }) => [stage, deadLetters])).toEqual(
      expect.arrayContaining([
        ['ingest', 2],
        ['index', 4],
      ]),
    );
  }, 120_000);

  it('are shown: headers, error and the original, to the byte', async () => {
    const [broken] = await list('--reason', 'malformed-json');
    const { id = '' } = broken ?? {};
    expect((await wirefold('dlq', 'show', id, '--raw')).bytes).toEqual(BROKEN);
    const json = JSON.parse((await wirefold('dlq', 'show', id, '--json')).out) as Record<string, unknown>;
    expect(json).toMatchObject({
      id,
      reason: 'malformed-json',
      headers: { 'wirefold-stage': ['ingest'], ce_source: ['/wirefold/cli'] },
      valueBase64: BROKEN.toString('base64'),
    });
    const shown = await wirefold('dlq', 'show', id);
    expect(shown.out).toContain(BROKEN.toString());
    expect(shown.out).toContain('wirefold-offset');
    expect(shown.out).not.toContain(ESCAPE);
    expect(await wirefold('dlq', 'show', 'ingest/0/9999')).toMatchObject({ code: 1, out: '' });
  }, 120_000);

  it('need to be named: a call without ids or filters, or with wrong ones, does nothing', async () => {
    for (const wrong of [
      ['redrive'],
      ['purge'],
      ['redrive', 'index/0/9999'],
      ['redrive', '--since', 'yesterday'],
      ['list', '--stage', 'nobody'],
    ])
      expect([wrong, (await wirefold('dlq', ...wrong)).code]).toEqual([wrong, 1]);
    const before = await list();
    const dry = await wirefold('dlq', 'redrive', '--stage', 'index', '--dry-run', '--json');
    expect(dry.code).toBe(0);
    expect(linesOf(dry.out)).toHaveLength(4);
    expect(linesOf(dry.out)[0]).toMatchObject({ done: 'would be redriven', topic: topics.enriched.name });
    expect((await wirefold('dlq', 'purge', '--all', '--dry-run')).out).toContain('would be purged');
    expect(await list('--status', 'all')).toEqual(before);
  }, 120_000);
});

describe('a redrive inside the pipeline', () => {
  it('dies again where the cause is still there, and stops at the cap', async () => {
    const [first] = await list('--uri', 'urn:dlq:1');
    const again = await wirefold('dlq', 'redrive', first?.id ?? '', '--wait', '--json');
    expect(again.code).toBe(1);
    expect(linesOf(again.out)).toEqual([
      expect.objectContaining({ outcome: 'rejected', redrives: 1, origin: first?.origin }),
    ]);
    expect(await list('--uri', 'urn:dlq:1', '--status', 'all')).toEqual([
      expect.objectContaining({ id: first?.id, status: 'redriven', redrives: 0 }),
      expect.objectContaining({ status: 'waiting', redrives: 1, origin: first?.origin }),
    ]);
    const capped = await wirefold('dlq', 'redrive', '--uri', 'urn:dlq:1', '--max-redrives', '1', '--json');
    expect(capped.code).toBe(1);
    expect(linesOf(capped.out)).toEqual([expect.objectContaining({ done: 'skipped' })]);
    const twice = await wirefold('dlq', 'redrive', '--uri', 'urn:dlq:1', '--wait', '--json');
    expect(linesOf(twice.out)).toEqual([expect.objectContaining({ outcome: 'rejected', redrives: 2 })]);
    expect((await statusOf(wirefold)).outcomes['rejected']).toBe(6);
  }, 120_000);

  it('published twice by a crash before its mark ends in one document', async () => {
    await mendIndex(run);
    const [letter] = (await readLetters(kafka.kafka, ['index'])).filter(({ uri }) => uri === 'urn:dlq:2');
    if (letter === undefined) throw new Error('no letter');
    const redriver = await createRedriver(kafka.kafka, 'zstd');
    expect(await redriver.publish([letter], async () => undefined)).toEqual([]);
    await redriver.close();
    const ended = new Map([[letter.origin, 1]]);
    expect(await watch.wait([letter.origin], 30_000, undefined, ended)).toBe(true);
    expect(await list('--uri', 'urn:dlq:2')).toHaveLength(1);

    const again = await wirefold('dlq', 'redrive', '--uri', 'urn:dlq:2', '--wait', '--json');
    expect(again.code).toBe(0);
    expect(linesOf(again.out)).toEqual([expect.objectContaining({ outcome: 'indexed', redrives: 1 })]);
    expect(await list('--uri', 'urn:dlq:2')).toEqual([]);
  }, 120_000);

  it('ends all that waited as indexed once the cause is mended, under their first identity', async () => {
    const redriven = await wirefold('dlq', 'redrive', '--stage', 'index', '--wait', '--json');
    expect(redriven).toMatchObject({ code: 0, err: expect.stringContaining('3 redriven, 0 not') });
    const ended = new Map(
      linesOf(redriven.out).map(({ uri, outcome, redrives }) => [uri, [outcome, redrives]]),
    );
    expect(ended).toEqual(
      new Map([
        ['urn:dlq:1', ['indexed', 3]],
        ['urn:dlq:3', ['indexed', 1]],
        ['urn:dlq:4', ['indexed', 1]],
      ]),
    );
    const second = await wirefold('dlq', 'redrive', '--stage', 'index', '--wait');
    expect(second).toMatchObject({ code: 0, out: '', err: expect.stringContaining('no dead letter waits') });

    const index = articleIndex({ prefix: pipeline.prefix }).writeAlias;
    await elasticsearch.indices.refresh({ index });
    expect((await elasticsearch.count({ index })).count).toBe(4);
    expect(await elasticsearch.exists({ index, id: documentId('urn:dlq:1') })).toBe(true);
    const status = await statusOf(wirefold);
    expect(status).toMatchObject({ published: 6, underway: 0, outcomes: { indexed: 4, rejected: 2 } });

    const trace = JSON.parse((await wirefold('trace', 'urn:dlq:1', '--json')).out) as Record<
      string,
      unknown
    >[];
    expect(trace).toHaveLength(1);
    expect(trace[0]).toMatchObject({
      receipt: { outcome: 'indexed', redrives: 3 },
      attempts: [
        { redrives: 0, receipt: { outcome: 'rejected' }, deadLetter: { status: 'redriven' } },
        { redrives: 1, receipt: { outcome: 'rejected' } },
        { redrives: 2, receipt: { outcome: 'rejected' } },
        { redrives: 3, receipt: { outcome: 'indexed' } },
      ],
    });
    const ledger = await wirefold('ledger', '--json');
    expect(ledger.code).toBe(0);
    expect(JSON.parse(ledger.out)).toMatchObject({
      published: 6,
      gap: 0,
      waiting: 0,
      redriven: 4,
      outcomes: { indexed: 4 },
    });
  }, 180_000);

  it('keeps key, value and headers to the byte', async () => {
    const records = await kafka.messages(topics.enriched, 2, ({ key }) => String(key) === 'urn:dlq:3');
    const [original, again] = records;
    const { 'wirefold-redrives': redrives, ...headers } = again?.headers ?? {};
    expect(String(redrives)).toBe('1');
    expect(headers).toEqual({ ...original?.headers });
    expect(again?.value?.equals(original?.value ?? Buffer.alloc(0))).toBe(true);
    expect([again?.key, again?.partition]).toEqual([original?.key, original?.partition]);
  }, 120_000);
});

describe('a redrive on the way in', () => {
  it('is a message of its own, that names the first one', async () => {
    const [letter] = await list('--uri', 'urn:dlq:5');
    const redriven = await wirefold('dlq', 'redrive', letter?.id ?? '', '--wait', '--json');
    expect(redriven.code).toBe(1);
    const [receipt] = linesOf(redriven.out);
    expect(receipt).toMatchObject({ outcome: 'rejected', redrives: 1 });
    expect(receipt?.['origin']).not.toBe(letter?.origin);
    const [, again] = await kafka.messages(topics.scraped, 2, ({ key }) => String(key) === 'urn:dlq:5');
    expect(readHeader(again?.headers, 'wirefold-redrive-of')).toBe(letter?.origin);
    const trace = JSON.parse((await wirefold('trace', 'urn:dlq:5', '--json')).out) as Record<
      string,
      unknown
    >[];
    expect(trace).toEqual([
      expect.objectContaining({
        origin: letter?.origin,
        attempts: [expect.objectContaining({ redrives: 0 }), expect.objectContaining({ redrives: 1 })],
      }),
    ]);
    expect((await wirefold('trace', 'urn:dlq:5')).out).toMatch(/npx wirefold dlq redrive ingest\/0\/\d+/);
  }, 120_000);

  it('trusts no header that anybody can write', async () => {
    const before = await list('--stage', 'ingest');
    const mark = {
      'wirefold-mark': 'redriven',
      'wirefold-marked': '0/0',
      'wirefold-marked-at': '2026-01-01T00:00:00Z',
    };
    await kafka.publish(
      topics.scraped,
      { key: 'urn:dlq:mark', value: null, headers: mark },
      {
        key: 'urn:dlq:count',
        value: 'x',
        headers: { 'wirefold-redrives': '99', 'wirefold-redrive-of': 'x' },
      },
      {
        key: 'urn:dlq:hostile',
        value: 'x',
        headers: { 'wirefold-redrives': '1e9', 'wirefold-cut': 'forged' },
      },
    );
    const bomb = rawRecord({ key: null, value: Buffer.alloc(limits.decompressedBytes + 1), headers: [] });
    await publishRecords(kafka.kafka, topics.scraped.name, [bomb]);
    const letters = await eventually('four letters more', async () => {
      const found = await list('--stage', 'ingest');
      return found.length === before.length + 4 ? found : undefined;
    });
    expect(letters.slice(0, before.length)).toEqual(before);
    const redrives = new Map(letters.map((letter) => [letter.uri, letter.redrives]));
    expect([redrives.get('urn:dlq:count'), redrives.get('urn:dlq:hostile')]).toEqual([99, 0]);
    const dry = await wirefold('dlq', 'redrive', '--stage', 'ingest', '--dry-run', '--json');
    const skipped = linesOf(dry.out).filter(({ done }) => done === 'skipped');
    expect(new Set(skipped.map(({ why }) => why))).toEqual(
      new Set([
        'it stands for a packed batch, not for a message',
        'it was redriven 99 times already (--max-redrives 3)',
      ]),
    );
  }, 120_000);
});

describe('a purge', () => {
  const low = async () => Number((await kafka.admin.fetchTopicOffsets('ingest.dlq.v1'))[0]?.low);

  it('gives letters up, and deletes from the broker what is done with, up to the first that waits', async () => {
    const letters = await list('--stage', 'ingest');
    const [first, second, ...rest] = letters;
    expect(await wirefold('dlq', 'purge', second?.id ?? '')).toMatchObject({
      code: 0,
      err: expect.stringContaining('1 purged'),
    });
    expect((await list('--status', 'purged')).map(({ id }) => id)).toEqual([second?.id]);
    expect(await low()).toBe(first?.offset);
    const json = await wirefold('dlq', 'purge', first?.id ?? '', '--json');
    expect(linesOf(json.out).at(-1)).toMatchObject({ purged: 1, deletedRecords: expect.any(Number) });
    expect(await low()).toBe(Math.min(...rest.map(({ offset }) => offset)));
    expect(await list('--stage', 'ingest')).toEqual(rest);
  }, 120_000);

  it('of all leaves nothing, marks included', async () => {
    expect(await wirefold('dlq', 'purge', '--all')).toMatchObject({ code: 0 });
    for (const stage of ['ingest', 'index']) {
      const [offsets] = await kafka.admin.fetchTopicOffsets(`${stage}.dlq.v1`);
      expect([stage, offsets?.low]).toEqual([stage, offsets?.high]);
    }
    expect(await list('--status', 'all')).toEqual([]);
    expect(await wirefold('dlq', 'purge', '--all')).toMatchObject({ code: 0 });
  }, 120_000);
});
