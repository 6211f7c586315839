import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  documentId,
  limits,
  readHeader,
  type Receipt,
  type RejectReason,
  type Step,
} from '@wirefold/contracts';
import {
  beginStageRun,
  eventIds,
  jsonOf,
  outcomesOf,
  probe,
  SAMPLE_TRACEPARENT,
  type ServiceProcess,
  type StageRun,
  type TappedMessage,
  type TestEngines,
  type TestKafka,
  type TestMessage,
} from '@wirefold/testing';
import { bytesOf, expectDeadLetter, keyOf, last } from './dead-letters.ts';
import { contractBreakers, fourMistakes, malformedValues, nested } from './message-cases.ts';
import { buildSubjects, subjects } from './subjects.ts';
import { useEngines } from '../../engines.ts';

jest.setTimeout(30_000);

let engines: TestEngines;
let kafka: TestKafka;

useEngines(buildSubjects, (begun) => ({ engines, kafka } = begun));

describe.each(subjects)('$stage', (subject) => {
  const { stage, input, output, handled } = subject;
  let run: StageRun;
  let service: ServiceProcess;
  let published = 0;

  beforeAll(async () => {
    run = await beginStageRun(subject, engines, kafka);
    service = await run.start();
  }, 30_000);

  afterAll(async () => {
    service?.kill('SIGKILL');
    await service?.exited;
  });

  /** Publishes, waits until all of it is committed, and gives what was counted meanwhile. */
  async function handle(...messages: TestMessage[]): Promise<Record<string, number>> {
    const before = await outcomesOf(service.url);
    await run.publish(...messages);
    published += messages.length;
    await run.untilCommitted(published);
    const after = await outcomesOf(service.url);
    return Object.fromEntries(
      Object.entries(after)
        .map(([name, count]) => [name, count - (before[name] ?? 0)] as const)
        .filter(([, count]) => count > 0),
    );
  }

  const about = (messages: readonly TappedMessage[], uri: string) =>
    messages.filter((message) => keyOf(message) === uri);
  const outputsAbout = async (uri: string) => about(await run.outputs(0), uri);

  async function expectRejected(message: TestMessage, reason: RejectReason, error: RegExp) {
    expect(await handle(message)).toEqual({ [`rejected ${reason}`]: 1 });
    return expectDeadLetter(subject, run, kafka, message, reason, error);
  }

  it('is alive and ready', async () => {
    expect((await probe(service.url, 'live')).status).toBe(200);
    const ready = await probe(service.url, 'ready');
    expect(ready).toMatchObject({ status: 200, error: {} });
    const { dependency } = subject;
    if (dependency !== undefined) expect(ready.info).toHaveProperty(dependency.engine, { status: 'up' });
  });

  it('passes a good message on, by the next contract, with its identity, its trace and one more step', async () => {
    const message = run.good(1);
    expect(await handle(message)).toEqual({ [handled]: 1 });
    const out = last(await outputsAbout(run.uri(1)));
    const value = output.schema?.parse(jsonOf(out)) as { origin: string; steps: Step[] };
    const given = message.value as { origin?: string; steps?: Step[] };
    const record = last(await kafka.messages(input, 1, (one) => keyOf(one) === run.uri(1)));
    const origin = given.origin ?? `${record.topic}/${record.partition}/${record.offset}@${record.timestamp}`;
    expect(value.origin).toBe(origin);
    expect(value.steps).toEqual([
      ...(given.steps ?? []),
      { stage, at: expect.any(String), tookMs: expect.any(Number) },
    ]);
    const header = (name: string) => readHeader(out.headers, name);
    expect(keyOf(out)).toBe(run.uri(1));
    expect(header('ce_specversion')).toBe('1.0');
    expect(header('ce_id')).toBe(origin);
    expect(header('ce_source')).toBe(`/wirefold/${stage}`);
    expect(header('ce_type')).toBe(output.eventType);
    expect(header('ce_subject')).toBe(run.uri(1));
    expect(Date.parse(header('ce_time') ?? '')).toBeCloseTo(Date.now(), -5);
    expect(header('content-type')).toBe('application/json');
    const [, trace, span, flags] = header('traceparent')?.split('-') ?? [];
    const [, givenTrace, givenSpan] = SAMPLE_TRACEPARENT.split('-');
    expect([trace, flags]).toEqual([givenTrace, '01']);
    expect(span).toMatch(/^[0-9a-f]{16}$/);
    expect(span).not.toBe(givenSpan);
    expect(await run.deadLetters(0)).toEqual([]);
  });

  it('takes a byte order mark before a good message', async () => {
    const message = run.good(2);
    const value = Buffer.concat([Buffer.from('\ufeff'), bytesOf(message) ?? Buffer.alloc(0)]);
    expect(await handle({ ...message, value })).toEqual({ [handled]: 1 });
    expect(await outputsAbout(run.uri(2))).toHaveLength(1);
  });

  it.each(malformedValues)('gives up %s', async (_what, value, error) => {
    await expectRejected({ ...run.good(3), key: run.uri(3), value }, 'malformed-json', error);
  });

  it.each(contractBreakers)('gives up %s', async (_what, value, error) => {
    await expectRejected({ key: run.uri(4), value }, 'broken-contract', error);
  });

  it('names every mistake of a message', async () => {
    const { value, named } = fourMistakes(stage, run.uri(5));
    const letter = await expectRejected({ key: run.uri(5), value }, 'broken-contract', /; .*; .*; /);
    for (const mistake of named) expect(readHeader(letter.headers, 'wirefold-error')).toMatch(mistake);
  });

  it('gives up an event of another major version', async () => {
    const message = run.good(6);
    const other = input.eventType.replace(/v1$/, 'v2');
    await expectRejected(
      { ...message, key: run.uri(6), headers: { ...message.headers, ce_type: other } },
      'unknown-version',
      new RegExp(`the event's type is ${other}; this topic takes ${input.eventType}`),
    );
  });

  it('keeps the headers of a dead letter to the byte, hostile ones too', async () => {
    const headers = {
      constructor: 'a function?',
      binary: Buffer.from([0, 255, 254]),
      twice: ['one', 'two'],
      empty: '',
      'wirefold-reason': 'mine',
    };
    const letter = await expectRejected(
      { key: run.uri(7), value: '{', headers },
      'malformed-json',
      /^not JSON/,
    );
    expect(letter.headers?.['binary']).toEqual(headers.binary);
    expect(letter.headers?.['twice']).toEqual([Buffer.from('one'), Buffer.from('two')]);
    expect(letter.headers?.['empty']).toEqual(Buffer.alloc(0));
    expect(letter.headers?.['original-wirefold-reason']).toEqual(Buffer.from('mine'));
  });

  it('keeps fields that the contract does not know', async () => {
    const desk = { name: 'Küste', editors: [{ name: 'I. Janssen', since: 2019 }], open: null };
    const message = run.good(8, { fields: { desk } });
    expect(await handle(message)).toEqual({ [handled]: 1 });
    if (stage === 'index') expect(await storedDocument(run.uri(8))).toMatchObject({ extra: { desk } });
    else expect(jsonOf(last(await outputsAbout(run.uri(8))))['desk']).toEqual(desk);
  });

  it('gives up what is nested too deep, and takes what just is not', async () => {
    const fields = (levels: number) => ({ fields: { tree: nested(levels) } });
    expect(await handle(run.good(9, fields(limits.jsonDepth)))).toEqual({ [handled]: 1 });
    const deep = run.good(10, fields(limits.jsonDepth + 1));
    await expectRejected({ ...deep, key: run.uri(10) }, 'broken-contract', /^nested deeper than 64 levels$/);
  });

  if (stage === 'ingest') {
    it('gives up content over 2 MiB, counted in bytes, and takes 2 MiB', async () => {
      const content = 'ä'.repeat(limits.contentBytes / 2);
      expect(await handle(run.good(11, { fields: { content } }))).toEqual({ passed: 1 });
      const over = run.good(12, { fields: { content: `${content}a` } });
      await expectRejected(
        { ...over, key: run.uri(12) },
        'too-large',
        /^content: expected at most 2097152 bytes of UTF-8$/,
      );
    });
  }

  it(`${stage === 'index' ? 'settles a message' : 'gives up a result'} of the size of its topic`, async () => {
    const message = run.good(13);
    const room = input.maxMessageBytes - 1500 - (bytesOf(message)?.length ?? 0);
    const large = run.good(13, { fields: { attachment: 'a'.repeat(room) } });
    if (stage === 'index') {
      // Its result is only a receipt; whether the document fits depends on Elasticsearch's heap. It must not wait for ever.
      const outcome = await handle(large);
      expect([{ indexed: 1 }, { 'rejected output-too-large': 1 }]).toContainEqual(outcome);
      return;
    }
    await expectRejected(
      { ...large, key: run.uri(13) },
      'output-too-large',
      new RegExp(`^the result has \\d+ bytes; ${output.name} takes ${output.maxMessageBytes - 4096}$`),
    );
  }, 30_000);

  it('keeps the order of each article, and its neighbours unharmed by bad messages', async () => {
    const articles = [20, 21, 22, 23, 24, 25, 26];
    const versions = [1, 2, 3, 4, 5, 6, 7, 8];
    const messages = versions.flatMap((version) =>
      articles.flatMap((article) => [
        run.good(article, {
          version,
          record: article * 100 + version,
          fields: { [stage === 'ingest' ? 'content' : 'body']: `Fassung ${version}.`, seen: version },
        }),
        { key: run.uri(article), value: version % 2 === 0 ? '{"uri":' : '{"uri":7}' },
      ]),
    );
    expect(await handle(...messages)).toEqual({
      [handled]: 56,
      'rejected malformed-json': 28,
      'rejected broken-contract': 28,
    });
    const outputs = await run.outputs(0);
    for (const article of articles) {
      const seen = about(outputs, run.uri(article)).map(
        (message) => jsonOf<{ version: number }>(message).version,
      );
      expect(seen).toEqual(versions);
    }
    if (stage === 'index') expect(await storedDocument(run.uri(20))).toMatchObject({ version: 8 });
  });

  it('handles nothing twice in effect when all of it is delivered again', async () => {
    service.kill('SIGTERM');
    expect(await service.exited).toBe(0);
    const before = await run.outputs(0);
    const settled = async () =>
      (await run.receipts(0))
        .map((message) => jsonOf<Receipt>(message))
        .filter((one) => one.outcome !== 'rejected');
    const receipts = await settled();
    const stored = stage === 'index' ? await storedDocument(run.uri(1)) : {};
    await run.rewind();
    service = await run.start();
    await run.untilCommitted(published);
    // What is committed was acknowledged before; the tap sees it a moment later.
    const after = await run.outputs(stage === 'ingest' ? before.length : before.length + 1);
    if (stage === 'ingest') {
      expect(eventIds(after)).toEqual(eventIds(before));
      expect(await settled()).toEqual(receipts);
      expect(await outcomesOf(service.url)).toMatchObject({ redelivered: before.length });
    } else if (stage === 'index') {
      const { indexedAt: _before, ...document } = stored;
      const { indexedAt: _after, ...again } = await storedDocument(run.uri(1));
      expect(again).toEqual(document);
      expect(await storedDocument(run.uri(20))).toMatchObject({ version: 8 });
    } else {
      expect(eventIds(await run.outputs(before.length * 2)).toSorted()).toEqual(
        [...eventIds(before), ...eventIds(before)].toSorted(),
      );
    }
  }, 30_000);

  async function storedDocument(uri: string): Promise<Record<string, unknown>> {
    const index = `${run.name}-articles-write`;
    const response = await fetch(`${engines.elasticsearchUrl}/${index}/_doc/${documentId(uri)}`);
    return ((await response.json()) as { _source: Record<string, unknown> })._source;
  }
});
