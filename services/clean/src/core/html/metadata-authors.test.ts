import { describe, expect, it } from '@jest/globals';
import { readAuthors } from './metadata-authors.ts';

describe('readAuthors', () => {
  it.each([
    ['Moira Kettle', ['Moira Kettle']],
    ['By Moira Kettle', ['Moira Kettle']],
    ['By Moira Kettle and Jonah Wells', ['Moira Kettle', 'Jonah Wells']],
    ['Moira Kettle, Political Editor', ['Moira Kettle']],
    ['Moira Kettle, Jonah Wells & Ada Byre', ['Moira Kettle', 'Jonah Wells', 'Ada Byre']],
    ['Moira Kettle, Lakeside Correspondent, Oslo', ['Moira Kettle']],
    ['Moira Kettle | Reuters', ['Moira Kettle', 'Reuters']],
    ['Moira Kettle (m.kettle@courier.example)', ['Moira Kettle']],
    ['m.kettle@courier.example (Moira Kettle)', ['Moira Kettle']],
    ['Kettle, Moira', ['Moira Kettle']],
    ['Kettle, Moira J.', ['Moira J. Kettle']],
    ['Von Imke Janssen und Bernd Vogt, Husum', ['Imke Janssen', 'Bernd Vogt']],
    ['Text: Imke Janssen', ['Imke Janssen']],
    ['Thekla von der Heide', ['Thekla von der Heide']],
    ['Von der Heide', ['Von der Heide']],
    ['Di Maria', ['Di Maria']],
    ['Imke Janssen, Redakteurin', ['Imke Janssen']],
    ['Imke Janssen/dpa', ['Imke Janssen', 'dpa']],
    ['Por Lucía Robledo y Iván Sanz', ['Lucía Robledo', 'Iván Sanz']],
    ['José Ortega y Gasset', ['José Ortega y Gasset']],
    ['Par Élodie Marchand', ['Élodie Marchand']],
    ['Автор: Ольга Зимина', ['Ольга Зимина']],
    ['Ольга Зимина и Пётр Лугов', ['Ольга Зимина', 'Пётр Лугов']],
    ['Ольга Зимина, корреспондент', ['Ольга Зимина']],
    ['记者 王小湖', ['王小湖']],
    ['文／王小湖、李大山', ['王小湖', '李大山']],
    ['湖野花子 記者', ['湖野花子']],
    ['ジョン・レイク', ['ジョン・レイク']],
    ['김호수 기자', ['김호수']],
    ['بقلم: سلمى البحري', ['سلمى البحري']],
    ['بقلم سلمى البحري، كريم النهري', ['سلمى البحري', 'كريم النهري']],
    ['AFP', ['AFP']],
    ['Smith &amp; Sons', ['Smith & Sons']],
  ])('reads %s', (raw, names) => {
    expect(readAuthors([raw], [])).toEqual(names);
  });

  it.each([
    'admin',
    'Redaktion',
    'Staff Reporter',
    'Practical Lake Editorial Staff',
    'https://social.example/moira',
    'www.courier.example',
    '@moira',
    'moira-k',
    'm.kettle@courier.example',
    'null',
    '12345',
    '[]',
    ' \u200B ',
    'The village on the eastern shore of the lake named its new ferry on Tuesday',
  ])('takes %s for no name', (raw) => {
    expect(readAuthors([raw], [])).toEqual([]);
  });

  it('leaves out the publication, and what it has already', () => {
    expect(readAuthors(['Lakeside Courier', 'Ada Byre', 'ADA BYRE'], ['lakeside courier'])).toEqual([
      'Ada Byre',
    ]);
  });

  it('gives no more than twenty, and takes little time for a million characters', () => {
    const many = Array.from(
      { length: 100 },
      (_, index) => `Ada ${String.fromCodePoint(0x41 + (index % 26))}yre${'x'.repeat(index)}`,
    );
    expect(readAuthors(many, [])).toHaveLength(20);
    const started = performance.now();
    for (const unit of ['Ada Byre, ', 'and ', '(', 'a@', ', ', '. ', 'By '])
      readAuthors([unit.repeat(100_000)], []);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
