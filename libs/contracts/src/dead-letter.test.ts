import { describe, expect, it } from '@jest/globals';
import { isDeadLetter, originalHeaders } from './dead-letter.ts';
import { MAX_REDRIVES, readRedrives, REDRIVES_HEADER } from './headers.ts';

const bytes = (text: string) => Buffer.from(text);

describe('readRedrives', () => {
  it.each([
    ['1', 1],
    ['42', 42],
    [String(MAX_REDRIVES), MAX_REDRIVES],
    [String(MAX_REDRIVES + 1), 0],
    ['0', 0],
    ['01', 0],
    ['-1', 0],
    ['1.5', 0],
    ['1e1', 0],
    [' 1', 0],
    ['١', 0],
    ['NaN', 0],
    ['', 0],
  ])('counts %p as %p', (text, count) => {
    expect(readRedrives({ [REDRIVES_HEADER]: bytes(text) })).toBe(count);
  });

  it('counts an absent header as 0, and takes the first of several', () => {
    expect(readRedrives(undefined)).toBe(0);
    expect(readRedrives({})).toBe(0);
    expect(readRedrives({ [REDRIVES_HEADER]: [bytes('2'), bytes('9')] })).toBe(2);
  });
});

describe('originalHeaders', () => {
  it('takes away what was added, and puts back what the original had under those names', () => {
    const original = originalHeaders({
      'wirefold-stage': bytes('clean'),
      'wirefold-reason': bytes('unexpected'),
      'wirefold-cut': bytes('sizes'),
      'original-wirefold-reason': [bytes('mine'), bytes('mine too')],
      'wirefold-redrives': bytes('2'),
      'wirefold-else': bytes('x'),
      ce_id: bytes('a'),
    });
    expect({ ...original }).toEqual({
      'wirefold-reason': [bytes('mine'), bytes('mine too')],
      'wirefold-redrives': [bytes('2')],
      'wirefold-else': [bytes('x')],
      ce_id: [bytes('a')],
    });
  });
});

it('tells letters by the stage that gave them up, so that a forged mark that died is a letter', () => {
  expect(isDeadLetter({ 'wirefold-mark': bytes('redriven'), 'wirefold-stage': bytes('ingest') })).toBe(true);
  expect(isDeadLetter({ 'wirefold-mark': bytes('redriven') })).toBe(false);
  expect(isDeadLetter(undefined)).toBe(false);
});
