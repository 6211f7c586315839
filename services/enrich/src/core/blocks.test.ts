import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { blocksOf } from './blocks.ts';

describe('blocksOf', () => {
  it('cuts at lines, and a long line after a sentence', () => {
    expect([...blocksOf('One.\n\nTwo is long. Three is here.', 20)]).toEqual([
      { text: 'One.', start: 0 },
      { text: 'Two is long. ', start: 6 },
      { text: 'Three is here.', start: 19 },
    ]);
  });

  it('covers every text without its line ends, in bounded blocks, no character cut in two', () => {
    const text = fc.stringMatching(/^[ .a。\u{1f600}\n]{0,80}$/u);
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 30 }), (body, max) => {
        const blocks = [...blocksOf(body, max)];
        expect(blocks.map((block) => block.text).join('')).toBe(body.replaceAll('\n', ''));
        for (const block of blocks) {
          expect(block.text.length).toBeLessThanOrEqual(max);
          expect(body.startsWith(block.text, block.start)).toBe(true);
          expect(block.text.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});
