import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { assembleTexts, planRequests } from './request-plan.ts';

const sizeOf = (request: { text: string }[], separatorLength: number) =>
  request.reduce((sum, { text }) => sum + text.length, (request.length - 1) * separatorLength);

describe('planRequests', () => {
  it('packs paragraphs until a request is full', () => {
    const plan = planRequests(['aaaa', 'bbbb', 'cccc'], 10, 2);
    expect(plan.map((request) => request.map(({ text }) => text))).toEqual([['aaaa', 'bbbb'], ['cccc']]);
  });

  it('cuts a long text between sentences', () => {
    const [first, second] = planRequests(['One is here. Two is here. Three is.'], 26, 2).flat();
    expect(first?.text).toBe('One is here. Two is here.');
    expect(second?.text).toBe('Three is.');
  });

  it('cuts a long sentence between words', () => {
    const plan = planRequests(['one two three four'], 8, 2).flat();
    expect(plan.map(({ text }) => text)).toEqual(['one two', 'three', 'four']);
  });

  it('keeps requests within bounds and loses nothing, whatever the texts', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.lorem({ maxCount: 40 }),
      fc.stringMatching(/^[ .a\u{1f600}\n]{0,60}$/u),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), fc.integer({ min: 8, max: 60 }), (texts, max) => {
        const plan = planRequests(texts, max, 2);
        for (const request of plan) expect(sizeOf(request, 2)).toBeLessThanOrEqual(max);
        const echoed = plan.map((request) => request.map((piece) => piece.text));
        expect(assembleTexts(texts.length, plan, echoed)).toEqual(
          texts.map((original) => (original.trim() === '' ? '' : original)),
        );
        for (const piece of plan.flat()) expect(piece.text.trim()).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });
});
