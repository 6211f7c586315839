import { describe, expect, it } from '@jest/globals';
import { clearResidue } from '../clear.ts';
import type { Line, LineRole } from '../line.ts';
import { splitText } from '../paragraphs.ts';
import { publisherLineId, PUBLISHER_LINE_REASON, type Evidence } from './publisher-line.ts';

const first =
  'The ferry from the eastern shore sails every second hour in summer, and carries eighty bicycles.';
const second =
  'The villagers had waited nine years for it, and named it on Tuesday after their late teacher.';
const closer = 'Dieser Text ist zuerst in der Seeschau erschienen.';
const background = 'The old ferry had sunk in a storm in March, with nobody on board.';

/** Never known. */
const own = new Set([first, second, 'He saw a swan.']);

const known = (evidence: Evidence, ...texts: string[]) =>
  new Map(texts.map((text) => [publisherLineId(text) ?? 'no line', evidence]));

function cutOf(text: string, lines: ReadonlyMap<string, Evidence>) {
  const { kept, residue } = clearResidue(splitText(text), 'The title', lines);
  return { kept: kept.map((line) => line.text), cut: residue.map(({ text: one }) => one), residue };
}

describe("a publisher's own line", () => {
  it('is residue behind the story, and before it, as soon as it is repeated', () => {
    const text = [closer, first, second, background].join('\n\n');
    const { kept, residue } = cutOf(text, known('repeated', closer, background));
    expect(kept).toEqual([first, second]);
    expect(residue).toMatchObject([
      { kind: 'other', text: closer, reason: PUBLISHER_LINE_REASON },
      { kind: 'other', text: background, reason: PUBLISHER_LINE_REASON },
    ]);
  });

  it('is told whatever its quotes, capitals and stops', () => {
    const line = '“Seeschau” – The Paper Of The Eastern Shore, every day!';
    const stored = '"seeschau": the paper of the eastern shore every day.';
    expect(cutOf([first, second, line].join('\n\n'), known('repeated', stored)).cut).toEqual([line]);
  });

  it('is residue between paragraphs only where it is regular', () => {
    const text = [first, background, second].join('\n\n');
    expect(cutOf(text, known('repeated', background)).cut).toEqual([]);
    expect(cutOf(text, known('regular', background)).kept).toEqual([first, second]);
  });

  it('has a kind where another rule names one', () => {
    const label = 'Quelle: Seeschau';
    const { residue } = cutOf([first, second, label].join('\n\n'), known('repeated', label));
    expect(residue).toMatchObject([{ kind: 'source' }]);
  });

  it.each([
    ['a crosshead between two paragraphs', [first, 'Was wir wissen', second]],
    ['a label that introduces what follows', ['What we know:', first, second]],
    ['a short last sentence', [first, second, 'Police are still investigating.']],
    ['a short sentence between paragraphs', [first, 'Why is that so?', second]],
    ['a paragraph before a short sentence of its own', [first, second, background, 'He saw a swan.']],
    ['a list without stops behind its story', [first, second, '- Salt and pepper']],
  ])('stays: %s', (_what, lines) => {
    const text = lines.join('\n\n');
    const all = known('repeated', ...lines.filter((line) => !own.has(line)));
    const without = clearResidue(splitText(text), 'The title');
    expect(cutOf(text, all).kept).toEqual(without.kept.map((line) => line.text));
    expect(cutOf(text, all).residue.map(({ reason }) => reason)).not.toContain(PUBLISHER_LINE_REASON);
  });

  it.each(['regular', 'repeated'] as const)('stays where there is no other text (%s)', (evidence) => {
    for (const lines of [[background], [background, closer], ['Rain', background, 'It rains.']])
      expect(cutOf(lines.join('\n\n'), known(evidence, background, closer)).kept).toContain(background);
  });

  it('stays as crosshead, row or item of a page', () => {
    const line = (text: string, role: LineRole, order: number): Line => ({ text, role, order, linkShare: 0 });
    const lines = [
      line('In short', 'heading', 0),
      line('A ferry for eighty bicycles', 'item', 1),
      line(first, 'paragraph', 2),
      line('Ferry | 9:00 | 11:00', 'row', 3),
      line(second, 'paragraph', 4),
    ];
    const { kept } = clearResidue(
      lines,
      'The title',
      known('regular', ...lines.map(({ text }) => text).slice(0, 2), 'Ferry | 9:00 | 11:00'),
    );
    expect(kept).toHaveLength(5);
  });
});

describe('publisherLineId', () => {
  it('takes no long text, and nothing without letters', () => {
    expect(publisherLineId('word '.repeat(40))).toHaveLength(11);
    expect(publisherLineId('word '.repeat(41))).toBeUndefined();
    expect(publisherLineId('x'.repeat(301))).toBeUndefined();
    expect(publisherLineId('* * *')).toBeUndefined();
    expect(publisherLineId('1:0')).toBeUndefined();
  });
});
