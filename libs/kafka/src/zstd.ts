import { promisify } from 'node:util';
import zlib from 'node:zlib';

const compressInThread = promisify(zlib.zstdCompress);
const decompressInThread = promisify(zlib.zstdDecompress);

/** Smaller ones are done at once: the way to another thread and back takes five times as long as the work. */
const AT_ONCE_BYTES = 16 * 1024;
const MIN_CHUNK_BYTES = 1024;
const MAX_CHUNK_BYTES = 1024 * 1024;
const LEVEL = 3;
const USUAL_RATIO = 4;

/** Compresses with zstd, level 3. */
export async function compressZstd(bytes: Buffer): Promise<Buffer> {
  const params = { [zlib.constants.ZSTD_c_compressionLevel]: LEVEL };
  const chunkSize = chunkBytes(bytes.length);
  if (bytes.length <= AT_ONCE_BYTES) return zlib.zstdCompressSync(bytes, { params, chunkSize });
  return compressInThread(bytes, { params, chunkSize });
}

/** @throws RangeError where it unpacks to more than `maxOutputLength` bytes; Error where it can't be unpacked */
export async function decompressZstd(packed: Buffer, maxOutputLength: number): Promise<Buffer> {
  const chunkSize = chunkBytes(packed.length * USUAL_RATIO);
  if (packed.length <= AT_ONCE_BYTES) return zlib.zstdDecompressSync(packed, { maxOutputLength, chunkSize });
  return decompressInThread(packed, { maxOutputLength, chunkSize });
}

/** Node hands the output over in pieces, each with a call back from the thread: 16 KiB by default, which took most of the time. */
const chunkBytes = (expected: number): number =>
  Math.min(MAX_CHUNK_BYTES, Math.max(MIN_CHUNK_BYTES, expected));
