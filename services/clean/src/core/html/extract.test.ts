import { describe, expect, it } from '@jest/globals';
import { Unprocessable } from '../unprocessable.ts';
import { extractPage } from './extract.ts';

const prose = [
  'The village on the eastern shore of the lake named its new ferry on Tuesday, which carries up to eighty bicycles in summer and forty in winter.',
  'It is to start in May, when the last of the ice is gone. “We have waited eleven years for this,” the mayor said at the party on the pier, and raised her glass.',
  'The old ferry, built in a yard on the river in the sixties, will be kept as a museum by a society of friends that has collected money for it since the autumn.',
] as const;

const page = (body: string, head = '<title>New ferry named | Lakeside Courier</title>') =>
  `<!doctype html><html lang="en-GB"><head>${head}</head><body>${body}</body></html>`;

const article = page(`
  <nav><a href="/">Home</a> <a href="/lake">Lake</a></nav>
  <div class="content"><article><h1>New ferry named</h1>
    <div class="share-bar"><a href="#">Facebook</a> <a href="#">Twitter</a></div>
    <p>${prose[0]}</p>
    <figure><img src="f.jpg"><figcaption>The ferry at the pier. Photo: Jonah Wells</figcaption></figure>
    <p>${prose[1]}</p>
    <aside><h3>More about it</h3><a href="/ice">Why the lake no longer freezes</a></aside>
    <h2>A museum</h2>
    <p>${prose[2]}</p>
    <ul><li>Length: 31 metres in all</li><li>Speed: eleven knots at best</li></ul>
    <table><tr><th>Day</th><th>First run</th></tr><tr><td>Monday</td><td>six o’clock</td></tr></table>
    <div id="newsletterSignup">Sign up for our newsletter <input type="email"></div>
    <script>var words = "never text";</script>
  </article></div><footer>All rights reserved.</footer>`);

describe('extractPage', () => {
  it('finds the story, with headings, lists and rows as lines', () => {
    const { method, lines } = extractPage(article, undefined);
    expect(method).toBe('readability');
    expect(lines.map(({ role, text }) => [role, text])).toEqual([
      ['paragraph', prose[0]],
      ['paragraph', prose[1]],
      ['heading', 'A museum'],
      ['paragraph', prose[2]],
      ['item', 'Length: 31 metres in all'],
      ['item', 'Speed: eleven knots at best'],
      ['row', 'Day | First run'],
      ['row', 'Monday | six o’clock'],
    ]);
  });

  it('keeps what it cut, labelled, in the order of the page', () => {
    const { residue } = extractPage(article, undefined);
    expect(residue.map(({ kind, text }) => [kind, text])).toEqual([
      ['navigation', 'Home Lake'],
      ['share', 'Facebook Twitter'],
      ['caption', 'The ferry at the pier. Photo: Jonah Wells'],
      ['related', 'More about it Why the lake no longer freezes'],
      ['newsletter', 'Sign up for our newsletter'],
      ['copyright', 'All rights reserved.'],
    ]);
  });

  const terms = Array.from(
    { length: 40 },
    (_, index) => `<p>Rule ${index}: who uses this site, agrees that it may be used, and pays.</p>`,
  );

  it('takes the text that microdata marks, where something else is longer', () => {
    const story = prose.map((text) => `<span>${text}</span><br><br>`).join('');
    const { method, lines: found } = extractPage(
      page(
        `<section><ul><li><div itemprop="articleBody">${story}</div></li></ul></section><article>${terms.join('')}</article>`,
      ),
      undefined,
    );
    expect(found.map(({ text }) => text)).toEqual(prose);
    expect(method).toBe('microdata');
  });

  it('cuts what stands outside of the text that microdata marks', () => {
    const story = [...prose, ...prose.map((text) => text.toUpperCase())]
      .map((text) => `<p>${text}</p>`)
      .join('');
    const { lines: found, residue } = extractPage(
      page(
        `<article><div itemprop="articleBody">${story}</div><p>Who reads this to the end, may come to the pier on Sunday and bring a cake.</p></article>`,
      ),
      undefined,
    );
    expect(found).toHaveLength(6);
    expect(residue).toMatchObject([{ kind: 'other', text: expect.stringMatching(/bring a cake/) }]);
  });

  it.each([
    ['a second doctype', '<r><![CDATA[--><!doctype t'],
    ['tags in a comment that is never closed', '<!--<html><body><p>x'],
    ['tags in an attribute that is never closed', '<html lang=">x<body><p>y'],
  ])('comes to an end on %s', (_, html) => {
    expect(() => extractPage(html, undefined)).not.toThrow();
  });

  it('leaves an element that holds the story, whatever its class says', () => {
    const { lines } = extractPage(
      page(
        `<div class="sidebar-layout newsletter-page">${prose.map((text) => `<p>${text}</p>`).join('')}</div>`,
      ),
      undefined,
    );
    expect(lines.map(({ text }) => text)).toEqual([...prose]);
  });

  it('leaves a story that is spread over many elements of one doubtful class', () => {
    const parts = [...prose, ...prose.map((text) => `Also: ${text}`)].map(
      (text) => `<div class="promo-grid"><p>${text}</p></div>`,
    );
    expect(extractPage(page(`<main>${parts.join('')}</main>`), undefined).lines).toHaveLength(6);
  });

  it.each([
    [
      'og:title',
      '<meta property="og:title" content="Ferry named"><title>Other</title>',
      undefined,
      'Ferry named',
    ],
    [
      'the site’s name by its tag',
      '<meta property="og:site_name" content="Courier"><title>Ferry named – Courier</title>',
      undefined,
      'Ferry named',
    ],
    [
      'the publisher’s name',
      '<title>Lakeside Courier: news | Ferry named</title>',
      'Lakeside Courier: news',
      'Ferry named',
    ],
    [
      'a bar and a short name',
      '<title>Village names its new ferry | Courier</title>',
      undefined,
      'Village names its new ferry',
    ],
    [
      'a dash within the title',
      '<title>Ferry named – after eleven years</title>',
      undefined,
      'Ferry named – after eleven years',
    ],
  ])('reads the title: %s', (_name, head, site, expected) => {
    const html = page(`<p>${prose[0]}</p>`, head);
    expect(extractPage(html, site).title).toBe(expected);
  });

  it('reads the language of the page', () => {
    expect(extractPage(article, undefined).language).toBe('en-GB');
    expect(extractPage('<meta property="og:locale" content="de_AT"><p>x</p>', undefined).language).toBe(
      'de-AT',
    );
  });

  it.each([
    ['no html, no body', `<p>${prose[0]}</p><p>${prose[1]}</p>`],
    ['html without body', `<html><p>${prose[0]}</p><p>${prose[1]}</p></html>`],
    ['head without body', `<html><head><title>x</title></head><p>${prose[0]}</p><p>${prose[1]}</p>`],
    ['unclosed paragraphs', page(`<p>${prose[0]}<p>${prose[1]}`)],
    ['breaks in place of paragraphs', page(`<div>${prose[0]}<br><br>${prose[1]}</div>`)],
  ])('reads careless pages: %s', (_name, html) => {
    expect(extractPage(html, undefined).lines.map(({ text }) => text)).toEqual([prose[0], prose[1]]);
  });

  it('falls back to paragraphs where Readability would read all too much', () => {
    const nest = '<div>'.repeat(120);
    const large = extractPage(page(`${nest}${`<div><p>${prose[0]}</p></div>`.repeat(5000)}`), undefined);
    expect(large.method).toBe('paragraphs');
    expect(large.lines).toHaveLength(5000);
    const live = `<div><h3>12:30</h3><p>${prose[0]}</p><p>${prose[1]}</p></div>`;
    expect(extractPage(page(live.repeat(1500)), undefined).method).toBe('readability');
  });

  it('falls back to paragraphs where the nesting is deep, and refuses what no page has', () => {
    const nested = (depth: number) =>
      page(`${'<div>'.repeat(depth)}<p>${prose[0]}</p>${'</div>'.repeat(depth)}`);
    const deep = extractPage(nested(3000), undefined);
    expect(deep).toMatchObject({ method: 'paragraphs', lines: [{ text: prose[0] }] });
    expect(() => extractPage(nested(60_000), undefined)).toThrow(Unprocessable);
  });
});
