import { Converter } from 'opencc-js/t2cn';

const HAN = /\p{Script=Han}/u;
const toSimplified = Converter({ from: 't', to: 'cn' });

/** Chinese in simplified characters (OpenCC): a text is one, whether Taipei, Hong Kong or Beijing prints it. Other languages are left alone. */
export const inSimplified = (text: string, language: string): string =>
  language === 'zh' && HAN.test(text) ? toSimplified(text) : text;
