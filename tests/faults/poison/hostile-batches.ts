import zlib from 'node:zlib';
import { limits, topics } from '@wirefold/contracts';
import kafkajs from 'kafkajs';
import lz4 from 'lz4-napi';
import snappy from 'snappy';
import { indexed, rejected, STORY, type Packing, type Poison, type PoisonRecord } from './poison.ts';

const { GZIP, LZ4, Snappy, ZSTD } = kafkajs.CompressionTypes;
const packings = {
  gzip: { compression: GZIP, pack: (record) => zlib.gzipSync(record) },
  snappy: { compression: Snappy, pack: (record) => snappy.compress(record) },
  lz4: { compression: LZ4, pack: (record) => lz4.compressFrame(record) },
  zstd: { compression: ZSTD, pack: (record) => zlib.zstdCompressSync(record) },
} satisfies Record<string, Packing>;
/** The one that no library of Kafka knows; the broker does not either. */
const UNKNOWN_COMPRESSION = 7;

const bomb = (name: keyof typeof packings): Poison => ({
  name: `a ${name} bomb`,
  into: 'ingest',
  record: () => ({ value: Buffer.alloc(limits.decompressedBytes + 1000) }),
  packing: packings[name],
  ending: rejected('undecodable', /^the record batch could not be unpacked: ./),
});

const good = (uri: string): PoisonRecord => ({ value: Buffer.from(JSON.stringify({ uri, content: STORY })) });
const text = (value: string) => Buffer.from(value);

/** Batches that unpack to all too much, or not at all. */
export const hostileBatches: readonly Poison[] = [
  bomb('gzip'),
  bomb('snappy'),
  bomb('lz4'),
  bomb('zstd'),
  {
    name: 'a batch that unpacks to just under its cap',
    into: 'ingest',
    record: () => ({ value: Buffer.alloc(limits.decompressedBytes - 1000) }),
    packing: packings.zstd,
    ending: rejected('too-large', /^unpacks to \d+ bytes; this topic takes 16777216/),
  },
  {
    name: 'a compression that nobody knows',
    into: 'ingest',
    record: good,
    packing: { compression: UNKNOWN_COMPRESSION, pack: (record) => record },
    ending: { outcome: 'refused', error: /./ },
  },
  {
    name: 'gzip that is broken',
    into: 'ingest',
    record: good,
    packing: { compression: GZIP, pack: (record) => zlib.gzipSync(record).subarray(0, -12) },
    ending: { outcome: 'refused', error: /./ },
  },
];

const odd = (name: string, record: (uri: string) => PoisonRecord, ending: Poison['ending']): Poison => ({
  name,
  into: 'ingest',
  record,
  ending,
});
const HEADERS_ARE_NOT_READ = indexed('what a scraper’s headers say changes nothing about the article');
const DAY_MS = 24 * 60 * 60 * 1000;

/** Keys, headers and times that no article has. */
export const oddRecords: readonly Poison[] = [
  odd(
    'an event of version 2',
    (uri) => ({ ...good(uri), headers: [['ce_type', text('wirefold.article.scraped.v2')]] }),
    rejected(
      'unknown-version',
      /^the event's type is wirefold\.article\.scraped\.v2; this topic takes wirefold\.article\.scraped\.v1/,
    ),
  ),
  odd(
    'a forged header of ours',
    (uri) => ({ ...good(uri), headers: [['wirefold-undecodable', text('forged')]] }),
    HEADERS_ARE_NOT_READ,
  ),
  odd(
    'headers named as what every object has',
    (uri) => ({
      ...good(uri),
      headers: ['constructor', '__proto__', 'toString', 'hasOwnProperty', ''].map(
        (name) => [name, text('x')] as const,
      ),
    }),
    HEADERS_ARE_NOT_READ,
  ),
  odd(
    'headers that are there twice',
    (uri) => ({
      ...good(uri),
      headers: [
        ['ce_type', text(topics.scraped.eventType)],
        ['ce_type', text('wirefold.article.scraped.v2')],
        ['constructor', text('a')],
        ['constructor', null],
      ],
    }),
    indexed('the first one counts, and is a good one'),
  ),
  odd(
    'a key that is not the uri',
    (uri) => ({ ...good(uri), key: text('another') }),
    indexed('the uri in the value is the identity'),
  ),
  odd('no key', (uri) => ({ ...good(uri), key: null }), indexed('the uri in the value is the identity')),
  odd(
    'a key of 100,000 bytes',
    (uri) => ({ ...good(uri), key: Buffer.alloc(100_000, 0xff) }),
    indexed('the uri in the value is the identity'),
  ),
  odd(
    'a record of 1970',
    (uri) => ({ ...good(uri), timestampMs: 0 }),
    indexed('a clock that is wrong is no reason to lose an article'),
  ),
  odd('a record of next year', (uri) => ({ ...good(uri), timestampMs: Date.now() + 365 * DAY_MS }), {
    outcome: 'refused',
    error: /timestamp/i,
  }),
];
