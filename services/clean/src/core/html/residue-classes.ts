import type { ResidueKind } from '@wirefold/contracts';
import type { DomElement } from './dom.ts';
import { wordList } from '../word-list.ts';

/** Words of class names and ids that say what an element is. */
const words: Partial<Record<ResidueKind, readonly string[]>> = {
  share: wordList(`
    share, sharing, shares, sharebar, social, socials, sharedaddy, addthis, addtoany, sharetools,
  `),
  newsletter: wordList(`
    newsletter, newsletters, subscribe, subscription, signup, mailchimp, optin,
  `),
  related: wordList(`
    related, recommended, recommendation, recommendations, recirc, recirculation, readmore, teaser,
    teasers,
    mostread, trending, outbrain, taboola, morelinks, seealso, relacionadas, relacionados, verwandt,
    jp-relatedposts, relatedposts, upnext, readalso, alsoread,
  `),
  advert: wordList(`
    ad, ads, advert, adverts, advertisement, advertisements, advertising, adsense, adslot, adunit, dfp,
    sponsor, sponsored, promo, promos, promotion, adbox, adcontainer, anzeige, werbung, publicidad,
    pubblicita, affiliate,
  `),
  comments: wordList(`
    comments, commentlist, disqus, commentform, respond, kommentare, comentarios, fb-comments,
  `),
  navigation: wordList(`
    breadcrumb, breadcrumbs, nav, navbar, navigation, menu, pagination, pager, toc, skip, toolbar,
  `),
  cookie: wordList(`
    cookie, cookies, consent, gdpr, cmp, privacy,
  `),
  byline: wordList(`
    byline, bylines, author, authors, authorbox, bio, autor, authorinfo, contributors, writer,
  `),
  timestamp: wordList(`
    timestamp, pubdate, publishdate, published, datetime, updated, readingtime,
  `),
  dateline: wordList(`
    dateline,
  `),
  tags: wordList(`
    tags, taglist, tagcloud, topics, keywords, hashtags,
  `),
  caption: wordList(`
    caption, captions, figcaption, imagecaption, gallery, slideshow, bildunterschrift, legend,
  `),
  'photo-credit': wordList(`
    credit, credits, photocredit, imagecredit, copyright-info, attribution,
  `),
  copyright: wordList(`
    copyright, disclaimer,
  `),
  other: wordList(`
    paywall, popup, modal, tooltip, overlay, banner, sidebar, visuallyhidden, noprint,
  `),
};

const kinds = new Map<string, ResidueKind>();
for (const [kind, list] of Object.entries(words))
  for (const word of list) kinds.set(word, kind as ResidueKind);

const COMPANIONS = new Set(
  wordList(`
    box, wrapper, container, block, inner, content, section, area, widget, list, item, text, line, name, info, bio, desc, description,
    copy, meta, label, details, card, profile, date, by, article, story, post, entry, c, m, o,
  `),
);
/** A class of the whole page or of the article's own frame says nothing about the element. */
const FRAME =
  /^(?:has|is|with|no|without|js|page|post|single|template|theme|layout|category|tag|type|format|status)$/;
const NAME_MAX_CHARACTERS = 300;

export interface ClassReading {
  readonly kind: ResidueKind;
  /** The word that said so. */
  readonly word: string;
  /** The name is that word, or that word and what boxes are called. */
  readonly isWhole: boolean;
}

/** What an element's class and id say that it is. */
export function readClass(element: DomElement): ClassReading | undefined {
  const names = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`;
  if (names.length < 3) return undefined;
  for (const name of names.slice(0, NAME_MAX_CHARACTERS).split(/\s+/)) {
    const parts = name
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .split(/[-_:]+/)
      .filter(Boolean);
    const joined = parts.join('');
    const whole = kinds.get(joined);
    if (whole) return { kind: whole, word: joined, isWhole: true };
    if (FRAME.test(parts[0] ?? '')) continue;
    for (const part of parts) {
      const kind = kinds.get(part);
      if (kind)
        return { kind, word: part, isWhole: parts.every((one) => one === part || COMPANIONS.has(one)) };
    }
  }
  return undefined;
}
