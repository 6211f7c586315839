import { createRequire } from 'node:module';
import { crc32c } from '@node-rs/crc32';

/**
 * Replaces the two hot spots of kafkajs 2.2.4: its byte-wise CRC32C by a native one, and zeroing of buffers that are
 * overwritten at once. Measured by bench/hop. It must run before kafkajs is loaded, see kafkajs.ts; where the module cache can't be
 * changed (Jest's is read-only), kafkajs stays as it is, only slower.
 */
function tuneKafkajs(): void {
  const require = createRequire(import.meta.url);
  const path = require.resolve('kafkajs/src/protocol/recordBatch/crc32C/index.js');
  try {
    require(path);
    const loaded = require.cache[path];
    if (loaded !== undefined) loaded.exports = (bytes: Buffer) => crc32c(bytes) >>> 0;
  } catch {
    return;
  }
  const Encoder = require('kafkajs/src/protocol/encoder.js') as EncoderClass;
  Encoder.prototype.ensureAvailable = function ensureAvailable(length) {
    if (this.offset + length <= this.buf.length) return;
    const larger = Buffer.allocUnsafe(Encoder.nextPowerOfTwo(this.offset + length));
    this.buf.copy(larger, 0, 0, this.offset);
    this.buf = larger;
  };
}

interface EncoderClass {
  readonly nextPowerOfTwo: (value: number) => number;
  readonly prototype: { ensureAvailable: (this: { buf: Buffer; offset: number }, length: number) => void };
}

tuneKafkajs();
