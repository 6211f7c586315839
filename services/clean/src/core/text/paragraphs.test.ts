import { describe, expect, it } from '@jest/globals';
import { splitText } from './paragraphs.ts';

const texts = (text: string) => splitText(text).map((line) => line.text);

describe('splitText', () => {
  it('takes each line for a paragraph where no line is empty', () => {
    expect(texts('Eins ist da.\nZwei auch.\nDrei')).toEqual(['Eins ist da.', 'Zwei auch.', 'Drei']);
  });

  it('splits at empty lines, and at breaks between them', () => {
    expect(texts('One.\n\nBy Ann Lee\n3 May 2024\n\nTwo.')).toEqual([
      'One.',
      'By Ann Lee',
      '3 May 2024',
      'Two.',
    ]);
  });

  it('joins the lines of hard-wrapped text, as wires and mail have it', () => {
    const wrapped = [
      'The harbour of the small town was closed on Tuesday after a',
      'ship that carried timber had run aground at the entrance in',
      'thick fog. Nobody was hurt.',
      'A tug from the neighbouring port tried in the evening to pull',
      'it free at high water, but gave up after two hours because',
      'the ropes had torn.',
    ].join('\n');
    expect(texts(wrapped)).toEqual([
      'The harbour of the small town was closed on Tuesday after a ship that carried timber had run aground at the entrance in thick fog. Nobody was hurt.',
      'A tug from the neighbouring port tried in the evening to pull it free at high water, but gave up after two hours because the ropes had torn.',
    ]);
  });

  it('joins words that were divided at the end of a line, and keeps pairs', () => {
    const wrapped = [
      'Der Hafen der kleinen Stadt blieb am Dienstag geschlossen, weil ein Holz-',
      'frachter im dichten Nebel an der Einfahrt auf Grund gelaufen war; Nord-',
      'und Ostsee liegen hier nahe beieinander, und die Schlepper der beiden Nach-',
      'barhäfen kamen erst am Abend.',
    ].join('\n');
    expect(texts(wrapped)).toEqual([
      'Der Hafen der kleinen Stadt blieb am Dienstag geschlossen, weil ein Holzfrachter im dichten Nebel an der Einfahrt auf Grund gelaufen war; Nord- und Ostsee liegen hier nahe beieinander, und die Schlepper der beiden Nachbarhäfen kamen erst am Abend.',
    ]);
  });

  it('gives nothing for nothing', () => {
    expect(texts('')).toEqual([]);
  });
});
