import { describe, expect, it } from '@jest/globals';
import { textSlabs } from './text-slabs.ts';

describe('textSlabs', () => {
  it('gives the bytes that Buffer.from gives, whatever the text', () => {
    const encode = textSlabs();
    const texts = ['', 'a', 'ä„“😀', '\ud800 lone', 'x'.repeat(3_000_000), '語'.repeat(400_000), 'end'];
    expect(texts.map((text) => encode(text).equals(Buffer.from(text)))).toEqual(texts.map(() => true));
  });

  it('leaves earlier texts as they were', () => {
    const encode = textSlabs();
    const texts = Array.from({ length: 5000 }, (_, index) => `${index} ${'ß'.repeat(index % 700)}`);
    const encoded = texts.map((text) => encode(text));
    expect(encoded.map(String)).toEqual(texts);
  });
});
