import { describe, expect, it } from '@jest/globals';
import { figuresOf } from './figures.ts';

const valuesOf = (text: string, language: string) => figuresOf(text, language).map(({ value }) => value);

describe('figuresOf', () => {
  it.each([
    ['2.5 million people', 'en'],
    ['2,500,000 people', 'en'],
    ['$2.5m in all', 'en'],
    ['2,5 Millionen Menschen', 'de'],
    ['2,5 Mio. Euro', 'de'],
    ['2.500.000 Menschen', 'de'],
    ['2’500’000 Franken', 'de'],
    ['2 500 000 habitants', 'fr'],
    ['2\u202f500\u202f000 habitants', 'fr'],
    ['2,5 millones de personas', 'es'],
    ['2,5 млн человек', 'ru'],
    ['2,5 миллиона человек', 'ru'],
    ['2,5 мільйона людей', 'uk'],
    ['2,5 triệu người', 'vi'],
    ['250万人', 'zh'],
    ['250萬人', 'zh'],
    ['２５０万人', 'ja'],
    ['٢٫٥ مليون شخص', 'ar'],
    ['٢٬٥٠٠٬٠٠٠ شخص', 'ar'],
    ['२५००००० लोग', 'hi'],
  ])('%s is 2500000', (text, language) => {
    expect(valuesOf(text, language)).toEqual(['2500000']);
  });

  it.each([
    ['3 billion', 'en', '3000000000'],
    ['3bn', 'en', '3000000000'],
    ['3 Milliarden', 'de', '3000000000'],
    ['3 Mrd.', 'de', '3000000000'],
    ['3 mil millones', 'es', '3000000000'],
    ['3 mil milhões', 'pt', '3000000000'],
    ['3 milliards', 'fr', '3000000000'],
    ['3 млрд', 'ru', '3000000000'],
    ['3 tỷ', 'vi', '3000000000'],
    ['30亿', 'zh', '3000000000'],
    ['٣ مليارات', 'ar', '3000000000'],
    ['3 Billionen', 'de', '3000000000000'],
    ['3 billones', 'es', '3000000000000'],
    ['3 billion', 'fr', '3000000000000'],
    ['3 trillion', 'en', '3000000000000'],
    ['3万亿', 'zh', '3000000000000'],
    ['3兆', 'ja', '3000000000000'],
    ['3 mil', 'es', '3000'],
    ['3 آلاف', 'ar', '3000'],
    ['3 тысячи', 'ru', '3000'],
    ['3 mile walk', 'en', '3'],
    ['3 milestones', 'en', '3'],
  ])('%s in %s is %s', (text, language, value) => {
    expect(valuesOf(text, language)).toEqual([value]);
  });

  it.each([
    ['0.125 of it', ['0.125']],
    ['0,5 of it', ['0.5']],
    ['1.75', ['1.75']],
    ['1,234.5', ['1234.5']],
    ['1.234,5', ['1234.5']],
    ['12.11.2026 and version 1.2.3', []],
    ['2026-11-06', ['2026', '11', '6']],
    ['between 10-15 of 007', ['10', '15', '7']],
    ['A4, B12 and the G20', []],
    ['2026年8月7日，共计41286辆，约1.2万人', ['2026', '8', '7', '41286', '12000']],
    ['約250人', ['250']],
    ['ราคา250บาท', ['250']],
    ['编号S2026M0088V', []],
    ['', []],
  ])('%j gives %j', (text, values) => {
    expect(valuesOf(text, 'en')).toEqual(values);
  });

  it('says where each stands', () => {
    const [first, last] = figuresOf(`12 ${'word '.repeat(19)}34`, 'en');
    expect(first).toEqual({ value: '12', at: 0 });
    expect(last?.value).toBe('34');
    expect(last?.at).toBeCloseTo(98 / 100);
  });
});
