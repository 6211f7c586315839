import type { IngestedArticle } from '@wirefold/contracts';
import * as fc from 'fast-check';
import { readCases } from './corpus.ts';

export type Content = Pick<IngestedArticle, 'content' | 'contentType'> & Partial<IngestedArticle>;

const WORDS = [
  'ferry',
  'the',
  'Fähre',
  'über',
  'Паром',
  'на',
  '渡轮',
  '将于',
  'العبارة',
  'في',
  'כפר',
  'หมู่บ้าน',
  '페리',
  'İstanbul',
  'ﬁnal',
  '1,234.5',
  'By',
  'Von',
  'Quelle:',
  'Foto:',
  'Source',
  'Anzeige',
  'Read',
  'more',
  'Newsletter',
  'subscribe',
  '12.05.2026',
  'dpa',
  'AP',
  '©',
  '|',
  '-',
  '“',
  '”',
  '"',
  '«',
  '»',
  '(',
  ')',
  '[Advert_3]',
  '{{slot}}',
  '&amp;amp;',
  '&#x41;',
  '&nbsp;',
  '<',
  '>',
  '\u00AD',
  '\u200B',
  '\u202E',
  '\uFEFF',
  'e\u0301\u0301\u0301',
  '\uD800',
  '😀',
  '👨‍👩‍👧',
  ':',
  '.',
  '!',
  '…',
];
const SEPARATORS = [' ', ' ', ' ', ' ', '. ', '.\n', '\n', '\n\n', '\t', '', ' \n', '-\n', '\r\n'];

const words = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(...SEPARATORS)), { maxLength: 60 })
  .map((parts) => parts.flat().join(''));
const text = fc.oneof(
  { weight: 6, arbitrary: words },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 80 }) },
);

/** Plain text, and what was never text. */
export const anyContent: fc.Arbitrary<Content> = fc.oneof(
  fc.array(text, { maxLength: 12 }).map((lines) => plain(lines.join('\n'))),
  fc.uint8Array({ maxLength: 400 }).map((bytes) => plain(Buffer.from(bytes).toString('utf8'))),
  fc.uint8Array({ maxLength: 400 }).map((bytes) => page(Buffer.from(bytes).toString('latin1'))),
);

const plain = (content: string): Content => ({ contentType: 'text/plain', content: content.toWellFormed() });
const page = (content: string): Content => ({
  contentType: 'text/html',
  content: content.toWellFormed(),
  url: 'https://lakeside.example/ferry',
});

const TAGS = [
  'div',
  'p',
  'span',
  'article',
  'section',
  'main',
  'aside',
  'nav',
  'figure',
  'figcaption',
  'blockquote',
  'ul',
  'ol',
  'li',
  'dl',
  'dt',
  'dd',
  'table',
  'tr',
  'td',
  'th',
  'h1',
  'h2',
  'h3',
  'a',
  'b',
  'br',
  'hr',
  'img',
  'form',
  'input',
  'button',
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'math',
  'header',
  'footer',
  'time',
  'details',
  'summary',
  'pre',
  'center',
  'font',
  'body',
  'html',
  'head',
  'title',
  'amp-img',
  'x-y',
];
const ATTRIBUTES = [
  '',
  ' class="share-bar"',
  ' class="newsletter"',
  ' class="caption credit"',
  ' class="author-box"',
  ' class="ad"',
  ' class="related teaser"',
  ' id="comments"',
  ' class="paywall"',
  ' hidden',
  ' aria-hidden="true"',
  ' href="/other"',
  ' href="#here"',
  ' rel="bookmark" href="/x"',
  ' itemprop="articleBody"',
  ' itemscope itemtype="https://schema.org/NewsArticle"',
  ' datetime="2026-05-12"',
  " class='un\"closed'",
  ' class="',
  ' =',
];
const SCRIPTS = [
  '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A ferry","articleBody":"The ferry sails in May, they say. It is new."}</script>',
  '<script type="application/ld+json">{"@type":["Article"],"author":[{"name":"x"},null,3],"articleBody":["a"]}</script>',
  '<script type="application/ld+json">{"@graph":[{"@id":"#a","author":{"@id":"#a"}}]}</script>',
  '<script type="application/ld+json">{"articleBody":</script>',
  '<meta property="og:title" content="A ferry &amp;amp; a lake">',
  '<meta charset="x"><base href="::">',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<!doctype html>',
  '</p>',
  '</div>',
  '</body>',
  '</html>',
  '<p',
  '<',
  '&',
];

const { node } = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, depthSize: 'small' },
    text,
    fc.constantFrom(...SCRIPTS),
    fc
      .tuple(
        fc.constantFrom(...TAGS),
        fc.constantFrom(...ATTRIBUTES),
        fc.array(tie('node'), { maxLength: 5 }),
        fc.boolean(),
      )
      .map(
        ([tag, attributes, inner, isClosed]) =>
          `<${tag}${attributes}>${inner.join('')}${isClosed ? `</${tag}>` : ''}`,
      ),
  ),
}));

/** Pages of all that pages are made of, in any order. */
export const anyPage: fc.Arbitrary<Content> = fc
  .array(node, { minLength: 1, maxLength: 10 })
  .map((nodes) => page(nodes.join('')));

const pages = readCases().filter(({ fields }) => fields.contentType === 'text/html');

/** Whole pages, with pieces of them cut out, said again, or set into each other. */
export const brokenPage: fc.Arbitrary<Content> = fc
  .tuple(
    fc.constantFrom(...pages.map(({ fields }) => fields.content)),
    fc.constantFrom(...pages.map(({ fields }) => fields.content)),
    fc.array(
      fc.tuple(
        fc.constantFrom('cut', 'repeat', 'other', 'text'),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(600),
        text,
      ),
      { maxLength: 6 },
    ),
  )
  .map(([first, second, changes]) =>
    page(
      changes.reduce((html, [change, place, length, word]) => {
        const at = Math.floor(place * html.length);
        const piece = html.slice(at, at + length);
        const inserted =
          { cut: '', repeat: piece + piece, other: second.slice(at, at + length), text: word }[change] ?? '';
        return (
          html.slice(0, at) +
          inserted +
          html.slice(at + (change === 'other' || change === 'text' ? 0 : length))
        );
      }, first),
    ),
  );
