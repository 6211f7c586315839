import { describe, expect, it } from '@jest/globals';
import { translationese } from '@wirefold/contracts';
import * as fc from 'fast-check';
import { assessTranslationese } from './translationese.ts';

const LIKELY = 0.5;

const assess = (text: string, language: string, residue: string[] = []) =>
  assessTranslationese(text, language, { residue });
const signsIn = (text: string, language: string, residue: string[] = []) =>
  assess(text, language, residue)?.why.map(({ sign }) => sign) ?? [];

const stories = {
  de: 'Der Stadtrat hat am Montag beschlossen, die alte Brücke zu erneuern. Die Arbeiten beginnen im März und kosten 3,5 Millionen Euro.',
  en: 'The town council voted on Monday to rebuild the old bridge. Work will begin in March and cost 3.5 million pounds.',
  fr: 'Le conseil municipal a décidé lundi de rebâtir le vieux pont. Les travaux débuteront en mars et coûteront 3,5 millions d’euros.',
  es: 'El ayuntamiento decidió el lunes reconstruir el viejo puente. Las obras empezarán en marzo y costarán 3,5 millones de euros.',
  pt: 'A câmara decidiu na segunda-feira reconstruir a velha ponte. As obras começam em março.',
  it: 'Il consiglio comunale ha deciso lunedì di ricostruire il vecchio ponte. I lavori cominceranno a marzo.',
  ru: 'Городской совет решил в понедельник восстановить старый мост. Работы начнутся в марте.',
  uk: 'Міська рада вирішила в понеділок відновити старий міст. Роботи почнуться в березні.',
  vi: 'Hội đồng thành phố hôm thứ Hai đã quyết định xây lại cây cầu cũ.',
  zh: '市议会周一决定重建这座老桥，工程将于三月开始。',
  ja: '市議会は月曜日、古い橋の架け替えを決めた。工事は三月に始まる。',
  ar: 'قرر مجلس المدينة يوم الاثنين إعادة بناء الجسر القديم.',
};

describe('a notice of machine translation', () => {
  it.each([
    ['de', 'Dieser Artikel wurde automatisch übersetzt und kann Fehler enthalten.'],
    ['de', 'Hinweis: Dieser Text wurde mit DeepL übersetzt.'],
    ['en', 'This story was translated by AI and reviewed by nobody.'],
    ['fr', 'Cet article est une traduction automatique de l’anglais.'],
    ['es', 'Este artículo ha sido traducido automáticamente.'],
    ['pt', 'Este artigo foi traduzido automaticamente do inglês.'],
    ['it', 'Questo articolo è stato tradotto automaticamente.'],
    ['ru', 'Этот текст переведён автоматически.'],
    ['uk', 'Цей матеріал перекладено автоматично.'],
    ['vi', 'Bài viết này được dịch tự động từ tiếng Anh.'],
    ['zh', '本文由机器翻译，仅供参考。'],
    ['ja', 'この記事は機械翻訳されています。'],
    ['ar', 'هذا المقال ترجمة آلية.'],
  ] as const)('in %s: %s', (language, notice) => {
    const expected = { why: [{ sign: 'notice', text: notice }] };
    expect(assess(stories[language], language, [notice])).toMatchObject(expected);
    expect(assess(`${stories[language]}\n\n${notice}`, language)).toMatchObject(expected);
    expect(assess(stories[language], language, [notice])?.score).toBeGreaterThan(0.9);
  });

  it('is believed without "this text" where it was cut from the story', () => {
    expect(signsIn(stories.en, 'en', ['(Machine translation from Korean)'])).toEqual(['notice']);
    expect(signsIn(stories.ru, 'ru', ['Машинный перевод'])).toEqual(['notice']);
  });

  it.each([
    ['en', 'Machine translation has become cheap, and the court now uses it for letters.'],
    ['en', 'The letters were translated by Google, the witness said.'],
    ['en', 'This is a story about machine translation and those who correct it.'],
    ['en', "This article wasn't machine translated."],
    ['zh', '本文不是机器翻译。'],
    ['de', 'Maschinelle Übersetzung ist billig geworden, sagt die Dolmetscherin.'],
    ['de', 'Dieser Text wurde nicht maschinell übersetzt, sondern von einer Übersetzerin.'],
    ['fr', 'La traduction automatique progresse, selon une étude.'],
    ['es', 'La traducción automática llegó a los juzgados el año pasado.'],
  ] as const)('is not what a story about it says (%s): %s', (language, sentence) => {
    expect(assess(`${stories[language]}\n\n${sentence}`, language)).toBeUndefined();
  });
});

describe('what an engine left behind', () => {
  it.each([
    ['en', "The mayor read out the council ' s decision to the crowd.", 'tokens'],
    ['en', 'He called the plan " a bridge to nowhere " and left.', 'tokens'],
    ['fr', 'Le maire a salué l ’ accord avec la région.', 'tokens'],
    ['it', 'Il sindaco ha lodato dell ’ accordo con la regione.', 'tokens'],
    ['en', 'The temple stands on a hill near zh粒 and is open daily.', 'script'],
    ['de', 'Der Tempel steht nahe der Stadt und wird von 坏银行 verwaltet, wie es hieß.', 'script'],
    ['ru', 'Храм стоит на холме возле города и называется 山寺 уже давно.', 'script'],
    ['en', 'The temple stands on a hill（built in 1710）and is open daily， he said.', 'punctuation'],
    [
      'es',
      'El templo de la colina de la ciudad de la colina de la ciudad de la colina de la ciudad es viejo.',
      'loop',
    ],
    ['en', 'The trial began on 3. March and lasted for a week.', 'typography'],
    ['en', 'The tank holds 55 000 barrels of oil.', 'typography'],
    ['en', 'Growth slowed to 1,2 percent in the spring.', 'typography'],
    ['de', 'Die Brücke wurde am Mai 12, 2024 gesperrt.', 'typography'],
    ['ru', 'Мост закрыли марта 12, 2024 года.', 'typography'],
  ] as const)('in %s: %s', (language, sentence, sign) => {
    expect(signsIn(`${stories[language]}\n\n${sentence}`, language)).toContain(sign);
  });

  it("a page's mark for an advertisement, in another language than the page's code", () => {
    expect(signsIn(stories.de, 'de', ['[Anzeige_2]'])).toEqual(['placeholder']);
    expect(signsIn(`${stories.fr}\n\n[annonce_1]`, 'fr')).toEqual(['placeholder']);
    expect(signsIn(stories.en, 'en', ['[ad_2]'])).toEqual([]);
  });

  it("a credit in a foreign paper's form", () => {
    expect(signsIn(stories.de, 'de', ['Le Hoa (Laut AFP, TASS)'])).toEqual(['credit']);
    expect(signsIn(stories.en, 'en', ['(According to Reuters)'])).toEqual(['credit']);
    expect(signsIn(`${stories.de}\n\nDie Quote lag bei 12 Prozent (laut RKI).`, 'de')).toEqual([]);
  });

  it('Herr before a name that is told of, but not in quotations, questions and addresses', () => {
    const told = 'Herr Costa kam am Abend an. Die Menge wartete auf Herrn Costa.';
    expect(signsIn(told, 'de')).toEqual(['honorific']);
    expect(signsIn('„Herr Costa lügt“, rief sie. „Ich habe Herrn Costa gesehen.“', 'de')).toEqual([]);
    expect(signsIn(`${told}\n\nWarum sind Sie hier?\n\nWeil es sein muss.`, 'de')).toEqual([]);
    expect(signsIn('Herr Costa, Sie bauen. Herr Costa, Sie irren.', 'de')).toEqual([]);
  });
});

describe('genuine news', () => {
  it.each(Object.entries(stories))('has no sign: %s', (language, story) => {
    expect(assess(story, language)).toBeUndefined();
  });

  it.each([
    [
      'Swiss quotes',
      'de',
      'Der Stadtrat sagte: «Wir bauen 2025.» Die Kosten von 3.5 Millionen Franken seien gross.',
    ],
    [
      'a foreign name and title',
      'de',
      'Die Sendung „The Voice of the Street“ gewann, wie die BBC am 3. März meldete.',
    ],
    [
      'a word explained in its script',
      'en',
      'The dance (花前態舞) was shown on Thitu Island (Jhongye Island, 中業島), he said.',
    ],
    ['a foreign word in quotation marks', 'en', 'She wrote “福” and the word "дом" on the wall.'],
    ['a name in its own script', 'en', 'Movers such as Continue Company 延续搬家 charge by the hour.'],
    ['Latin names in Russian', 'ru', 'Компания Google и IT-компании из США открыли офис.'],
    ['Chinese with Latin names', 'zh', '苹果公司发布了iPhone手机，AI芯片由台积电生产。'],
    ['Japanese with Latin letters', 'ja', 'AIを使ったLINEアプリが公開された。'],
    ['a chant', 'en', 'The crowd shouted: lock the gate! lock the gate! lock the gate! Nobody did.'],
    ['a row of a table', 'en', 'Go Yes Yes Yes Yes Yes Yes Yes Yes Yes Yes Yes Yes Yes'],
    ['a word twice', 'de', 'Es sind Leute, die die Stadt kennen. Sie fragten, warum der der Schuldige sei.'],
    ['a telephone number', 'en', 'Callers may ring 0800 555 000 quoting log 24 of March.'],
    ['the end of a sentence', 'en', 'The lion weighed 12. March hares ran beside it in the race of 2021.'],
    [
      'thousands and decimals',
      'en',
      'Some 55,000 people paid 1.2 million pounds on 3 March; 4,25 is no price.',
    ],
    ['spaced quotation marks', 'de', 'Er nannte den Plan " eine Brücke ins Nichts " und ging.'],
    ['French quotes', 'fr', 'Il parle d’" un pont " et de « la ville », a-t-il dit.'],
    ['an apostrophe that opens', 'en', "They sang of the summer of ' 69 and rock ' n ' roll."],
  ])('%s', (_, language, sentence) => {
    expect(assess(sentence, language)).toBeUndefined();
  });
});

describe('where it comes from', () => {
  const from = (language: 'de' | 'en' | 'fr', hints: { page?: string; url?: string }) =>
    assessTranslationese(stories[language], language, { residue: [], ...hints });

  it('is a weak sign: a page or a country of another language', () => {
    const country = from('de', { url: 'https://bao.example.vn/de/bruecke' });
    expect(country).toMatchObject({ why: [{ sign: 'origin', text: 'bao.example.vn' }] });
    expect(country?.score).toBeLessThan(LIKELY);
    expect(from('fr', { page: 'ko-KR' })).toMatchObject({ why: [{ sign: 'origin', text: 'ko-KR' }] });
  });

  it('is none for English, for pages that say English, and at home', () => {
    expect(from('en', { url: 'https://en.example.vn/bridge', page: 'vi' })).toBeUndefined();
    expect(from('de', { page: 'en' })).toBeUndefined();
    expect(from('de', { page: 'de-AT', url: 'https://www.example.at/bruecke' })).toBeUndefined();
    expect(from('de', { url: 'not an address' })).toBeUndefined();
  });
});

describe('the assessment', () => {
  it('says nothing of a text whose language is not known', () => {
    expect(assess('This article was automatically translated.', 'und')).toBeUndefined();
  });

  it('adds signs up, the strongest first', () => {
    const one = assess(stories.de, 'de', ['[Anzeige_2]']);
    const two = assess(stories.de, 'de', ['Le Hoa (Laut AFP)', '[Anzeige_2]']);
    expect(one?.score).toBeLessThan(LIKELY);
    expect(two?.score).toBeGreaterThanOrEqual(LIKELY);
    expect(two?.why.map(({ sign }) => sign)).toEqual(['placeholder', 'credit']);
  });

  it('counts one kind twice at most', () => {
    const sentence = 'The trial began on 3. March and ended on 9. March. ';
    const twice = assess(sentence, 'en');
    expect(twice?.why).toHaveLength(2);
    expect(assess(`${sentence}It cost 1,2 million and 55 000 hours of work.`, 'en')).toEqual(twice);
  });

  it('cuts its evidence, and no character in two', () => {
    const notice = `This article was automatically translated. ${'🌉'.repeat(50)}`;
    const text = assess(stories.en, 'en', [`x${notice}`])?.why[0]?.text ?? '';
    expect(text.length).toBeGreaterThan(70);
    expect(text.length).toBeLessThanOrEqual(80);
    expect(text.isWellFormed()).toBe(true);
  });

  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      ...Object.values(stories),
      'Dieser Artikel wurde automatisch übersetzt.',
      '[Anzeige_2]',
      '(Laut RT, AFP)',
      "the council ' s vote",
      'near zh粒 and',
      'on 3. March',
      '„Herr Rau ',
      'Herr Rau kam. Herrn',
      'one two three one two three one two three',
      '\n\n',
      '"',
    ),
  );

  it('holds to its contract for any text, and shows what stands in it', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.array(piece, { maxLength: 4 }),
        fc.constantFrom('de', 'en', 'fr', 'it', 'ru', 'zh', 'pt-BR', 'und', ''),
        (pieces, residue, language) => {
          const text = pieces.join(' ');
          const result = assess(text, language, residue);
          if (!result) return;
          translationese.parse(result);
          const input = [text, ...residue];
          for (const { text: evidence } of result.why)
            expect(input.some((one) => one.includes(evidence))).toBe(true);
        },
      ),
    );
  });

  it.each([
    ['letters', 'a'],
    ['words', 'one two three four '],
    ['equal words', 'one '],
    ['low quotes', '„'],
    ['ASCII quotes', '"'],
    ['guillemets', '» «'],
    ['brackets', '[ ('],
    ['apostrophes', "l ' "],
    ['figures', '1 000 2,5 '],
    ['Han in Latin', 'word 粒粒粒 word'],
    ['empty paragraphs', '\n\n'],
    ['Herr', 'Herr Rau '],
  ])('takes time in proportion to the text: %s', (_, unit) => {
    const text = unit.repeat(Math.ceil(2_000_000 / unit.length));
    for (const language of ['de', 'en', 'fr']) {
      const startedAt = performance.now();
      assess(text, language, [text]);
      // A quadratic step over 200,000 characters takes minutes.
      expect(performance.now() - startedAt).toBeLessThan(5000);
    }
  });
});
