import { describe, expect, it } from '@jest/globals';
import { BadMessage } from '@wirefold/pipeline';
import * as fc from 'fast-check';
import { decodeContent } from './decode-content.ts';

const hex = (digits: string): Buffer => Buffer.from(digits, 'hex');
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

const GERMAN = 'Die neue Fähre fährt über den Fluß. Sie braucht fünf Minuten.';
/** Bytes that other writers made of a text. */
const SAMPLES: readonly (readonly [string, string, string])[] = [
  [
    'windows-1251',
    'Новый паром ходит с понедельника.',
    'cdeee2fbe920efe0f0eeec20f5eee4e8f220f120efeeede5e4e5ebfcede8eae02e',
  ],
  [
    'koi8-r',
    'Новый паром ходит с понедельника.',
    'eecfd7d9ca20d0c1d2cfcd20c8cfc4c9d420d320d0cfcec5c4c5ccd8cec9cbc12e',
  ],
  [
    'gb18030',
    '新渡轮自星期一起投入服务，航程需时四十五分钟。',
    'd0c2b6c9c2d6d7d4d0c7c6dad2bbc6f0cdb6c8ebb7fecef1a3acbabdb3ccd0e8cab1cbc4caaecee5b7d6d6d3a1a3',
  ],
  [
    'shift_jis',
    '新しいフェリーは月曜日から運航しています。',
    '905682b582a283748346838a815b82cd8c8e976a93fa82a982e7895e8d7182b582c482a282dc82b78142',
  ],
  [
    'euc-jp',
    '新しいフェリーは月曜日から運航しています。',
    'bfb7a4b7a4a4a5d5a5a7a5eaa1bca4cfb7eecdcbc6fca4aba4e9b1bfb9d2a4b7a4c6a4a4a4dea4b9a1a3',
  ],
  [
    'euc-kr',
    '새 여객선은 월요일부터 운항하고 있다.',
    'bbf520bfa9b0b4bcb1c0ba20bff9bfe4c0cfbacec5cd20bfeec7d7c7cfb0ed20c0d6b4d92e',
  ],
  [
    'big5',
    '新渡輪自星期一起投入服務，航程需時四十五分鐘。',
    'b773b4e7bdfca6dbac50b4c1a440b05fa7eba44aaa41b0c8a141afe8b57bbbddaec9a57ca451a4ada4c0c4c1a143',
  ],
  [
    'windows-1250',
    'Nový přívoz jezdí od pondělí, cesta trvá čtyřicet pět minut.',
    '4e6f76fd2070f8ed766f7a206a657a64ed206f6420706f6e64ec6ced2c20636573746120747276e120e87479f8696365742070ec74206d696e75742e',
  ],
  [
    'windows-1253',
    'Το νέο πλοίο εκτελεί δρομολόγια από τη Δευτέρα.',
    'd4ef20edddef20f0ebefdfef20e5eaf4e5ebe5df20e4f1efecefebfce3e9e120e1f0fc20f4e720c4e5f5f4ddf1e12e',
  ],
  [
    'windows-1256',
    'العبارة الجديدة تعمل منذ يوم الاثنين، وتستغرق الرحلة خمسا وأربعين دقيقة.',
    'c7e1dac8c7d1c920c7e1cccfedcfc920cadae3e120e3e4d020ede6e320c7e1c7cbe4ede4a120e6cad3cadbd1de20c7e1d1cde1c920cee3d3c720e6c3d1c8daede420cfdeeddec92e',
  ],
  [
    'windows-1255',
    'המעבורת החדשה מפליגה מאז יום שני.',
    'e4eef2e1e5f8fa20e4e7e3f9e420eef4ece9e2e420eee0e620e9e5ed20f9f0e92e',
  ],
  [
    'windows-874',
    'เรือข้ามฟากลำใหม่เริ่มให้บริการตั้งแต่วันจันทร์',
    'e0c3d7cda2e9d2c1bfd2a1c5d3e3cbc1e8e0c3d4e8c1e3cbe9bac3d4a1d2c3b5d1e9a7e1b5e8c7d1b9a8d1b9b7c3ec',
  ],
  [
    'windows-1254',
    'Yeni feribot pazartesi gününden beri çalışıyor, şehrin ışıkları görülüyor.',
    '59656e692066657269626f742070617a6172746573692067fc6efc6e64656e206265726920e7616cfdfefd796f722c20fe656872696e20fdfefd6b6c6172fd2067f672fc6cfc796f722e',
  ],
];
const [, RUSSIAN, RUSSIAN_BYTES] = SAMPLES[0] as (typeof SAMPLES)[0];
const russian = hex(RUSSIAN_BYTES);
const page = (head: string, body: Uint8Array): Buffer =>
  Buffer.concat([
    latin1(`<!doctype html><html><head>${head}</head><body><p>`),
    body,
    latin1('</p></body></html>'),
  ]);

describe.each(SAMPLES)('%s', (encoding, text, digits) => {
  it('is read by the charset of the header', () => {
    expect(decodeContent(hex(digits), encoding)).toBe(text);
  });

  it('is read by what the page declares', () => {
    expect(decodeContent(page(`<meta charset="${encoding}">`, hex(digits)))).toContain(`<p>${text}</p>`);
    const equiv = `<meta http-equiv="Content-Type" content="text/html; charset=${encoding}">`;
    expect(decodeContent(page(equiv, hex(digits)))).toContain(`<p>${text}</p>`);
  });

  it('is guessed where nothing says it', () => {
    expect(decodeContent(hex(digits))).toBe(text);
    expect(decodeContent(page('<title>News</title>', hex(digits)))).toContain(`<p>${text}</p>`);
  });

  it('is guessed where UTF-8 is declared', () => {
    expect(decodeContent(page('<meta charset="utf-8">', hex(digits)), 'utf-8')).toContain(`<p>${text}</p>`);
  });
});

describe('the order of declarations', () => {
  const utf16 = Buffer.from(`\ufeff${GERMAN}`, 'utf16le');
  it.each([
    ['a byte order mark of UTF-16, little endian', utf16],
    ['a byte order mark of UTF-16, big endian', Buffer.from(utf16).swap16()],
    ['a byte order mark of UTF-8', Buffer.from(`\ufeff${GERMAN}`)],
  ])('%s is before the header, and is no part of the text', (_what, bytes) => {
    expect(decodeContent(bytes, 'windows-1251')).toBe(GERMAN);
  });

  it('the header is before the page', () => {
    const bytes = page('<meta charset="koi8-r">', russian);
    expect(decodeContent(bytes, 'windows-1251')).toContain(RUSSIAN);
  });

  it('the page is asked where the header is of no known charset, or asks for one that hides text', () => {
    const bytes = page('<meta charset="windows-1251">', russian);
    for (const charset of ['klingon', '', 'hz-gb-2312', 'x-user-defined'])
      expect(decodeContent(bytes, charset)).toContain(RUSSIAN);
  });

  it('an XML declaration counts', () => {
    const bytes = Buffer.concat([latin1('<?xml version="1.0" encoding="windows-1251"?><p>'), russian]);
    expect(decodeContent(bytes)).toContain(RUSSIAN);
  });

  it('a declaration in a comment does not count; one behind the first 1,024 bytes helps to guess', () => {
    expect(decodeContent(page('<!-- <meta charset="koi8-r"> -->', latin1(GERMAN)))).toContain(GERMAN);
    const late = `<title>${'a'.repeat(1024)}</title><meta charset="windows-1251">`;
    expect(decodeContent(page(late, hex('cfe0f0eeec')))).toContain('Паром');
  });
});

describe('a declaration that the bytes belie', () => {
  it('the page is asked where the header says UTF-8 and it is not', () => {
    const short = hex('cfe0f0eeec'); // A word is too short to guess by.
    expect(decodeContent(page('<meta charset="windows-1251">', short), 'utf-8')).toContain('Паром');
  });

  it('UTF-8 is read as UTF-8 whatever is declared', () => {
    for (const charset of ['iso-8859-1', 'windows-1251', 'shift_jis', 'utf-16'])
      expect(decodeContent(Buffer.from(GERMAN), charset)).toBe(GERMAN);
  });

  it('ASCII is never UTF-16', () => {
    expect(decodeContent(latin1('Plain text.'), 'utf-16')).toBe('Plain text.');
  });

  it('UTF-8 with a few broken bytes stays UTF-8', () => {
    const cut = Buffer.concat([
      Buffer.from(GERMAN).subarray(0, 12),
      Buffer.from([0xc3]),
      Buffer.from(GERMAN),
    ]);
    expect(decodeContent(cut, 'utf-8')).toBe(
      `${Buffer.from(GERMAN).subarray(0, 12).toString()}\ufffd${GERMAN}`,
    );
  });

  it('a byte order mark of UTF-8 before bytes that are none is passed over', () => {
    const bytes = Buffer.concat([hex('efbbbf'), page('<meta charset="windows-1251">', russian)]);
    expect(decodeContent(bytes, 'windows-1251')).toContain(RUSSIAN);
  });
});

describe('without a declaration', () => {
  it('UTF-8 needs no guess, however little there is of it', () => {
    expect(decodeContent(Buffer.from('É'))).toBe('É');
    expect(decodeContent(Buffer.from('a\0b é \u001b'))).toBe('a\0b é \u001b');
  });

  it('tells UTF-16 and ISO-2022-JP, which may be of ASCII bytes alone', () => {
    expect(decodeContent(Buffer.from('The new ferry has been sailing since Monday.', 'utf16le'))).toBe(
      'The new ferry has been sailing since Monday.',
    );
    expect(decodeContent(latin1('\u001b$B$3$s$K$A$O\u001b(B'))).toBe('こんにちは');
  });

  it('finds the text of a page that begins with much ASCII', () => {
    const bytes = page(`<script>${'x = 1;'.repeat(30_000)}</script>`, russian);
    expect(decodeContent(bytes)).toContain(RUSSIAN);
  });

  it.each([
    ['image/jpeg', 'ffd8ffe000104a46494600010100000100010000ffdb'],
    ['application/pdf', '255044462d312e370a25e2e3cfd30a'],
    ['application/gzip', '1f8b0800000000000203ed'],
  ])('refuses %s, and says what it is', (mediaType, digits) => {
    const refused = () => decodeContent(hex(digits));
    expect(refused).toThrow(new BadMessage('unprocessable', `content is ${mediaType}, not text`));
  });
});

it('knows the rarer syllables of Korean and the characters of Hong Kong', () => {
  expect(decodeContent(hex('8c63b9e6b0a2c7cf20bc84bdc3c4ddb6f3'), 'euc-kr')).toBe('똠방각하 펲시콜라');
  expect(decodeContent(hex('ca5c925d9df6abd7'), 'big5')).toBe('佢哋喺度');
});

it('makes well-formed text of any bytes, or refuses them as no text', () => {
  const labels = fc.constantFrom(
    undefined,
    'utf-8',
    'utf-16',
    'shift_jis',
    'big5',
    'gb18030',
    'iso-2022-jp',
    'replacement',
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), labels, (bytes, charset) => {
      try {
        return decodeContent(bytes, charset).isWellFormed();
      } catch (error) {
        return error instanceof BadMessage && error.reason === 'unprocessable';
      }
    }),
  );
});

it('takes any text in UTF-8 and UTF-16 as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(decodeContent(Buffer.from(text), 'utf-8')).toBe(text.replace(/^\ufeff/, ''));
    }),
  );
});
