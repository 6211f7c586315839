import { describe, expect, it } from '@jest/globals';
import { conceptsOf } from './concepts.ts';
import { foldCase } from './words.ts';

const conceptsIn = (text: string, language: string) => [...conceptsOf(foldCase(text), language).keys()];

describe('conceptsOf', () => {
  it.each([
    ['en', 'On November 6 Germany and France met.'],
    ['en', 'On the 6th November Germany and France met.'],
    ['de', 'Am 6. November trafen sich Deutschland und Frankreich.'],
    ['fr', 'Le 6 novembre, l’Allemagne et la France se sont vues.'],
    ['es', 'El 6 de noviembre se vieron Alemania y Francia.'],
    ['it', 'Il 6 novembre si sono viste la Germania e la Francia.'],
    ['pt', 'Em 6 de novembro reuniram-se a Alemanha e a França.'],
    ['ru', '6 ноября встретились Германия и Франция.'],
    ['ru', '6 ноября встреча в Германии с Францией.'],
    ['vi', 'Ngày 6 tháng 11, Đức và Pháp gặp nhau.'],
    ['zh', '11月6日，德国和法国举行会谈。'],
    ['ar', 'في 6 نوفمبر اجتمعت ألمانيا وفرنسا'],
    ['sv', 'Den 6 november möttes Tyskland och Frankrike.'],
  ])('%s: %s', (language, text) => {
    expect(conceptsIn(text, language)).toEqual(['date:11-06', 'country:DE', 'country:FR']);
  });

  it.each([
    ['ko', '11월 6일', ['date:11-06']],
    ['ja', '11月6日', ['date:11-06']],
    ['en', 'Niger, Nigeria and South Korea', ['country:NE', 'country:NG', 'country:KR']],
    ['en', 'the United States', ['country:US']],
    ['ru', 'в США', ['country:US']],
    ['zh', '2026年11月6日德国宣布', ['date:11-06', 'country:DE']],
    ['de', 'in den Vereinigten Staaten', ['country:US']],
    ['ar', 'بألمانيا', ['country:DE']],
    ['en', 'He may, in november, or on November 45', []],
    ['zh', '13月6日', []],
    ['en', '', []],
    ['xx', 'On November 6 Germany', []],
    ['not a language', 'On November 6 Germany', []],
  ])('%s: %j gives %j', (language, text, concepts) => {
    expect(conceptsIn(text, language)).toEqual(concepts);
  });

  it('says where each stands first', () => {
    const at = conceptsOf(foldCase(`Germany ${'and so on '.repeat(6)}France Germany`), 'en');
    expect(at).toEqual(
      new Map([
        ['country:DE', 0],
        ['country:FR', 19 / 21],
      ]),
    );
  });
});
