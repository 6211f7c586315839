import { describe, expect, it } from '@jest/globals';
import { decideInstant, readTime } from './metadata-times.ts';

describe('readTime', () => {
  it.each([
    ['2026-03-02T06:00:00+01:00', '2026-03-02T06:00:00', '+01:00'],
    ['2026-03-02T06:00:00.123456Z', '2026-03-02T06:00:00', 'Z'],
    ['2026-03-02 06:00+0530', '2026-03-02T06:00:00', '+05:30'],
    ['2026-03-02T06:00:00 -03', '2026-03-02T06:00:00', '-03:00'],
    ['20260302T060000Z', '2026-03-02T06:00:00', 'Z'],
    ['2026/03/02 06:00:00 JST', '2026-03-02T06:00:00', '+09:00'],
    ['2026-03-02T06:00:00+01:00[Europe/Berlin]', '2026-03-02T06:00:00', '+01:00'],
    ['Mon, 02 Mar 2026 06:00:00 GMT', '2026-03-02T06:00:00', 'Z'],
    ['2 March 2026 6:05 +0200', '2026-03-02T06:05:00', '+02:00'],
    ['Mon Mar 02 2026 06:00:00 GMT+0100 (CET)', '2026-03-02T06:00:00', '+01:00'],
    ['1772431200', '2026-03-02T06:00:00', 'Z'],
    ['1772431200000', '2026-03-02T06:00:00', 'Z'],
    ['2026-03-02T06:00:00', '2026-03-02T06:00:00', undefined],
    // Three zones are called so.
    ['2026-03-02 06:00 CST', '2026-03-02T06:00:00', undefined],
    ['2026-03-02T06:00:00+99:00', '2026-03-02T06:00:00', undefined],
  ])('reads %s', (raw, local, zone) => {
    expect(readTime(raw)).toEqual({ local, zone });
  });

  it.each([
    '2026-03-02',
    '2026-02-31T06:00:00Z',
    '2026-13-01T06:00:00Z',
    '2026-03-02T25:00:00Z',
    '0001-01-01T00:00:00Z',
    '1901-01-01T00:00:00Z',
    '0000000000',
    '3026-03-02T06:00:00Z',
    'yesterday',
    '',
    '2 Smarch 2026 6:05 +0200',
    '9'.repeat(100_000),
  ])('takes %.30s for no time', (raw) => {
    expect(readTime(raw)).toBeUndefined();
  });
});

describe('decideInstant', () => {
  it('believes the first that has a zone', () => {
    const times = ['2026-03-02T06:00:00', '2026-03-02T06:00:00+01:00', '2026-03-02T05:00:01Z'];
    expect(decideInstant(times, [])).toBe('2026-03-02T06:00:00+01:00');
  });

  it('takes the zone from another time of the same day', () => {
    const local = ['2026-03-02T06:00:00'];
    expect(decideInstant(local, ['2026-03-02T18:30:00+01:00'])).toBe('2026-03-02T06:00:00+01:00');
    expect(decideInstant(local, ['2026-04-02T18:30:00+02:00'])).toBeUndefined();
    expect(decideInstant(local, ['2026-03-02T18:30:00Z'])).toBeUndefined();
    expect(decideInstant(local, [])).toBeUndefined();
  });
});
