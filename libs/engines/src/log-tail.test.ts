import { describe, expect, it } from '@jest/globals';
import { logExcerpt } from './log-tail.ts';

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `INFO line ${from + index}`);

describe('logExcerpt', () => {
  it('has the first problems and the last lines', () => {
    const log = [...numbered(1, 50), 'ERROR could not bind', 'Caused by: taken', ...numbered(51, 90)].join(
      '\n',
    );
    expect(logExcerpt(log, { last: 2 })).toBe(
      'ERROR could not bind\nCaused by: taken\n…\nINFO line 89\nINFO line 90',
    );
  });

  it('tells a problem among the last lines once', () => {
    expect(logExcerpt('INFO one\nERROR two\nINFO three', { last: 2 })).toBe('ERROR two\nINFO three');
  });
});
