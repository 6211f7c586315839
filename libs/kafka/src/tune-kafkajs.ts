import { createRequire } from 'node:module';
import { crc32c } from '@node-rs/crc32';
import {
  createMessagesDecoder,
  decodeRecord,
  type Decoder,
  type DecodersOfKafkajs,
} from './kafkajs-decoders.ts';
import { groupMessagesPerPartition } from './kafkajs-group-messages.ts';
import { joinUntilMember } from './kafkajs-membership.ts';
import { createProduceRequest } from './kafkajs-produce-request.ts';
import { frameRequest } from './kafkajs-request-frame.ts';
import { murmur2 } from './murmur2.ts';

/**
 * Replaces parts of kafkajs 2.2.4, which is no longer maintained: its byte-wise CRC32C by a native one, zeroing of buffers
 * that are overwritten at once (measured by bench/hop), the encoder of produce requests (see
 * kafkajs-produce-request.ts), the decoders that hostile records stop (see kafkajs-decoders.ts), a member's heartbeat (see
 * kafkajs-membership.ts), and timers with negative times. It must run before kafkajs is loaded, see kafkajs.ts; where the
 * module cache can't be changed (Jest's is read-only), the functions stay as they are.
 */
function tuneKafkajs(): void {
  const require = createRequire(import.meta.url);
  const load = (module: string): unknown => require(`kafkajs/src/protocol/${module}.js`);
  joinUntilMember();
  checkOnlyWhatIsPending(require('kafkajs/src/network/requestQueue/index.js') as RequestQueueClass);
  const replace = (module: string, exports: unknown): void => {
    load(module);
    const loaded = require.cache[require.resolve(`kafkajs/src/protocol/${module}.js`)];
    if (loaded !== undefined) loaded.exports = exports;
  };
  try {
    replace('recordBatch/crc32C/index', (bytes: Buffer) => crc32c(bytes) >>> 0);
    replace('recordBatch/record/v0/decoder', decodeRecord);
  } catch {
    return;
  }
  const DecoderClass = load('decoder') as new (bytes: Buffer) => Decoder;
  replace(
    'requests/fetch/v4/decodeMessages',
    createMessagesDecoder({
      newDecoder: (bytes) => new DecoderClass(bytes),
      decodeBatch: load('recordBatch/v0/decoder') as DecodersOfKafkajs['decodeBatch'],
      decodeMessageSet: load('messageSet/decoder') as DecodersOfKafkajs['decodeMessageSet'],
    }),
  );
  const { lookupCodec } = load('message/compression/index') as CompressionModule;
  replace(
    'requests/produce/v3/request',
    createProduceRequest({
      crc32c,
      compress: (compression, records) => lookupCodec(compression).compress({ buffer: records }),
      nowMs: Date.now,
    }),
  );
  replace('request', frameRequest);
  replace('../producer/partitioners/default/murmur2', murmur2);
  replace('../producer/groupMessagesPerPartition', groupMessagesPerPartition);
  const Encoder = load('encoder') as EncoderClass;
  Encoder.prototype.ensureAvailable = function ensureAvailable(length) {
    if (this.offset + length <= this.buf.length) return;
    const larger = Buffer.allocUnsafe(Encoder.nextPowerOfTwo(this.offset + length));
    this.buf.copy(larger, 0, 0, this.offset);
    this.buf = larger;
  };
}

interface CompressionModule {
  readonly lookupCodec: (compression: number) => {
    readonly compress: (records: { readonly buffer: Buffer }) => Promise<Buffer>;
  };
}

interface EncoderClass {
  readonly nextPowerOfTwo: (value: number) => number;
  readonly prototype: { ensureAvailable: (this: { buf: Buffer; offset: number }, length: number) => void };
}

interface RequestQueueClass {
  readonly prototype: { scheduleCheckPendingRequests: (this: RequestQueue) => void };
}

interface RequestQueue {
  readonly pending: readonly unknown[];
  readonly throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  readonly checkPendingRequests: () => void;
}

const CHECK_PENDING_MS = 10;

/** An idle connection sets a timer with a negative time, over and over (tulios/kafkajs#1751): 900 wake-ups a second. */
function checkOnlyWhatIsPending(queue: RequestQueueClass): void {
  queue.prototype.scheduleCheckPendingRequests = function scheduleCheckPendingRequests() {
    if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
    const waitMs = this.throttledUntil - Date.now();
    this.throttleCheckTimeoutId = setTimeout(
      () => {
        this.throttleCheckTimeoutId = null;
        this.checkPendingRequests();
      },
      waitMs > 0 ? waitMs : CHECK_PENDING_MS,
    );
  };
}

tuneKafkajs();
