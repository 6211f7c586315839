import { expect, it } from '@jest/globals';
import { oneLine, terminalSafe } from './terminal.ts';

const HOSTILE = 'a\u001B[2J\u0007b\u202Ec\r\nd\te\u009B31m';

it('writes text of many lines without a command to the terminal', () => {
  expect(terminalSafe(HOSTILE)).toBe('a\\u{001b}[2J\\u{0007}b\\u{202e}c\\u{000d}\nd  e\\u{009b}31m');
});

it('writes a title in one line of some characters', () => {
  expect(oneLine(HOSTILE, 100)).toBe('a [2J b c d e 31m');
  expect(oneLine('x'.repeat(10), 5)).toBe('xxxx…');
});
