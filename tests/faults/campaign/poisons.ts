import type { RejectReason } from '@wirefold/contracts';
import type { Random } from '../../../bench/shared/random.ts';

/** A bad message and why it will be rejected. */
interface Poison {
  readonly value: Buffer | null;
  readonly reason: RejectReason;
}

const good = (uri: string) => ({
  uri,
  title: 'Gift',
  contentType: 'text/plain',
  content: 'Ein Satz.',
  version: 1,
});
const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const broken = (value: Buffer | null): Poison => ({ value, reason: 'malformed-json' });
const against = (value: unknown): Poison => ({ value: json(value), reason: 'broken-contract' });

/** Small poison, to be had by the thousand; the whole corpus is in ../poison. */
export const poisonMakers: readonly ((uri: string, random: Random) => Poison)[] = [
  () => broken(null),
  () => broken(Buffer.alloc(0)),
  (uri) => broken(json(good(uri)).subarray(0, -4)),
  () => broken(Buffer.from([0xff, 0xfe, 0x7b, 0x7d])),
  (uri, random) => broken(Buffer.from(`{"uri":"${uri}","content":${'['.repeat(50 + random.below(50))}`)),
  () => against({ title: 'Ohne uri', content: 'Ein Satz.' }),
  (uri) => against({ ...good(uri), content: 7 }),
  (uri) => against({ ...good(uri), version: -1 }),
  (uri) => against({ ...good(uri), versionCreated: '9999-01-01T00:00:00Z' }),
  (uri) => against([good(uri)]),
  (uri) => ({ value: json({ ...good(uri), content: ' \n ' }), reason: 'unprocessable' }),
];
