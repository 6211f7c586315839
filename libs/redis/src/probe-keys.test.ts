import { describe, expect, it } from '@jest/globals';
import { probeKeys, slotOf, type SlotRange } from './probe-keys.ts';

describe('slotOf', () => {
  it.each([
    // The check value of CRC-16/XMODEM.
    ['123456789', 0x31_c3],
    ['foo', 12_182],
    ['{user1000}.following', slotOf('user1000')],
    ['{user1000}.following{x}', slotOf('user1000')],
    ['foo{{bar}}zap', slotOf('{bar')],
    ['foo}{bar}', slotOf('bar')],
  ])('of %s', (key, slot) => {
    expect(slotOf(key)).toBe(slot);
  });

  it('takes an empty tag, or an open one, for none', () => {
    expect(slotOf('foo{}{bar}')).not.toBe(slotOf('bar'));
    expect(slotOf('foo{bar')).not.toBe(slotOf('bar'));
  });
});

describe('probeKeys', () => {
  const ranges: SlotRange[] = [
    { first: 0, last: 99, master: 'small' },
    { first: 100, last: 9999, master: 'one' },
    { first: 10_000, last: 16_383, master: 'other' },
  ];
  const ownerOf = (key: string) =>
    ranges.find(({ first, last }) => first <= slotOf(key) && slotOf(key) <= last)?.master;

  it('are one for each master', () => {
    const owners = new Set(probeKeys('wirefold', ranges).map(ownerOf));
    expect(owners).toEqual(new Set(['small', 'one', 'other']));
    expect(probeKeys('wirefold', ranges)).toHaveLength(3);
  });

  it('are one in all where the prefix keeps all keys together', () => {
    const keys = probeKeys('{wirefold}', ranges);
    expect(keys).toHaveLength(1);
    expect(slotOf(keys[0] as string)).toBe(slotOf('wirefold'));
  });
});
