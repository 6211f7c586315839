import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { externalVersion } from './external-version.ts';

const LAST_MS = Date.UTC(2099, 11, 31, 23, 59, 59);
const version = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const second = fc.integer({ min: 0, max: LAST_MS / 1000 });
const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

describe('externalVersion', () => {
  it('orders by version number, then by second', () => {
    fc.assert(
      fc.property(version, second, version, second, (v1, s1, v2, s2) => {
        const order = Math.sign(v1 - v2) || Math.sign(s1 - s2);
        const one = externalVersion(v1, iso(s1));
        const other = externalVersion(v2, iso(s2));
        expect(one < other ? -1 : one > other ? 1 : 0).toBe(order);
      }),
    );
  });

  it('fits a signed 64-bit integer', () => {
    expect(externalVersion(2 ** 31 - 1, '2099-12-31T23:59:59.999Z')).toBeLessThan(2n ** 63n);
    expect(externalVersion(0, '1970-01-01T00:00:00Z')).toBe(0n);
    expect(externalVersion(1, '1970-01-01T00:00:01+00:00')).toBe(2n ** 32n + 1n);
  });
});
