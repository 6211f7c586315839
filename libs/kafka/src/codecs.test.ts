import zlib from 'node:zlib';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { limits } from '@wirefold/contracts';
import lz4 from 'lz4-napi';
import snappy from 'snappy';
import { registerCodecs } from './codecs.ts';
import kafkajs from './kafkajs.ts';
import { UNDECODABLE_HEADER } from './undecodable-records.ts';

// Bombs take seconds to make on a busy machine.
jest.setTimeout(30_000);

const { CompressionTypes } = kafkajs;
type Codec = {
  compress: (encoded: { buffer: Buffer }) => Promise<Buffer>;
  decompress: (bytes: Buffer) => Promise<Buffer>;
};
const codecOf = (type: number): Codec => {
  const codec = (kafkajs.CompressionCodecs as unknown as Record<number, () => Codec>)[type];
  if (codec === undefined) throw new Error(`no codec ${type}`);
  return codec();
};
const codecs = {
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
};
const names = Object.keys(codecs) as (keyof typeof codecs)[];
const unpack = (name: keyof typeof codecs, bytes: Buffer) => codecOf(codecs[name]).decompress(alone(bytes));
/** Bytes in a memory of their own, as a response of the broker has. */
const alone = (bytes: Buffer) => Buffer.from(new Uint8Array(bytes).buffer);
const refused = (records: Buffer) => records.includes(UNDECODABLE_HEADER);

const text = Buffer.from('Some news from Ulm. '.repeat(200_000));
const bomb = Buffer.alloc(limits.decompressedBytes + 1);

beforeAll(registerCodecs);

/** Framing of snappy-java. */
function xerial(blocks: Buffer[], magic = [0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]): Buffer {
  const framed = blocks.flatMap((block) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(block.length);
    return [length, block];
  });
  return Buffer.concat([Buffer.from([...magic, 0, 0, 0, 1, 0, 0, 0, 1]), ...framed]);
}

describe.each(names)('%s', (name) => {
  it('unpacks what it packs', async () => {
    const packed = await codecOf(codecs[name]).compress({ buffer: text });
    expect(packed.length).toBeLessThan(text.length / 4);
    expect((await unpack(name, packed)).equals(text)).toBe(true);
  });

  it('unpacks up to the limit, and makes stand-ins for more', async () => {
    const { compress } = codecOf(codecs[name]);
    const most = await unpack(name, await compress({ buffer: bomb.subarray(1) }));
    expect(most.length).toBe(limits.decompressedBytes);
    const packed = await compress({ buffer: bomb });
    const records = await unpack(name, packed);
    expect(refused(records)).toBe(true);
    expect(records.length).toBeLessThan(packed.length + 1000);
    expect(records.includes(packed)).toBe(true);
  });

  it('makes stand-ins for what is broken', async () => {
    const packed = await codecOf(codecs[name]).compress({ buffer: text });
    for (const broken of [
      Buffer.from('no such thing'),
      Buffer.from([1]),
      packed.subarray(0, packed.length / 2),
    ])
      expect(refused(await unpack(name, broken))).toBe(true);
  });
});

describe('other framings', () => {
  it('snappy of Java clients, in blocks', async () => {
    const blocks = [text.subarray(0, 1000), text.subarray(1000, 50_000), text.subarray(50_000)];
    const packed = xerial(blocks.map((block) => snappy.compressSync(block)));
    expect((await unpack('snappy', packed)).equals(text)).toBe(true);
  });

  it('snappy whose blocks are each within the limit, and together over it', async () => {
    const block = snappy.compressSync(Buffer.alloc(limits.decompressedBytes / 4));
    expect((await unpack('snappy', xerial([block, block, block, block]))).length).toBe(
      limits.decompressedBytes,
    );
    expect(
      refused(
        await unpack('snappy', xerial([block, block, block, block, snappy.compressSync(Buffer.from('a'))])),
      ),
    ).toBe(true);
  });

  it.each([-1, -4, -100, 0, 2 ** 31 - 1])('snappy that announces a block of %i bytes', async (length) => {
    const packed = xerial([snappy.compressSync(text)]);
    packed.writeInt32BE(length, 16);
    expect(refused(await unpack('snappy', packed))).toBe(true);
  });

  it('snappy that announces more than there is memory', async () => {
    expect(refused(await unpack('snappy', Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0])))).toBe(true);
  });

  it('gzip in several members', async () => {
    const halves = [text.subarray(0, 77), text.subarray(77)];
    const members = Buffer.concat(halves.map((half) => zlib.gzipSync(half)));
    expect((await unpack('gzip', members)).equals(text)).toBe(true);
    const bombs = Buffer.concat([bomb.subarray(1), Buffer.from('a')].map((part) => zlib.gzipSync(part)));
    expect(refused(await unpack('gzip', bombs))).toBe(true);
  });

  it('lz4 in its legacy framing, whose size can not be known before', async () => {
    const size = Buffer.alloc(4);
    const block = (await lz4.compress(Buffer.alloc(8 * 1024 * 1024))).subarray(4);
    size.writeUInt32LE(block.length);
    const legacy = Buffer.concat([Buffer.from([0x02, 0x21, 0x4c, 0x18]), size, block]);
    expect((await lz4.decompressFrame(legacy)).length).toBe(8 * 1024 * 1024);
    expect(refused(await unpack('lz4', legacy))).toBe(true);
  });
});

describe('batches of one response', () => {
  it('are unpacked until they fill the memory that a response may take; the rest is fetched again', async () => {
    const packed = await codecOf(CompressionTypes.ZSTD).compress({ buffer: bomb.subarray(1) });
    const response = alone(Buffer.concat([packed, packed, packed]));
    const batch = (n: number) => response.subarray(n * packed.length, (n + 1) * packed.length);
    const { decompress } = codecOf(CompressionTypes.ZSTD);
    for (const n of [0, 1]) expect((await decompress(batch(n))).length).toBe(limits.decompressedBytes);
    await expect(decompress(batch(2))).rejects.toMatchObject({ name: 'KafkaJSPartialMessageError' });
    expect((await decompress(alone(batch(2)))).length).toBe(limits.decompressedBytes);
  });
});
