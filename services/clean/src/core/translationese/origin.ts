import type { Sign } from './sign.ts';

/** Countries of one or two languages of news, whose publishers put out editions in others. */
const languagesByCountry: Readonly<Record<string, readonly string[]>> = {
  vn: ['vi'],
  cn: ['zh'],
  tw: ['zh'],
  jp: ['ja'],
  kr: ['ko'],
  th: ['th'],
  id: ['id'],
  ru: ['ru'],
  by: ['ru', 'be'],
  ua: ['uk', 'ru'],
  ir: ['fa', 'ar'],
  tr: ['tr', 'ku'],
  eg: ['ar'],
  sa: ['ar'],
  gr: ['el'],
  bg: ['bg'],
  br: ['pt'],
  pl: ['pl', 'uk'],
};

/**
 * The publisher is at home in another language. English is everybody's second edition, and many pages say they are English that
 * are not.
 */
export function foreignOrigin(language: string, page: string | undefined, url: string | undefined): Sign[] {
  if (language === 'en') return [];
  const sign = { sign: 'origin', weight: 0.15 };
  const host = url !== undefined && URL.canParse(url) ? new URL(url).hostname : '';
  const home = languagesByCountry[host.slice(host.lastIndexOf('.') + 1)];
  if (home && !home.includes(language))
    return [{ ...sign, reason: "another language than that of the publisher's country", text: host }];
  const declared = page?.split(/[-_]/)[0]?.toLowerCase();
  if (page && declared && /^[a-z]{2}$/.test(declared) && declared !== 'en' && declared !== language)
    return [{ ...sign, reason: 'the page says it is in another language', text: page }];
  return [];
}
