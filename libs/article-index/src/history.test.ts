import { describe, expect, it } from '@jest/globals';
import { documentId } from '@wirefold/contracts';
import { MAX_HISTORY, withHistory, type KnownDocument } from './history.ts';

const indexedAt = '2026-03-01T09:00:00.000Z';
const document = (version: number, fields: Partial<KnownDocument> = {}): KnownDocument => ({
  id: documentId('urn:1'),
  uri: 'urn:1',
  version,
  versionCreated: '2026-03-01T08:00:00.000Z',
  pubStatus: 'usable',
  hashes: { title: 'title', body: `body ${version}` },
  byline: 'Wiebke Petersen',
  date: '2026-03-01T08:00:00.000Z',
  indexedAt,
  origin: 't/0/1@1',
  steps: [],
  ...fields,
});

describe('withHistory', () => {
  it('says nothing of a first version', () => {
    expect(withHistory(document(1), undefined)).toEqual(document(1));
  });

  it('makes the known version the last entry, and says what the next one changed', () => {
    const second = withHistory(document(2, { embargoedUntil: indexedAt }), document(1));
    const third = withHistory(document(3, { byline: 'Jan Jensen' }), second);
    const shown = { versionCreated: '2026-03-01T08:00:00.000Z', pubStatus: 'usable', at: indexedAt };
    expect(third.history).toEqual([
      { version: 1, ...shown },
      { version: 2, ...shown, changed: ['body', 'embargoedUntil'] },
    ]);
    expect(third.changed).toEqual(['body', 'byline', 'embargoedUntil']);
  });

  it('keeps what it has for the same version, to the second', () => {
    const second = withHistory(document(2), document(1));
    const again = document(2, {
      versionCreated: '2026-03-01T08:00:00.900Z',
      indexedAt: '2026-03-09T00:00:00Z',
    });
    expect(withHistory(again, second)).toEqual({ ...again, history: second.history, changed: ['body'] });
  });

  it('says of a kill only that it is one, and of a version after it what is there again', () => {
    const killed = document(2, { pubStatus: 'canceled', hashes: {}, byline: undefined as never });
    const tombstone = withHistory(killed, document(1));
    expect(tombstone.changed).toEqual(['pubStatus']);
    expect(withHistory(document(3), tombstone).changed).toEqual(['title', 'body', 'byline', 'pubStatus']);
  });

  it('forgets the oldest of very many', () => {
    let known = document(0);
    for (let version = 1; version <= MAX_HISTORY + 3; version += 1)
      known = withHistory(document(version), known);
    expect(known.history?.map(({ version }) => version)).toEqual(
      Array.from({ length: MAX_HISTORY }, (_, place) => place + 3),
    );
  });
});
