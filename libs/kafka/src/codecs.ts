import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { limits } from '@wirefold/contracts';
import lz4 from 'lz4-napi';
import snappy from 'snappy';
import kafkajs from './kafkajs.ts';
import { undecodableRecords } from './undecodable-records.ts';
import { compressZstd, decompressZstd } from './zstd.ts';
import { noteUnpacked, requireRoom } from './unpack-budget.ts';

/** What kafkajs hands to a codec's compress. */
interface Encoded {
  readonly buffer: Buffer;
}

const gzip = promisify(zlib.gzip);
const gunzip = promisify(zlib.gunzip);

/** Capped, so that a small message can't unpack into all of the memory. */
const capped = { maxOutputLength: limits.decompressedBytes };

/** Framing of snappy-java, as Kafka's Java clients write it: magic, two versions, then length-prefixed blocks. */
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]);
const XERIAL_HEADER_BYTES = 16;

async function decompressSnappy(bytes: Buffer): Promise<Buffer> {
  if (!bytes.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC))
    return uncompressBlock(bytes, limits.decompressedBytes);
  const blocks: Buffer[] = [];
  let left: number = limits.decompressedBytes;
  for (let at = XERIAL_HEADER_BYTES; at < bytes.length; ) {
    const length = bytes.readInt32BE(at);
    if (length <= 0 || at + 4 + length > bytes.length) throw new Error(`snappy block of ${length} bytes`);
    const block = await uncompressBlock(bytes.subarray(at + 4, at + 4 + length), left);
    left -= block.length;
    blocks.push(block);
    at += 4 + length;
  }
  return Buffer.concat(blocks);
}

/** A raw snappy block says its decompressed length first, as a varint: it is checked before any memory is taken. */
async function uncompressBlock(block: Buffer, atMostBytes: number): Promise<Buffer> {
  let length = 0;
  for (let index = 0, shift = 0; index < 5; index += 1, shift += 7) {
    const byte = block[index] ?? 0;
    length += (byte & 0x7f) * 2 ** shift;
    if ((byte & 0x80) === 0) break;
  }
  refuseOver(length, atMostBytes);
  return (await snappy.uncompress(block)) as Buffer;
}

const LZ4_MAGIC = 0x184d2204;

async function decompressLz4(bytes: Buffer): Promise<Buffer> {
  refuseOver(lz4UpperBound(bytes), limits.decompressedBytes);
  return lz4.decompressFrame(bytes);
}

/**
 * At most how many bytes an LZ4 frame unpacks to: its number of blocks times its block size (LZ4 frame format 1.6.1).
 * The library takes memory before it knows, so this is asked first.
 */
function lz4UpperBound(frame: Buffer): number {
  // The library takes other framings too (legacy frames), whose size this does not know.
  if (frame.readUInt32LE(0) !== LZ4_MAGIC) throw new Error('not an LZ4 frame');
  const flags = frame.readUInt8(4);
  const blockBytes = 2 ** (8 + 2 * ((frame.readUInt8(5) >> 4) & 7));
  const blockChecksumBytes = flags & 0x10 ? 4 : 0;
  let at = 7 + (flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0);
  let blocks = 0;
  while (at + 4 <= frame.length) {
    const size = frame.readUInt32LE(at) & 0x7fffffff;
    if (size === 0) break;
    blocks += 1;
    at += 4 + size + blockChecksumBytes;
  }
  return blocks * blockBytes;
}

function refuseOver(bytes: number, atMostBytes: number): void {
  if (bytes > atMostBytes) throw new RangeError(`unpacks to more than ${limits.decompressedBytes} bytes`);
}

const codec = (
  compress: (bytes: Buffer) => Promise<Buffer>,
  decompress: (bytes: Buffer) => Promise<Buffer>,
) => ({
  compress: (encoded: Encoded) => compress(encoded.buffer),
  // A batch that can't be unpacked must not stop the consumer: its records are replaced by markers, see there.
  decompress: async (bytes: Buffer) => {
    requireRoom(bytes);
    try {
      const unpacked = await decompress(bytes);
      noteUnpacked(bytes, unpacked);
      return unpacked;
    } catch (error) {
      return undecodableRecords(bytes, error as Error);
    }
  },
});

/** Registers gzip, snappy, lz4 and zstd with kafkajs, each with a cap on what it unpacks to. */
export function registerCodecs(): void {
  const { CompressionTypes, CompressionCodecs } = kafkajs;
  const gzipCodec = codec(
    (bytes) => gzip(bytes),
    (bytes) => gunzip(bytes, capped),
  );
  const snappyCodec = codec(async (bytes) => snappy.compress(bytes), decompressSnappy);
  const lz4Codec = codec((bytes) => lz4.compressFrame(bytes), decompressLz4);
  const zstdCodec = codec(
    (bytes) => compressZstd(bytes),
    (bytes) => decompressZstd(bytes, limits.decompressedBytes),
  );
  CompressionCodecs[CompressionTypes.GZIP] = () => gzipCodec;
  CompressionCodecs[CompressionTypes.Snappy] = () => snappyCodec;
  CompressionCodecs[CompressionTypes.LZ4] = () => lz4Codec;
  CompressionCodecs[CompressionTypes.ZSTD] = () => zstdCodec;
}
