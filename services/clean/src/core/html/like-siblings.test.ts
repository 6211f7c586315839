import { describe, expect, it } from '@jest/globals';
import type { Line } from '../text/line.ts';
import { readBlocks } from './blocks.ts';
import { parsePage } from './document.ts';
import { likeSiblings, withLikeSiblings } from './like-siblings.ts';
import { preClean } from './pre-clean.ts';

const entry = (hour: number) =>
  `<div class="kayit"><h3>At ${hour}</h3><p>The ferry left the pier at ${hour} with more gulls than passengers.</p></div>`;
const entries = [9, 12, 15, 18].map(entry).join('');

/** The lines of a page whose story, as it was found, is what stands in its first entries. */
function extended(html: string, foundLines: number): readonly string[] {
  const { body } = parsePage(html);
  const { orders } = preClean(body, { addresses: [], title: '' });
  const blocks = readBlocks(body, (node) => orders.get(node));
  const groups = likeSiblings(body, (node) => orders.get(node));
  return withLikeSiblings(blocks.slice(0, foundLines), blocks, groups).map(({ text }: Line) => text);
}

describe('withLikeSiblings', () => {
  it('adds the entries that are like the one in which the story was found', () => {
    expect(extended(entries, 2)).toHaveLength(8);
  });

  it('leaves out what is missing among many: it was left out for a reason', () => {
    expect(extended(entries, 6)).toHaveLength(6);
  });

  it.each([
    [
      'links',
      '<div class="kayit"><a href="/a">Another story of the ferry that nobody has told so far.</a></div>',
    ],
    ['short boxes', '<div class="kayit"><p>Buy our map now.</p></div>'],
    ['another class', entry(20).replace('kayit', 'kutu')],
  ])('does not add %s', (_name, other) => {
    expect(extended(entry(9) + other.repeat(3), 2)).toHaveLength(2);
  });
});
