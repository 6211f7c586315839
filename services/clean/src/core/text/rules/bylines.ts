import { readDate } from '../dates.ts';
import { contributionCues, creditLeads } from '../lexicon/credits.ts';
import { bylineLeads, deskLabels, sourceLabels } from '../lexicon/leads.ts';
import { keyOf } from '../line.ts';
import { isAgency, isAgencyCredit, isNameLike, namesAgency } from '../names.ts';
import { cueFinder, phraseSet } from '../phrase-set.ts';
import type { MarkedRule, PlacedRule, Zone } from './rule.ts';

const leads = phraseSet(bylineLeads);
const credits = phraseSet(creditLeads);
const namesContribution = cueFinder(contributionCues);
const desks = phraseSet(deskLabels);
const sources = phraseSet(sourceLabels);

const BYLINE_MAX_WORDS = 14;
const DATED_BYLINE_MAX_WORDS = 22;
const CREDIT_MAX_WORDS = 60;
const CONTRIBUTION_MAX_WORDS = 30;
const UNSPACED_NAME =
  /^[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}·・]{2,8}(?:\s+[\p{Script=Han}\p{Script=Hangul}]{2,5}){0,4}$/u;
const NAME_IN_BRACKETS = /^([^()（）]{3,60})\s*[(（]([^()（）]{2,60})[)）]$/u;
/** 記者王小明／台北報導; （王小明） behind the story. */
const REPORTER =
  /^(?:記者|记者|文|撰文|編譯|编译)\s?\p{Script=Han}{2,4}\s?[／/｜|]\s?.{2,12}(?:報導|报道|報道|攝影|摄影)$/u;
const KOREAN_REPORTER =
  /^\p{Script=Hangul}{2,4}\s?(?:선임|인턴|수습)?(?:기자|특파원|논설위원)(?:\s*[([]?\S+@\S+)?$/u;
const BRACKETED_NAME = /^[（(][\p{Script=Han}\p{Script=Katakana}・]{2,8}[）)]$/u;
const OF_PLACES = /(?:^|\s)(?:zu|zum|zur|bis|im|am|to|à|a|the|la|le|les|der|das|die)(?:\s|$)/iu;
const ALL_BRACKETED = /^[(（[]([^()（）[\]]{2,60})[)）\]]$/u;

/** The author's line: a word for authors and a name, a name alone, a name with agencies, an office or a date. */
export const byline: PlacedRule = (line, zone) => {
  if (line.words > DATED_BYLINE_MAX_WORDS || line.role === 'row') return undefined;
  const text = line.text.replace(/ [ap]\.m\.$/i, '');
  if (line.words > BYLINE_MAX_WORDS && !readDate(text.slice(-80)).hasDate) return undefined;
  const led = ledByline(text, line.key, zone);
  if (led) return { kind: 'byline', reason: led };
  const reporter =
    REPORTER.test(text) || KOREAN_REPORTER.test(text) || (zone === 'tail' && BRACKETED_NAME.test(text));
  if (reporter) return { kind: 'byline', reason: 'the reporter, as papers of East Asia set it' };
  if (zone === 'middle' || line.hasFinalStop || line.role === 'heading') return undefined;
  if (desks.is(line.key)) return { kind: 'byline', reason: 'the desk in place of an author' };
  const bracketed = NAME_IN_BRACKETS.exec(text);
  if (
    bracketed &&
    isNameLike(bracketed[1]?.trim() ?? '') &&
    (zone === 'tail' || namesAgency(bracketed[2] ?? ''))
  )
    return { kind: 'byline', reason: 'name with its sources in brackets' };
  const [first = '', ...others] = text.split(/\s*[,|·•–—]\s*|\s+-\s+/u);
  if (isNameLike(first) && others.length === 0) return { kind: 'byline', reason: 'a name alone' };
  if (isNameLike(first) && others.length <= 2 && line.words <= 10 && !readDate(text.slice(0, 100)).hasDate)
    return { kind: 'byline', reason: 'name with an office or place' };
  const date = readDate(text.slice(0, 100));
  if (date.hasDate && date.rest.length >= 2 && date.rest.length <= 5 && isNameLike(withoutDate(text)))
    return { kind: 'byline', reason: 'name with a date' };
  if (/\S@\S+\.\S/.test(text.slice(0, 120)) && line.words <= 8)
    return { kind: 'byline', reason: 'an e-mail address' };
  return undefined;
};

/** Capitalised words before the first figure. */
const withoutDate = (text: string) => text.replace(/[\s,|·–—-]*\p{N}.*$/u, '');

/** Of {@link byline} what a word for authors tells. */
export const ledBylineAlone: PlacedRule = (line, zone) => {
  const cut = byline(line, zone);
  return cut && leads.lead(line.key) !== undefined ? cut : undefined;
};

function ledByline(text: string, key: string, zone: Zone): string | undefined {
  const lead = leads.lead(key);
  if (!lead || lead === key) return undefined;
  const colon = /^[^:：]{1,40}[:：]\s*(.+)$/u.exec(text.slice(0, 160));
  if (colon && keyOf(text.slice(0, text.indexOf(colon[1] ?? ''))) === lead)
    return 'word for authors with a colon';
  if (zone === 'middle' || /[.!?。]$/.test(text)) return undefined;
  const rest = text.slice(lead.length).trim();
  // "Von Haus zu Haus" below the first paragraph is a crosshead.
  if (zone === 'deck' && (OF_PLACES.test(rest) || !rest.includes(' '))) return undefined;
  if (isNameLike(rest.split(/\s*[,|·•–—(]\s*|\s+-\s+/u)[0] ?? '')) return 'word for authors and a name';
  if (/^\p{Lu}[\p{L}'’-]+$/u.test(rest)) return 'word for authors and a name';
  if (UNSPACED_NAME.test(rest)) return 'word for authors and a name';
  const spoken = !/\p{Lu}/u.test(rest) && /^[\p{Script=Arabic}\p{Script=Devanagari}\s]+$/u.test(rest);
  return spoken && rest.split(' ').length <= 4 ? 'word for authors and a name' : undefined;
}

/** Who worked on the article beside its author: whole lines, also such as end with a stop. */
export const contribution: MarkedRule = (line) => {
  if (line.words > CREDIT_MAX_WORDS || line.role === 'heading' || line.role === 'row') return undefined;
  if (line.words <= CONTRIBUTION_MAX_WORDS && namesContribution(line.key))
    return { kind: 'byline', reason: 'who contributed to the article' };
  const lead = credits.lead(line.key);
  if (lead === undefined || lead === line.key) return undefined;
  const isBracketed = /^[(（[]/.test(line.text);
  if (isBracketed || /^\P{Ll}+[:：]/u.test(line.text) || namesAgency(line.text.slice(-80)))
    return { kind: 'agency-credit', reason: 'who worked on the article' };
  const rest = line.text.slice(lead.length).trim();
  return isNameLike(
    rest
      .replace(/^[:：]\s*|[.)]$/g, '')
      .split(/[,;(]/u)[0]
      ?.trim() ?? '',
  )
    ? { kind: 'byline', reason: 'who worked on the article' }
    : undefined;
};

/** `(dpa/mk)`, `Reuters`, `AP` on a line of its own; a source with its name, or the bare word at the end. */
export const agencyCredit: PlacedRule = (line, zone) => {
  if (line.words > 10 || line.hasFinalStop) return undefined;
  const inner = ALL_BRACKETED.exec(line.text)?.[1];
  if (
    inner !== undefined &&
    zone === 'tail' &&
    (namesAgency(inner) || /^\p{Lu}{2,4}$|^\p{Ll}{2,4}$/u.test(inner))
  )
    return { kind: 'agency-credit', reason: 'initials in brackets after the last sentence' };
  if (zone !== 'middle' && (isAgencyCredit(line.text) || isAgency(line.text)))
    return { kind: 'agency-credit', reason: 'agencies alone' };
  return undefined;
};

export const sourceLine: PlacedRule = (line, zone) => {
  if (line.words > 16) return undefined;
  if (sources.is(line.key) && (zone === 'tail' || zone === 'head'))
    return { kind: 'source', reason: 'the word for sources alone, outside of the story' };
  const lead = sources.lead(line.key);
  if (!lead || line.hasFinalStop) return undefined;
  const label = /^([^:：]{2,40})[:：]/u.exec(line.text)?.[1];
  if (label !== undefined && keyOf(label) === lead)
    return { kind: 'source', reason: 'word for sources with a colon' };
  if (zone === 'tail' && isNameLike(line.text.slice(lead.length).trim()))
    return { kind: 'source', reason: 'word for sources with a name' };
  return undefined;
};
