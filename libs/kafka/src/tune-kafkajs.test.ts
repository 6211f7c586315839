import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

// Jest's module cache is read-only, so kafkajs can't be tuned in it: this runs in a process of its own.
const program = `
  import { createRequire } from 'node:module';
  import kafkajs from ${JSON.stringify(join(import.meta.dirname, 'kafkajs.ts'))};
  const require = createRequire(${JSON.stringify(import.meta.url)});
  const load = (path) => require('kafkajs/src/protocol/' + path);
  const { RecordBatch } = load('recordBatch/v0');
  const Record = load('recordBatch/record/v0');
  const Encoder = load('encoder');
  const Decoder = load('decoder');
  const decodeMessages = load('requests/fetch/v4/decodeMessages');

  const batch = async (records, lastOffsetDelta) => (await RecordBatch({
    records: records.map((record, offsetDelta) => Record({ offsetDelta, timestampDelta: offsetDelta, key: null, value: null, ...record })),
    firstOffset: 9007199254740993n, firstTimestamp: 1000, maxTimestamp: 2000, lastOffsetDelta,
  })).buffer;
  const read = (...batches) => {
    const bytes = Buffer.concat(batches);
    return decodeMessages(new Decoder(Buffer.concat([new Encoder().writeInt32(bytes.length).buffer, bytes])));
  };
  const report = {};

  const names = ['constructor', '__proto__', 'toString', '', '1', 'ü'];
  const headers = Object.create(null);
  for (const name of names) headers[name] = Buffer.from([255, 0]);
  headers.twice = [Buffer.from('1'), Buffer.from('2'), Buffer.from('3')];
  const [first, second] = await read(await batch([{ key: 'k', value: 'v', headers }, {}], 1));
  report.sample = {
    offsets: [first.offset, second.offset],
    timestamps: [first.timestamp, second.timestamp],
    key: first.key.toString(), value: first.value.toString(), none: [second.key, second.value],
    headers: Object.entries(first.headers).map(([name, value]) => [name, [value].flat().map((one) => one.toString('hex'))]).sort(),
    prototype: Object.getPrototypeOf(first.headers),
  };

  const many = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => ['h' + n, 'x']));
  const packed = await batch([{ headers: many }], 0);
  const [record] = await read(packed);
  report.headers = Object.keys(record.headers).length;

  const records = await read(await batch(Array.from({ length: 300_000 }, () => ({})), 299_999));
  report.records = records.length;

  const cut = (await batch([{}], 0));
  report.cut = (await read(await batch([{}], 0), cut.subarray(0, cut.length - 3))).length;
  process.stdout.write(JSON.stringify(report));
`;

it('reads records that stop kafkajs by itself', async () => {
  const flags = ['--conditions=wirefold:source', '--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { env: {}, timeout: 30_000 });
  const report = JSON.parse(stdout) as Record<string, unknown>;
  const bytes = ['ff00'];
  expect(report).toMatchObject({
    sample: {
      offsets: ['9007199254740993', '9007199254740994'],
      timestamps: ['1000', '1001'],
      key: 'k',
      value: 'v',
      none: [null, null],
      headers: [
        ['', bytes],
        ['1', bytes],
        ['__proto__', bytes],
        ['constructor', bytes],
        ['toString', bytes],
        ['twice', ['31', '32', '33']],
        ['ü', bytes],
      ],
      prototype: null,
    },
    headers: 50_000,
    records: 300_000,
    cut: 1,
  });
}, 60_000);
