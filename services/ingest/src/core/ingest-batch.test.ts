import { describe, expect, it } from '@jest/globals';
import { Outage, type Delivery } from '@wirefold/pipeline';
import { createIngestBatch, type VersionStore } from './ingest-batch.ts';
import type { Incoming } from './ingest.ts';
import type { KnownVersion } from './version-order.ts';

/** A store in memory, with the rule of the real one: an older version never takes a newer one's place. */
function memoryStore() {
  const versions = new Map<string, KnownVersion>();
  const reads: string[][] = [];
  let down: Outage | undefined;
  const store: VersionStore = {
    read: async (uris) => {
      if (down) throw down;
      reads.push([...uris]);
      return new Map([...versions].filter(([uri]) => uris.includes(uri)));
    },
    remember: async (newer) => {
      if (down) throw down;
      for (const [uri, known] of newer) versions.set(uri, known);
    },
  };
  return { store, versions, reads, breakWith: (outage: Outage | undefined) => (down = outage) };
}

let place = 0;
const message = (uri: string, fields: object = {}): Delivery<Incoming> => {
  place += 1;
  const article = { uri, content: `Content of ${uri}.`, ...fields } as Incoming;
  return { article, key: uri, origin: `t/0/${place}@0`, timestampMs: place * 1000 };
};
const context = { signal: new AbortController().signal };
const setUp = () => {
  const memory = memoryStore();
  const batch = createIngestBatch(memory.store);
  const kinds = async (...deliveries: Delivery<Incoming>[]) =>
    (await batch.handle(deliveries, context)).map((result) =>
      result.kind === 'drop' ? result.outcome : result.kind === 'reject' ? result.reason : result.kind,
    );
  return { ...memory, ...batch, kinds };
};

describe('a batch of ingest', () => {
  it('compares a message with the ones before it in the batch', async () => {
    const { kinds, reads } = setUp();
    expect(
      await kinds(
        message('a', { version: 1 }),
        message('b'),
        message('a', { version: 1 }),
        message('a', { version: 3, content: 'third' }),
        message('a', { version: 2, content: 'second' }),
        message('b', { content: 'mended' }),
      ),
    ).toEqual(['pass', 'pass', 'unchanged', 'pass', 'stale', 'pass']);
    expect(reads).toEqual([['a', 'b']]);
  });

  it('remembers nothing before it is confirmed, and then the newest', async () => {
    const { handle, kinds, confirm, versions } = setUp();
    const batch = [message('a', { version: 1 }), message('a', { version: 2 }), message('a', { version: 2 })];
    await handle(batch, context);
    expect(versions.size).toBe(0);
    // A crash here: the same records come again, and are passed on again.
    expect(await kinds(...batch)).toEqual(['pass', 'pass', 'unchanged']);
    await confirm(batch);
    expect(versions.get('a')).toMatchObject({ version: 2, origin: batch[1]?.origin });
    // A crash after it: what was passed on is known, and nothing goes out twice.
    expect(await kinds(...batch)).toEqual(['redelivered', 'redelivered', 'unchanged']);
  });

  it('remembers an unchanged article anew, so that it is not forgotten while it is still seen', async () => {
    const remembered: string[][] = [];
    const { store, versions } = memoryStore();
    const { handle, confirm } = createIngestBatch({
      ...store,
      remember: (newer) => {
        remembered.push([...newer.keys()]);
        return store.remember(newer);
      },
    });
    const [first, again] = [message('a', { version: 1 }), message('a', { version: 1 })];
    for (const delivery of [first, again]) {
      await handle([delivery], context);
      await confirm([delivery]);
    }
    expect(remembered).toEqual([['a'], ['a']]);
    expect(versions.get('a')?.origin).toBe(first.origin);
  });

  it('remembers only what was confirmed', async () => {
    const { handle, kinds, confirm } = setUp();
    const [first, second] = [message('a', { version: 1 }), message('a', { version: 2 })];
    await handle([first, second], context);
    await confirm([first]);
    expect(await kinds(second)).toEqual(['pass']);
  });

  it('lets a bad message harm no other', async () => {
    const { kinds } = setUp();
    const bad = { uri: 'c', bodies: [], pubStatus: 'usable' } as Incoming;
    expect(
      await kinds(
        message('a'),
        message('b', { content: ' ' }),
        { ...message('c'), article: bad },
        message('d'),
      ),
    ).toEqual(['pass', 'unprocessable', 'unprocessable', 'pass']);
  });

  it('waits where the store is down, for messages that have nothing wrong too', async () => {
    const { kinds, confirm, breakWith, handle } = setUp();
    breakWith(new Outage('redis', 'ECONNREFUSED', 'away'));
    expect(await kinds(message('a'), message('b'))).toEqual(['outage', 'outage']);
    breakWith(undefined);
    const one = message('a');
    await handle([one], context);
    breakWith(new Outage('redis', 'READONLY', 'away'));
    await expect(confirm([one])).rejects.toThrow(Outage);
    breakWith(undefined);
    await confirm([one]);
    expect(await kinds(message('a'))).toEqual(['unchanged']);
  });

  it('passes text that comes after its kill on as the kill, once, and remembers that it did', async () => {
    const { handle, kinds, confirm, versions } = setUp();
    const kill = message('a', { version: 2, pubStatus: 'canceled', content: '' });
    const late = message('a', { version: 1 });
    const [killed, passed] = await handle([kill, late], context);
    expect(passed).toMatchObject({
      kind: 'pass',
      output: { pubStatus: 'canceled', version: 2, content: 'Content of a.', origin: late.origin },
    });
    const versionCreated = killed?.kind === 'pass' ? killed.output.versionCreated : undefined;
    expect(passed).toMatchObject({ output: { versionCreated } });
    await confirm([kill, late]);
    expect(versions.get('a')).toMatchObject({ canceled: true, version: 2, origin: kill.origin });
    expect(
      await kinds(message('a', { version: 1 }), message('a', { version: 1, content: 'Other.' })),
    ).toEqual(['stale', 'pass']);
  });
});
