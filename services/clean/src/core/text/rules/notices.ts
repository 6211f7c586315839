import {
  commentCues,
  consentCues,
  cookieCues,
  copyrightCues,
  moderationCues,
  newsletterCues,
  offerCues,
  playerCues,
  readerCues,
  subscribeCues,
  subscribeLeads,
  subscriptionCues,
} from '../lexicon/notices.ts';
import { cueFinder, phraseSet } from '../phrase-set.ts';
import type { MarkedRule } from './rule.ts';

const namesNewsletter = cueFinder(newsletterCues);
const asksToSubscribe = cueFinder(subscribeCues);
const speaksToReader = cueFinder(readerCues);
const namesOffer = cueFinder(offerCues);
const beginsAsOffer = phraseSet(subscribeLeads);
const namesSubscription = cueFinder(subscriptionCues);
const namesPlayer = cueFinder(playerCues);
const namesComments = cueFinder(commentCues);
const namesModeration = cueFinder(moderationCues);
const SUBSCRIPTION_MAX_WORDS = 32;
const PRICE = /(?:[£$€₹¥₽]|\bRs\.?|\b(?:USD|EUR|GBP|CHF|Fr\.))\s?\d|\d\s?(?:[€£₽]|Euro\b|руб|грн)/u;
const namesCookies = cueFinder(cookieCues);
const asksConsent = cueFinder(consentCues);
const reservesRights = cueFinder(copyrightCues);

const NOTICE_MAX_WORDS = 45;
const OFFER_MAX_WORDS = 25;
/** No more than a label and a few words: a sentence of a story is longer. */
const SHORT_MAX_WORDS = 12;
/** Who quotes someone tells a story, and no notice. */
const QUOTED = /["„“«「].{12,}["“”»」]/u;

const isNotice = (words: number, text: string) =>
  words <= NOTICE_MAX_WORDS && !QUOTED.test(text.slice(0, 400));

export const newsletterNotice: MarkedRule = (line) => {
  if (!isNotice(line.words, line.text) || line.role === 'row') return undefined;
  const isShort = line.words <= SHORT_MAX_WORDS;
  const namesIt = namesNewsletter(line.key);
  const lead = line.words <= OFFER_MAX_WORDS ? beginsAsOffer.lead(line.key) : undefined;
  const rest = line.key.slice(lead?.length ?? 0);
  if (lead !== undefined && (isShort || namesIt || namesOffer(rest) || speaksToReader(rest)))
    return { kind: 'newsletter', reason: 'asks the reader to subscribe' };
  if (
    line.words <= SUBSCRIPTION_MAX_WORDS &&
    PRICE.test(line.text) &&
    namesSubscription(line.key) &&
    speaksToReader(line.key)
  )
    return { kind: 'newsletter', reason: 'a subscription with its price, offered to the reader' };
  if (!namesIt) return undefined;
  const asks = asksToSubscribe(line.key) && (isShort || speaksToReader(line.key));
  if (asks || (line.words <= 5 && !line.hasFinalStop))
    return { kind: 'newsletter', reason: 'a newsletter offered to the reader' };
  return undefined;
};

/** That the browser lacks something. */
export const playerNotice: MarkedRule = (line) =>
  isNotice(line.words, line.text) && namesPlayer(line.key)
    ? { kind: 'other', reason: 'a notice of a player or the browser' }
    : undefined;

/** What is asked of those who comment. */
export const commentPolicy: MarkedRule = (line) =>
  isNotice(line.words, line.text) && namesComments(line.key) && namesModeration(line.key)
    ? { kind: 'comments', reason: 'rules for comments' }
    : undefined;

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
