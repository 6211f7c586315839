import { describe, expect, it } from '@jest/globals';
import { parseHTML } from 'linkedom';
import { countAttributes } from './attributes.ts';

describe('countAttributes', () => {
  it.each([
    ['none', '<p>a b=c</p>'],
    ['with and without values', '<p a b=1 c="2 d=3" e=\'f g\'>'],
    ['blanks around the sign', '<p a = "x y" b=\n1 c>'],
    ['without blanks between', '<p a="1"b="2"/c/d>'],
    ['a slash in a value', '<a href=/x/y/z title=q>'],
    ['brackets in a value', '<a title="a>b <p c d>" e>'],
    ['what looks like a tag in a script', '<script a>if (i<n && m) x = "<p b c>"</script><p d>'],
    ['what looks like a tag in a comment', '<!-- <p a b> --><p c>'],
    ['no tag at all', 'a < b = c'],
  ])('counts as the parser does: %s', (_what, html) => {
    const { document } = parseHTML(`<html><body>${html}</body></html>`);
    const counts = [...document.querySelectorAll('*')].map(({ attributes }) => attributes.length);
    expect(countAttributes(html)).toEqual({
      inAll: counts.reduce((sum, count) => sum + count, 0),
      inOneTag: Math.max(...counts),
    });
  });

  it('ends where a tag, a quotation, a script or a comment does not', () => {
    expect(countAttributes('<p a b')).toEqual({ inAll: 2, inOneTag: 2 });
    expect(countAttributes(`<p a="${'x '.repeat(1e6)}`)).toEqual({ inAll: 1, inOneTag: 1 });
    expect(countAttributes(`<script>${'<p a>'.repeat(1e5)}`).inAll).toBe(0);
    expect(countAttributes(`<!--${'<p a>'.repeat(1e5)}`).inAll).toBe(0);
  });
});
