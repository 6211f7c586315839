import {
  consentCues,
  cookieCues,
  copyrightCues,
  newsletterCues,
  subscribeCues,
  subscribeLeads,
} from '../lexicon/notices.ts';
import { cueFinder, phraseSet } from '../phrase-set.ts';
import type { MarkedRule } from './rule.ts';

const namesNewsletter = cueFinder(newsletterCues);
const asksToSubscribe = cueFinder(subscribeCues);
const beginsAsOffer = phraseSet(subscribeLeads);
const namesCookies = cueFinder(cookieCues);
const asksConsent = cueFinder(consentCues);
const reservesRights = cueFinder(copyrightCues);

const NOTICE_MAX_WORDS = 45;
const OFFER_MAX_WORDS = 25;
/** Who quotes someone tells a story, and no notice. */
const QUOTED = /["„“«「].{12,}["“”»」]/u;

const isNotice = (words: number, text: string) =>
  words <= NOTICE_MAX_WORDS && !QUOTED.test(text.slice(0, 400));

export const newsletterNotice: MarkedRule = (line) => {
  if (!isNotice(line.words, line.text) || line.role === 'row') return undefined;
  if (line.words <= OFFER_MAX_WORDS && beginsAsOffer.lead(line.key) !== undefined)
    return { kind: 'newsletter', reason: 'asks the reader to subscribe' };
  if (!namesNewsletter(line.key)) return undefined;
  const asks = asksToSubscribe(line.key);
  if (asks || (line.words <= 5 && !line.hasFinalStop))
    return { kind: 'newsletter', reason: 'a newsletter offered to the reader' };
  return undefined;
};

export const cookieNotice: MarkedRule = (line) => {
  if (!isNotice(line.words, line.text)) return undefined;
  if (!namesCookies(line.key)) return undefined;
  if (asksConsent(line.key)) return { kind: 'cookie', reason: 'consent asked of the reader' };
  return undefined;
};

export const copyrightNotice: MarkedRule = (line) => {
  if (line.words > NOTICE_MAX_WORDS) return undefined;
  if (reservesRights(line.key)) return { kind: 'copyright', reason: 'rights reserved' };
  if (
    /^(?:[©ⓒ]|\(c\)|copyright\b)/iu.test(line.text) &&
    (/\b(?:19|20)\d\d\b/.test(line.text) || line.words <= 5)
  )
    return { kind: 'copyright', reason: 'mark of copyright' };
  return undefined;
};
