import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { UNDECODABLE_HEADER, undecodableRecords } from './undecodable-records.ts';

const require = createRequire(import.meta.url);
const Decoder = require('kafkajs/src/protocol/decoder.js');
const decodeRecord = require('kafkajs/src/protocol/recordBatch/record/v0/decoder.js');

interface DecodedRecord {
  readonly offset: string;
  readonly value: Buffer | null;
  readonly headers: Record<string, Buffer>;
}

/** Reads records the way kafkajs does. */
function decode(bytes: Buffer, count: number): { records: DecodedRecord[]; left: number } {
  const decoder = new Decoder(bytes);
  const records = Array.from({ length: count }, () =>
    decodeRecord(new Decoder(decoder.readVarIntBytes()), { firstOffset: '100', firstTimestamp: '5' }),
  );
  return { records, left: bytes.length - decoder.offset };
}

/** The packed records of a batch, in the memory of a response, after the count of records. */
function inBatch(packed: Buffer, count: number): Buffer {
  const response = Buffer.alloc(20 + packed.length);
  response.writeInt32BE(count, 16);
  packed.copy(response, 20);
  return response.subarray(20);
}

describe('undecodableRecords', () => {
  it('stands in for each record of the batch, with the packed bytes in the first', () => {
    const packed = Buffer.from('not gzip at all, '.repeat(50));
    const { records, left } = decode(undecodableRecords(inBatch(packed, 3), new Error('why')), 3);
    expect(left).toBe(0);
    expect(records.map(({ offset }) => offset)).toEqual(['100', '101', '102']);
    expect(records.map(({ value }) => value?.toString() ?? null)).toEqual([packed.toString(), null, null]);
    for (const { headers } of records) expect(String(headers[UNDECODABLE_HEADER])).toBe('why');
  });

  it('takes any number of records and any size', () => {
    const packed = Buffer.alloc(3_000_000, 'x');
    const { records, left } = decode(
      undecodableRecords(inBatch(packed, 70_000), new Error('w'.repeat(9999))),
      70_000,
    );
    expect([records.length, left]).toEqual([70_000, 0]);
    expect(records[0]?.value?.equals(packed)).toBe(true);
    expect(records[69_999]?.offset).toBe('70099');
  });

  it('stands in for one record where no count is to be seen', () => {
    expect(decode(undecodableRecords(Buffer.from(new Uint8Array([1]).buffer), new Error('w')), 1).left).toBe(
      0,
    );
  });
});
