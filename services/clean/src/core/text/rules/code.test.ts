import { describe, expect, it } from '@jest/globals';
import { extractPage } from '../../html/extract.ts';
import { clearResidue } from '../clear.ts';
import { splitText } from '../paragraphs.ts';

const story = [
  'The village on the eastern shore of the lake named its new ferry on Tuesday, which carries up to eighty bicycles in summer.',
  'It is to start in May. “We have waited eleven years for this,” the mayor said at the party on the pier.',
];

describe('code', () => {
  it.each([
    'window._taboola = window._taboola || []; _taboola.push({article: "auto"});',
    'var ads = document.getElementById("ad-1");',
    '.teaser > a:hover { color: #333; text-decoration: none; }',
    '@media (max-width: 600px) { .box { display: none } }',
    '{"@context": "https://schema.org", "@type": "NewsArticle"}',
    '<div class="ad" id="slot-3"></div>',
    '{% include "ad.html" %}',
    '(function (w, d) { w.loaded = true; })(window, document);',
  ])('cuts code that was taken for text: %s', (line) => {
    const { kept, residue } = clearResidue(splitText(story.toSpliced(1, 0, line).join('\n\n')), 'The title');
    expect(residue).toMatchObject([{ kind: 'other', text: line, reason: 'looks like code' }]);
    expect(kept.map((item) => item.text)).toEqual(story);
  });

  it.each([
    'The function (of the pier) is to let people = goods pass, the window. “Let it be,” he said (laughing).',
    'She typed “var x = 1” on the blackboard and asked the class what a computer would make of it in the end.',
    'The sign reads {CLOSED}; the window. Nobody knows (or says) why it has hung there since the summer of 1998.',
  ])('keeps prose with signs in it: %s', (line) => {
    const text = story.toSpliced(1, 0, line).join('\n\n');
    expect(clearResidue(splitText(text), 'The title').residue).toEqual([]);
  });

  it('keeps what a page sets as code', () => {
    const { lines } = extractPage(
      `<article>${story.map((text) => `<p>${text}</p>`).join('<pre>var ferry = new Ferry(); ferry.start();</pre>')}</article>`,
      undefined,
    );
    const { kept, residue } = clearResidue(lines, 'The title');
    expect(kept.map(({ text }) => text)).toEqual([
      story[0],
      'var ferry = new Ferry(); ferry.start();',
      story[1],
    ]);
    expect(residue).toEqual([]);
  });
});
