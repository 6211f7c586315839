import { describe, expect, it } from '@jest/globals';
import type { Entity } from '@wirefold/contracts';
import * as fc from 'fast-check';
import { mergeMentions } from './merge-mentions.ts';

const BODY = 'In New York City, on May 5.';
const mention = (text: string, type: Entity['type'] = 'place', body = BODY): Entity => {
  const start = body.indexOf(text);
  return { type, text, start, end: start + text.length };
};
const merge = (first: Entity[], second: Entity[] = [], max = 10) =>
  mergeMentions(
    BODY,
    [
      { recogniser: 'first', mentions: first },
      { recogniser: 'second', mentions: second },
    ],
    max,
  ).map(({ text, type }) => `${type} ${text}`);

describe('mergeMentions', () => {
  it('keeps the longest of overlapping mentions, whoever found it', () => {
    expect(merge([mention('York')], [mention('New York City')])).toEqual(['place New York City']);
  });

  it('keeps that of the first recogniser where they are equally long', () => {
    expect(merge([mention('May', 'date')], [mention('May', 'person')])).toEqual(['date May']);
  });

  it('sorts by the text and keeps the first ones', () => {
    const found = [mention('May 5', 'date'), mention('York')];
    expect(merge(found)).toEqual(['place York', 'date May 5']);
    expect(merge(found, [], 1)).toEqual(['place York']);
  });

  it('names the recogniser whose offsets are wrong', () => {
    expect(() => merge([{ ...mention('York'), start: 1 }])).toThrow('first');
    expect(() => merge([], [{ type: 'place', text: '', start: 0, end: 0 }])).toThrow('second');
  });

  it('never overlaps, is in order, and drops a mention only for one that is as long', () => {
    const body = 'abcdefghijklmnopqrstuvwxyz';
    const mentions = fc.array(
      fc
        .tuple(fc.nat(25), fc.integer({ min: 1, max: 8 }))
        .map(([start, length]) => mention(body.slice(start, start + length), 'place', body)),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(mentions, mentions, (first, second) => {
        const found = [
          { recogniser: 'a', mentions: first },
          { recogniser: 'b', mentions: second },
        ];
        const merged = mergeMentions(body, found, 100);
        merged.forEach((entity, index) => {
          expect(body.slice(entity.start, entity.end)).toBe(entity.text);
          expect(entity.start).toBeGreaterThanOrEqual(merged[index - 1]?.end ?? 0);
        });
        for (const each of [...first, ...second]) {
          const rivals = merged.filter(({ start, end }) => start < each.end && each.start < end);
          expect(rivals.some(({ text }) => text.length >= each.text.length)).toBe(true);
        }
      }),
    );
  });
});
