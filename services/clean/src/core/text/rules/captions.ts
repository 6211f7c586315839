import { captionLabels, pictureLabels, sourceLabels } from '../lexicon/leads.ts';
import { EDGE_CHARACTERS, keyOf, type ShapedLine } from '../line.ts';
import { isNameLike, namesAgency } from '../names.ts';
import { phraseSet } from '../phrase-set.ts';
import type { Cut } from './rule.ts';

const pictures = phraseSet(pictureLabels);
const sources = phraseSet(sourceLabels);
const announcers = phraseSet(captionLabels);

const CAPTION_MAX_WORDS = 60;
const CREDIT = '[^.!?:：。！？"„“”«»]{2,70}';
/** `Label: Name` at the end, after a sentence or alone. */
const LABELLED_END = new RegExp(
  `(?:^|[.!?…。！？؟)\\]"”“»,;|–—-]\\s*|\\s)(\\p{L}[\\p{L}\\p{M} '’-]{0,28}?)\\.?\\s*[:：/]\\s*(${CREDIT})$`,
  'u',
);
const SIGN_END = new RegExp(`(?:^|[\\s.(])([©ⓒ]|\\([cC]\\))\\s*(${CREDIT})$`, 'u');
const BRACKET_END = /[(（[]([^()（）[\]]{2,80})[)）\]]\.?$/u;
/** `AGENCY/Name Name` or `Name Name/Agency` after a sentence. */
const OBLIQUE_END =
  /(?:^|[.!?…。！？]["”“»)]*\s*)(\p{Lu}[\p{L}\p{M}.'’ -]{1,40}\/\s?\p{L}[\p{L}\p{M}.'’ /-]{1,50})$/u;
const AGENCY_END = /[.!?…。！？]["”“»)]*\s+(\p{Lu}[\p{L} /,-]{1,40})$/u;
const LEAD = /^([\p{L}\p{M}][\p{L}\p{M} .'’-]{0,30}?)\s*[:：|]\s*(\S.*)$/u;
/** Two or three words of a script without capitals. */
const UNCASED_NAME =
  /^(?!.*[\p{Lu}\p{Ll}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])\p{L}[\p{L}\p{M}'’.-]{1,15}(?: \p{L}[\p{L}\p{M}'’.-]{1,15}){1,2}$/u;
const LEAD_BY = /^(?:\p{L}+ )?(?:by|von|par|por|di|door|av)\s/iu;

/** Who stands where in the picture. */
const POSITION =
  /[(（](?:(?:from |second |third |von |v\. ?|à |en |a la |на фото |зображен\p{L} )?(?:left|right|cent(?:re|er)|middle|links|rechts|mitte|l\.(?: ?n\. ?r\.)?|r\.|gauche|droite|izquierda|derecha|izda\.|dcha\.|esquerda|direita|sinistra|destra|слева|справа|ліворуч|праворуч|左|右|왼쪽|오른쪽)(?:부터)?)[)）]/iu;
const INNER_STOP = /[.!?。！？]["”»)]*\s+\p{Lu}/u;

interface Credit {
  readonly at: number;
  readonly names: 'picture' | 'source';
}

/**
 * The caption of a picture: it begins with a word for pictures, or ends with the credit where a sentence would end with its
 * stop. A credit at the end of a long paragraph, or of the last one, is cut alone.
 *
 * @param isLast no paragraph of text follows
 */
export function caption(line: ShapedLine, isLast: boolean): Cut | undefined {
  const lead = leadingLabel(line);
  if (lead) return lead;
  if (
    line.words <= CAPTION_MAX_WORDS &&
    POSITION.test(line.text) &&
    !INNER_STOP.test(line.text.replace(POSITION, ''))
  )
    return { kind: 'caption', reason: 'tells who is where in a picture' };
  // A credit stands in place of the stop, or in brackets.
  if (line.hasFinalStop && !/[)）\]]\.?$/u.test(line.text)) return undefined;
  const credit = trailingCredit(line.text);
  if (!credit) return undefined;
  const description = line.text.slice(0, credit.at).trim();
  const cut = line.text.slice(credit.at).trim();
  if (!/\p{L}/u.test(description))
    return {
      kind: credit.names === 'picture' ? 'photo-credit' : 'source',
      reason: 'credit on a line of its own',
    };
  const alone = line.words > CAPTION_MAX_WORDS || (isLast && credit.names === 'source');
  if (!alone) return { kind: 'caption', reason: `ends with the credit "${cut}" in place of a stop` };
  const kind = credit.names === 'picture' ? 'photo-credit' : 'source';
  return { kind, reason: 'credit after the last sentence of a paragraph', part: { cut, left: description } };
}

/** Says on a line of its own that the next one is a picture's caption, or names a picture and no more. */
export const announcesCaption = (line: ShapedLine): boolean => announcers.is(line.key);
export const namesPicture = (line: ShapedLine): boolean => !line.hasFinalStop && pictures.is(line.key);

/** Right behind a line that {@link announcesCaption}, or, where that only {@link namesPicture}, without a stop. */
export const canBeCaption = (line: ShapedLine): boolean => line.words <= CAPTION_MAX_WORDS;

function leadingLabel(line: ShapedLine): Cut | undefined {
  if (line.words > CAPTION_MAX_WORDS) return undefined;
  const start = line.text.slice(0, 120);
  const lead = LEAD.exec(start);
  const label = lead?.[1];
  if (label !== undefined && pictures.is(keyOf(label))) {
    const rest = line.text.slice(start.length - (lead?.[2] ?? '').length);
    const credit = isNameLike(rest) || namesAgency(rest) || line.words <= 6 || UNCASED_NAME.test(rest);
    return credit
      ? { kind: 'photo-credit', reason: 'credit on a line of its own' }
      : { kind: 'caption', reason: 'begins with a word for pictures' };
  }
  const named = pictures.lead(line.key);
  if (named && line.words <= 8 && !line.hasFinalStop) {
    const rest = line.text.slice(named.length).trim();
    if (
      (/^\p{Lu}/u.test(line.text.replace(LEAD_BY, '')) && LEAD_BY.test(line.text)) ||
      namesAgency(rest) ||
      (named.includes(' ') && isNameLike(rest))
    )
      return { kind: 'photo-credit', reason: 'credit on a line of its own' };
  }
  return undefined;
}

function trailingCredit(text: string): Credit | undefined {
  const from = Math.max(0, text.length - EDGE_CHARACTERS);
  const edge = text.slice(from);
  const sign = /[©ⓒ(]/.test(edge) ? SIGN_END.exec(edge) : null;
  if (sign && wordsOf(sign[2]) <= 8) return { at: from + edge.lastIndexOf(sign[1] ?? '©'), names: 'picture' };
  const bracket = BRACKET_END.exec(edge);
  if (bracket && isBracketCredit(bracket[1] ?? '')) return { at: from + bracket.index, names: 'picture' };
  const labelled = /[:：/]/.test(edge.slice(-90)) ? LABELLED_END.exec(edge) : null;
  if (labelled) {
    const names = labelNames(labelled[1] ?? '');
    const value = labelled[2] ?? '';
    if (names && wordsOf(value) <= 8) return { at: from + labelStart(edge, labelled, names), names };
  }
  const oblique = OBLIQUE_END.exec(edge);
  if (
    oblique?.[1] !== undefined &&
    oblique[1].split('/').some((side) => namesAgency(side) || isNameLike(side))
  )
    return { at: from + edge.length - oblique[1].length, names: 'picture' };
  const agency = AGENCY_END.exec(edge);
  if (agency?.[1] !== undefined && wordsOf(agency[1]) <= 3 && namesAgency(agency[1]))
    return { at: from + edge.length - agency[1].length, names: 'picture' };
  return undefined;
}

/** The label, or the last words of what stands before the colon. */
function labelNames(label: string): Credit['names'] | undefined {
  const words = keyOf(unglued(label)).split(' ');
  for (let count = Math.min(3, words.length); count > 0; count -= 1) {
    const key = words.slice(-count).join(' ');
    if (pictures.is(key)) return 'picture';
    // Within a sentence a word for a source may be part of it: it counts after a stop alone.
    if (sources.is(key) && count === words.length) return 'source';
  }
  return undefined;
}

function labelStart(edge: string, match: RegExpExecArray, names: Credit['names']): number {
  const label = match[1] ?? '';
  const at = edge.length - match[0].length + match[0].indexOf(label);
  if (names === 'source') return at;
  const words = unglued(label).split(' ');
  for (let count = Math.min(3, words.length); count > 0; count -= 1) {
    const last = words.slice(-count).join(' ');
    if (pictures.is(keyOf(last))) return at + label.length - last.length;
  }
  return at;
}

/** "CupCredit": a caption and its credit without the space between. */
const unglued = (label: string) => label.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');

function isBracketCredit(inner: string): boolean {
  const key = keyOf(inner);
  const lead = pictures.lead(key);
  if (lead && (/[:：/]/.test(inner) || LEAD_BY.test(inner) || namesAgency(inner))) return true;
  return /\p{L}\s?\/\s?\p{Lu}/u.test(inner) && namesAgency(inner) && inner.split('/').some(isNameLike);
}

const wordsOf = (text: string | undefined) => (text ?? '').split(/\s+/).filter(Boolean).length;
