import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { mendMojibake } from './mojibake.ts';

const readAs = (bytes: Uint8Array, encoding: string): string =>
  encoding === 'latin1' ? Buffer.from(bytes).toString('latin1') : new TextDecoder(encoding).decode(bytes);
const hex = (digits: string): Uint8Array => Buffer.from(digits, 'hex');

const TEXTS = {
  German: 'Die neue Fähre fährt über den Fluß. „Schön“, sagt Jürgen Groß – so heißt der Kapitän.',
  French: 'Déjà l’été à Paris : « Où êtes-vous ? » demanda-t-il. Ça coûte 20 € à l’hôtel.',
  Portuguese: 'A população de São Paulo não é a única. As eleições serão em março.',
  Spanish: '¿Qué pasó ayer? El niño comió una piña el sábado, según la policía española.',
  Polish: 'Właśnie zaczął się nowy sezon żeglarski w Łodzi, mówią mieszkańcy.',
  Turkish: 'Yeni feribot pazartesi gününden beri çalışıyor, şehrin ışıkları görülüyor.',
  Icelandic: 'Nýja ferjan siglir frá mánudegi. Það tekur fjörutíu og fimm mínútur.',
  Vietnamese: 'Chuyến phà mới hoạt động từ thứ Hai và mất bốn mươi lăm phút.',
  Russian: 'Новый паром ходит с понедельника. «Дорога занимает 45 минут», — сказал капитан.',
  Ukrainian: 'Новий пором ходить із понеділка. Дорога займає 45 хвилин, і події тривають.',
  Greek: 'Το νέο πλοίο εκτελεί δρομολόγια από τη Δευτέρα και χρειάζεται 45 λεπτά.',
  Hebrew: 'המעבורת החדשה מפליגה מאז יום שני, וההפלגה אורכת ארבעים וחמש דקות.',
  Arabic: 'العبارة الجديدة تعمل منذ يوم الاثنين، وتستغرق الرحلة خمسا وأربعين دقيقة.',
  Hindi: 'नई नौका सोमवार से चल रही है। इसमें पैंतालीस मिनट लगते हैं।',
  Thai: 'เรือข้ามฟากลำใหม่เริ่มให้บริการตั้งแต่วันจันทร์',
  Chinese: '新渡轮自星期一起投入服务，航程需时四十五分钟。',
  Japanese: '新しいフェリーは月曜日から運航しています。所要時間は45分です。',
  Korean: '새 여객선은 월요일부터 운항하고 있다. 소요 시간은 45분이다.',
  emoji: 'The new ferry 🚢 sails — “at last”, they say…',
} as const;

describe('UTF-8 that was read as something else', () => {
  describe.each(Object.entries(TEXTS))('%s', (_language, text) => {
    it.each(['windows-1252', 'latin1', 'windows-1251', 'macintosh'])('is read again: %s', (encoding) => {
      expect(mendMojibake(readAs(Buffer.from(text), encoding))).toBe(text);
    });

    it('is read again where it happened twice, or three times', () => {
      const twice = readAs(Buffer.from(readAs(Buffer.from(text), 'windows-1252')), 'windows-1252');
      expect(mendMojibake(twice)).toBe(text);
      expect(mendMojibake(readAs(Buffer.from(twice), 'windows-1252'))).toBe(text);
    });
  });

  it.each([
    ['â€œYesâ€\u009d, he said', '“Yes”, he said'],
    ['itâ€™s', 'it’s'],
    ['10Â\u00a0km', '10\u00a0km'],
    ['F├ñhre', 'Fähre'],
  ])('a few signs are enough where they are unmistakable: %j', (misread, text) => {
    expect(mendMojibake(misread)).toBe(text);
  });

  it('à is found though its no-break space has become a space', () => {
    expect(mendMojibake('Il va Ã Paris, Ã la gare : câ€™est lâ€™Ã©tÃ©.')).toBe(
      'Il va à Paris, à la gare : c’est l’été.',
    );
  });

  it('one line is read again, and those around it stay', () => {
    const misread = readAs(Buffer.from(TEXTS.German), 'windows-1252');
    const around = `${TEXTS.French}\n${TEXTS.Vietnamese}`;
    expect(mendMojibake(`${around}\n${misread}\n${around}`)).toBe(`${around}\n${TEXTS.German}\n${around}`);
  });
});

describe('another encoding that was read as windows-1252', () => {
  it.each([
    [
      'windows-1251',
      'Новый паром ходит с понедельника.',
      'cdeee2fbe920efe0f0eeec20f5eee4e8f220f120efeeede5e4e5ebfcede8eae02e',
    ],
    [
      'KOI8-R',
      'Новый паром ходит с понедельника.',
      'eecfd7d9ca20d0c1d2cfcd20c8cfc4c9d420d320d0cfcec5c4c5ccd8cec9cbc12e',
    ],
    [
      'windows-1253',
      'Το νέο πλοίο εκτελεί δρομολόγια από τη Δευτέρα.',
      'd4ef20edddef20f0ebefdfef20e5eaf4e5ebe5df20e4f1efecefebfce3e9e120e1f0fc20f4e720c4e5f5f4ddf1e12e',
    ],
    [
      'windows-1255',
      'המעבורת החדשה מפליגה מאז יום שני.',
      'e4eef2e1e5f8fa20e4e7e3f9e420eef4ece9e2e420eee0e620e9e5ed20f9f0e92e',
    ],
    [
      'GB18030',
      '新渡轮自星期一起投入服务，航程需时四十五分钟。',
      'd0c2b6c9c2d6d7d4d0c7c6dad2bbc6f0cdb6c8ebb7fecef1a3acbabdb3ccd0e8cab1cbc4caaecee5b7d6d6d3a1a3',
    ],
    [
      'Big5',
      '新渡輪自星期一起投入服務，航程需時四十五分鐘。',
      'b773b4e7bdfca6dbac50b4c1a440b05fa7eba44aaa41b0c8a141afe8b57bbbddaec9a57ca451a4ada4c0c4c1a143',
    ],
    [
      'Shift_JIS',
      '新しいフェリーは月曜日から運航しています。',
      '905682b582a283748346838a815b82cd8c8e976a93fa82a982e7895e8d7182b582c482a282dc82b78142',
    ],
    [
      'EUC-JP',
      '新しいフェリーは月曜日から運航しています。',
      'bfb7a4b7a4a4a5d5a5a7a5eaa1bca4cfb7eecdcbc6fca4aba4e9b1bfb9d2a4b7a4c6a4a4a4dea4b9a1a3',
    ],
    [
      'EUC-KR',
      '새 여객선은 월요일부터 운항하고 있다.',
      'bbf520bfa9b0b4bcb1c0ba20bff9bfe4c0cfbacec5cd20bfeec7d7c7cfb0ed20c0d6b4d92e',
    ],
  ])('%s is read again, in a text and in a page', (_encoding, text, digits) => {
    for (const encoding of ['windows-1252', 'latin1']) {
      const misread = readAs(hex(digits), encoding);
      expect(mendMojibake(misread)).toBe(text);
      const page = (body: string) => `<html><title>News</title><p class="a">${body}</p></html>`;
      expect(mendMojibake(page(misread))).toBe(page(text));
    }
  });

  it('Japanese with hardly a kana is read again', () => {
    const misread = 'µ¤¾ÝÄ£¤Ï13Æü¡¢¸á¸å9»þ19Ê¬¤´¤í¡¢ËÌ°Þ31.8ÅÙ';
    expect(mendMojibake(misread)).toBe('気象庁は13日、午後9時19分ごろ、北緯31.8度');
  });

  it('Arabic of windows-1256 is read again', () => {
    expect(mendMojibake('ÇáÚÈÇÑÉ ÇáÌÏíÏÉ ÊÚãá ãäÐ íæã ÇáÇËäíä.')).toBe(
      'العبارة الجديدة تعمل منذ يوم الاثنين.',
    );
  });
});

it('one Cyrillic encoding that was read as another is read again', () => {
  const koi8 = hex('eecfd7d9ca20d0c1d2cfcd20c8cfc4c9d420d320d0cfcec5c4c5ccd8cec9cbc12e');
  expect(mendMojibake(readAs(koi8, 'windows-1251'))).toBe('Новый паром ходит с понедельника.');
});

it('the quotes and dashes of windows-1252 that were read as ISO 8859-1 are read again', () => {
  expect(mendMojibake('\u0093Ja\u0094 \u0096 10 \u0080 \u0085')).toBe('“Ja” – 10 € …');
  expect(mendMojibake('one line\u0085and the next')).toBe('one line\u0085and the next');
});

describe('a text that is sound stays', () => {
  it.each(Object.entries(TEXTS))('%s', (_language, text) => {
    expect(mendMojibake(text)).toBe(text);
    expect(mendMojibake(text.toUpperCase())).toBe(text.toUpperCase());
  });

  it.each([
    [
      'capitals before closing quotes and stops',
      '«CAFÉ» “CAFÉ” „SPAß“ IRMÃ… IRMÃ™ CORAÇÃO” MANHÃ\u00a0É Ü–Ö',
    ],
    ['capitals of many languages', 'NÃO À ÂGE ÎLE ÞÓRÐUR ÐAÐ CHÚNG TÔI ĐÃ ÃO ÀO'],
    ['a replaced character', 'Die F\ufffdhre f\ufffdhrt über den Fluß.'],
    ['a French apostrophe before é', 'L’équipe d’Écosse n’est qu’à l’échelle.'],
    ['a no-break space before é', 'A Cup\u00a0é disputada; © 2018'],
    ['rows of signs', '———————— ••••••••• ©®™ ´´´´´´ °°°° ¿¿¿¿¿ ········ »»»»» ÄÄÄÄÄ'],
    ['a Ukrainian ії', 'Події, дії, мрії, Росії, у Європі. РІК, СІЛЬ'],
    ['Russian in capitals', 'НОВЫЙ ПАРОМ ХОДИТ С ПОНЕДЕЛЬНИКА. РФ, США, СССР'],
    ['a drawing', '├── src\n│   └── main.ts\n└── docs'],
    ['mathematics', '2√2 ≈ √π ± ½ · a√b ≤ Σµ'],
    ['two scripts in one word', 'iPhone-ом, SMSка, Wi-Fi’я'],
  ])('%s', (_what, text) => {
    expect(mendMojibake(text)).toBe(text);
  });

  it('a long text in which one piece of another is quoted', () => {
    const text = `${TEXTS.German.repeat(3)} Dort stand „IRMÃ”.`;
    expect(mendMojibake(text)).toBe(text);
  });
});

it('gives well-formed text for any text', () => {
  const letters = fc.constantFrom(
    ...'a Ã Â â € ™ œ é Р С в д – Ћ ï ð Ð Ñ'.split(' '),
    ' ',
    '\u0080',
    '\u00a0',
    '\n',
    '日',
  );
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: letters }));
  fc.assert(
    fc.property(text, (given) => {
      expect(mendMojibake(given.toWellFormed()).isWellFormed()).toBe(true);
    }),
  );
});

it.each([
  ['sequences', 'Ã©'],
  ['beginnings of sequences', 'Ãðà'],
  ['accented words', 'Ïðèâåò '],
  ['pairs', '“ú–{'],
  ['lines', 'Ã\n'],
  ['Cyrillic capitals', 'ПРИВЕТ '],
])('takes time in proportion to the text: %s', (_what, unit) => {
  const text = unit.repeat(Math.ceil(400_000 / unit.length));
  const startedAt = performance.now();
  mendMojibake(text);
  // 40 ms or so on an idle machine.
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
