import { pictureLabels, relatedLeads } from '../lexicon/leads.ts';
import { EDGE_CHARACTERS, endsAsSentence, keyOf } from '../line.ts';
import { phraseSet } from '../phrase-set.ts';
import type { Cut } from './rule.ts';

const pictures = phraseSet(pictureLabels);
const related = phraseSet(relatedLeads);

/** `[Advert_2]`, `{{slot}}`: what a template or a widget leaves. */
const PLACEHOLDER = /\[\p{L}[\p{L}-]{1,24}_\d{1,4}\]|\{\{[^{}]{1,60}\}\}/gu;
/** `[embed]…[/embed]`, `[caption id="1"]…[/caption]`. */
const SHORTCODE = /\[([a-z_-]{2,20})(?: [^[\]]{0,120})?\][^[\]]{0,300}\[\/\1\]/g;
const BRACKETED = /[([（【]([^()[\]（）【】]{2,80})[)\]）】]/g;
const LONG_BRACKETED = /[([（【]([^()[\]（）【】]{2,240})[)\]）】]/g;
const SENTENCE_END = /[.!?…。！？؟][)"'”“’»\]）」]*\s+(?=\S)/gu;
const COLON = /^[^:：]{2,40}[:：]/;

/**
 * Parts of a line that are no text of it: placeholders, shortcodes, credits of pictures in brackets, and a pointer to
 * another story at its end.
 */
export function* inlineCuts(text: string): Generator<Cut & { part: { cut: string; left: string } }> {
  let left = text;
  const found: [Cut['kind'], string, string][] = [];
  const take = (kind: Cut['kind'], reason: string, pattern: RegExp, accept: (inner: string) => boolean) => {
    left = left.replace(pattern, (whole: string, inner: unknown) => {
      if (typeof inner === 'string' && !accept(inner)) return whole;
      found.push([kind, reason, whole.trim()]);
      return ' ';
    });
  };
  if (left.includes('[')) take('other', 'shortcode', SHORTCODE, () => true);
  if (/[[{]/.test(left)) take('advert', 'placeholder of a template', PLACEHOLDER, () => true);
  if (/[([（【]/.test(left))
    take('photo-credit', 'credit of a picture in brackets', BRACKETED, isPictureCredit);
  if (/[([（【]/.test(left))
    take('related', 'pointer to another story in brackets', LONG_BRACKETED, isPointer);
  const pointer = trailingPointer(left);
  if (pointer !== undefined) {
    found.push(['related', 'pointer to another story after the last sentence', left.slice(pointer).trim()]);
    left = left.slice(0, pointer);
  }
  left = tidy(left);
  for (const [kind, reason, cut] of found) yield { kind, reason, part: { cut, left } };
}

function isPointer(inner: string): boolean {
  const label = COLON.exec(inner)?.[0];
  return label !== undefined && label.length < inner.length && related.is(keyOf(label));
}

function isPictureCredit(inner: string): boolean {
  const label = COLON.exec(inner)?.[0];
  return label !== undefined && label.length < inner.length && pictures.is(keyOf(label));
}

/** Where a sentence at the end of a paragraph begins that points to another story. */
function trailingPointer(text: string): number | undefined {
  const from = Math.max(0, text.length - EDGE_CHARACTERS);
  const edge = text.slice(from);
  for (const end of edge.matchAll(SENTENCE_END)) {
    const at = end.index + end[0].length;
    const rest = edge.slice(at);
    const key = keyOf(rest.slice(0, 60));
    const lead = related.lead(key);
    if (lead === undefined || lead === key) continue;
    const colon = COLON.exec(rest)?.[0];
    const labelled = colon !== undefined && keyOf(colon) === lead;
    if (labelled || (lead.includes(' ') && !endsAsSentence(rest))) return from + at;
  }
  return undefined;
}

const tidy = (text: string) =>
  text
    .replace(/ {2,}/g, ' ')
    .replace(/(?<=\S) (?=[.,](?:\s|$))/g, '')
    .trim();
