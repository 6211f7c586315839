import { consentCues, cookieCues, copyrightCues, newsletterCues, subscribeCues } from '../lexicon/notices.ts';
import { cueCount } from '../phrase-set.ts';
import type { MarkedRule } from './rule.ts';

const NOTICE_MAX_WORDS = 45;
/** Who quotes someone tells a story, and no notice. */
const QUOTED = /["„“«「].{12,}["“”»」]/u;

const isNotice = (words: number, text: string) =>
  words <= NOTICE_MAX_WORDS && !QUOTED.test(text.slice(0, 400));

export const newsletterNotice: MarkedRule = (line) => {
  if (!isNotice(line.words, line.text)) return undefined;
  if (cueCount(line.key, newsletterCues) === 0) return undefined;
  const asks = cueCount(`${line.key} `, subscribeCues) > 0;
  if (asks || (line.words <= 5 && !line.hasFinalStop))
    return { kind: 'newsletter', reason: 'a newsletter offered to the reader' };
  return undefined;
};

export const cookieNotice: MarkedRule = (line) => {
  if (!isNotice(line.words, line.text)) return undefined;
  if (cueCount(line.key, cookieCues) === 0) return undefined;
  if (cueCount(line.key, consentCues) > 0) return { kind: 'cookie', reason: 'consent asked of the reader' };
  return undefined;
};

export const copyrightNotice: MarkedRule = (line) => {
  if (line.words > NOTICE_MAX_WORDS) return undefined;
  if (cueCount(line.key, copyrightCues) > 0) return { kind: 'copyright', reason: 'rights reserved' };
  if (
    /^(?:[©ⓒ]|\(c\)|copyright\b)/iu.test(line.text) &&
    (/\b(?:19|20)\d\d\b/.test(line.text) || line.words <= 5)
  )
    return { kind: 'copyright', reason: 'mark of copyright' };
  return undefined;
};
