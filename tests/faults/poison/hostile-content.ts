import { indexed, ofFields, rejected, STORY, type Poison } from './poison.ts';

const MEBIBYTE = 1024 * 1024;
const html = (content: string) => ({ contentType: 'text/html', content });
const text = (content: string) => ({ contentType: 'text/plain', content });
const paragraph = `<p>${STORY}</p>`;
const unclean = (error: RegExp) => rejected('unprocessable', error, 'clean');
const TOO_MANY_TAGS = unclean(
  /^The page has more than 40000 tags and entities\. Send the article's own part/,
);
const NO_TEXT = unclean(/^No text was found in \d+ characters of text\/\w+\. Publish/);
const NO_WORDS = indexed('it is text, if a senseless one: it is not for Wirefold to judge');
const HAS_STORY = indexed('the story is in it, and is found');

/** Runs of what makes careless patterns go back and forth. */
const runs: readonly Poison[] = [
  ofFields('100,000 spaces between two words', text(`${STORY}${' '.repeat(100_000)}${STORY}`), HAS_STORY),
  ofFields('a word of 100,000 letters, and a mark', text(`${'a'.repeat(100_000)}!`), NO_WORDS),
  ofFields('100,000 opened parentheses', text(`${STORY} ${'('.repeat(100_000)}`), HAS_STORY),
  ofFields(
    '100,000 pairs of parentheses',
    text(`${STORY} ${'(a '.repeat(100_000)}${')'.repeat(100_000)}`),
    HAS_STORY,
  ),
  ofFields('one line of 1 MiB without a space', text('x'.repeat(MEBIBYTE)), NO_WORDS),
  ofFields('1.5 MB in base64', text(Buffer.alloc(1_125_000, 'poison').toString('base64')), NO_WORDS),
  ofFields('the same words, zipped well', text(`${STORY} `.repeat(13_000)), NO_WORDS),
  ofFields('digits and stops without end', text(`${STORY} ${'1.2.3.'.repeat(100_000)}`), HAS_STORY),
  ofFields('dates without end', text(`${STORY} ${'1/2/2026-'.repeat(20_000)}`), HAS_STORY),
  ofFields('quotation marks without end', text(`${STORY} ${'"„'.repeat(100_000)}`), HAS_STORY),
  ofFields(
    '500,000 lines',
    text('a\n'.repeat(500_000)),
    unclean(/^The text has more than 20000 lines\. Send one article/),
  ),
  ofFields('500,000 entities in a text', text('&lt;'.repeat(500_000)), NO_TEXT),
];

/** Pages that parsers choke on. */
const pages: readonly Poison[] = [
  ofFields('60,000 nested elements', html('<div>'.repeat(60_000)), TOO_MANY_TAGS),
  ofFields(
    '30,000 nested elements',
    html('<div>'.repeat(30_000)),
    unclean(/^The page has more than 5000 elements open within each other/),
  ),
  ofFields(
    '17 attributes in each of 39,000 tags',
    html('<p a b c d e f g h i j k l m n o p q>a'.repeat(39_000)),
    unclean(/^The page has more than 80000 attributes/),
  ),
  ofFields('100,000 tables', html('<table>'.repeat(100_000)), TOO_MANY_TAGS),
  ofFields('200,000 opening brackets', html('<'.repeat(200_000)), TOO_MANY_TAGS),
  ofFields('500,000 empty paragraphs', html('<p>'.repeat(500_000)), TOO_MANY_TAGS),
  ofFields('500,000 entities in a page', html('&lt;'.repeat(500_000)), TOO_MANY_TAGS),
  ofFields(
    'a tag with 100,000 attributes',
    html(`<p ${Array.from({ length: 100_000 }, (_, n) => `a${n}=1`).join(' ')}>${STORY}</p>`),
    unclean(/^A tag of the page has more than 4000 attributes/),
  ),
  ofFields(
    'a script of 2 MB alone',
    html(`<script>${'var a="<p>";'.repeat(160_000).replaceAll('<p>', 'p')}</script>`),
    NO_TEXT,
  ),
  ofFields(
    'a script of 1.9 MB before the story',
    html(`<script>${'var a = 1;'.repeat(190_000)}</script>${paragraph}`),
    HAS_STORY,
  ),
  ofFields('a comment that is not closed', html(`<!-- ${STORY} ${'- '.repeat(500_000)}`), NO_TEXT),
  ofFields(
    'an attribute that is not closed',
    html(`${paragraph}<p title="${'x '.repeat(500_000)}`),
    HAS_STORY,
  ),
  ofFields(
    '120 levels around 9,000 paragraphs',
    html(`${'<div>'.repeat(120)}${`<div>${paragraph}</div>`.repeat(9000)}`),
    HAS_STORY,
  ),
  ofFields(
    '39,000 items that are not closed',
    html('<li a b>a'.repeat(39_000)),
    unclean(/^The text has more than 20000 lines/),
  ),
  ofFields(
    'furniture alone',
    text('Facebook Twitter WhatsApp\n\n[Advert_1]'),
    unclean(/^No text is left: all that was found looks like/),
  ),
];

const SCRIPTS = [
  'Ferry',
  'Паром',
  '渡轮',
  'عبارة',
  'נסיעה',
  'नौका',
  'フェリー',
  'เรือ',
  'Πορθμείο',
  '페리',
  'ልጅ',
  'Լաստ',
  '🚢',
];
const mixed = Array.from({ length: 10_000 }, (_, n) => SCRIPTS[n % SCRIPTS.length]).join(' ');

/** Characters that are odd. */
const characters: readonly Poison[] = [
  ofFields(
    'invisible characters alone',
    text('\u200b\u202e\u2066\ufeff\u00ad'.repeat(20_000)),
    unclean(/^The content is empty\. Publish/),
  ),
  ofFields('a letter under 500,000 marks', text(`${STORY} Z${'\u0316\u0301'.repeat(250_000)}`), HAS_STORY),
  ofFields(
    'zalgo in each letter',
    text(STORY.repeat(20).replaceAll(/./g, '$&\u0316\u0301\u0327\u0488')),
    NO_WORDS,
  ),
  ofFields('text turned from right to left', text(`\u202e${STORY}\u202c\u2067${STORY}\u2069`), HAS_STORY),
  ofFields('10,000 words in a dozen scripts', text(mixed), NO_WORDS),
  ofFields('200,000 joiners', text(`${STORY} ${'\u200d'.repeat(200_000)}`), HAS_STORY),
];

/** Articles that are as the contract says, with content that is none or hurts. */
export const hostileContent: readonly Poison[] = [...runs, ...pages, ...characters];
