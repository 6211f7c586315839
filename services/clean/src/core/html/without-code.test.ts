import { describe, expect, it } from '@jest/globals';
import { withoutCode } from './without-code.ts';

describe('withoutCode', () => {
  it.each([
    ['<p>a</p><script src="x">if (a < b) "<p>never</p>"</script><p>b</p>', '<p>a</p><p>b</p>'],
    ['<STYLE>p { }</STYLE\n><p>a</p>', '<p>a</p>'],
    ['<p>a <svg viewBox="0"><text>never</text></svg> b</p>', '<p>a  b</p>'],
  ])('leaves out %s', (html, left) => {
    expect(withoutCode(html)).toBe(left);
  });

  it.each([
    '<script type="application/ld+json">{"articleBody":"a"}</script><p>b</p>',
    '<!-- <script> --><p>story</p><!-- </script> -->',
    '<p>a</p><script>never closed <p>b</p>',
    '<scripture>a</scripture><p>b</p></script>',
    '<!-- never closed <script>a</script>',
  ])('keeps %s', (html) => {
    expect(withoutCode(html)).toBe(html);
  });

  it('goes on behind data and comments', () => {
    expect(withoutCode('<script type="application/ld+json">{}</script><!--x--><style>a</style>b')).toBe(
      '<script type="application/ld+json">{}</script><!--x-->b',
    );
  });

  it.each(['<script>', '<!--', '<svg ', '<style></style', '<script>a</script>', '<svg/>'])(
    'takes time in proportion: %s',
    (piece) => {
      const started = performance.now();
      withoutCode(piece.repeat(200_000));
      expect(performance.now() - started).toBeLessThan(10_000);
    },
  );
});
