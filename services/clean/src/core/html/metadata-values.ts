import { limits, pageLimits } from '@wirefold/contracts';
import { bareText, plainLine } from './metadata-text.ts';

/** Where a page was found, and what its relative addresses belong to. */
export interface PagePlace {
  readonly url: string | undefined;
  readonly base: string | undefined;
}

const KEYWORD_MAX_CHARACTERS = 100;
const SECTION_MAX_CHARACTERS = 200;
const KEYWORD_SEPARATOR = /\s*[,;|、，；،]\s*/u;
/** What a page's values have in place of nothing. */
const EMPTY_WORD = /^(?:null|undefined|none|n\/?a|false|true|unknown|\[\]|\{\}|-)$/i;

/** An absolute address of http or https, without credentials; undefined for any other. */
export function webAddress(raw: string | undefined, { url, base }: PagePlace): string | undefined {
  const text = raw?.trim();
  if (!text || text.length > limits.urlCharacters || EMPTY_WORD.test(text)) return undefined;
  const of = parsed(base, url) ?? parsed(url);
  const address = parsed(text.replaceAll('&amp;', '&'), of?.href);
  if (!address || !/^https?:$/.test(address.protocol) || address.username || address.password)
    return undefined;
  return address.href.length <= limits.urlCharacters ? address.href : undefined;
}

function parsed(text: string | undefined, base?: string): URL | undefined {
  return text === undefined ? undefined : (URL.parse(text, base) ?? undefined);
}

/** A name or a sentence of the page; undefined for an address and for a word that stands for nothing. */
export function words(raw: string | undefined, maxCharacters: number): string | undefined {
  const line = plainLine(raw, maxCharacters);
  if (!line || EMPTY_WORD.test(line) || /^(?:https?:)?\/\//i.test(line)) return undefined;
  return /[\p{L}\p{N}]/u.test(line) ? line : undefined;
}

/** A part of the publication; of a list of them the first. */
export function readSection(raw: string, sites: readonly string[]): string | undefined {
  const line = words(raw, SECTION_MAX_CHARACTERS);
  // "Health, Science" may be one, "game,news,slider" and longer lists are not.
  const parts = line?.split(/,\s*/) ?? [];
  const section = parts.length > 2 || (line && /,\S/.test(line)) ? parts[0] : line;
  const isSite = sites.some((site) => bareText(site) === bareText(section ?? ''));
  return !section || isSite || /^[\w-]+\.[a-z]{2,6}$/i.test(section) ? undefined : section;
}

/** Words of a script without spaces, with spaces between them. */
const HAN_LIST = /^(?:[\p{Script=Han}\p{N}]{2,12}\s+){2,}[\p{Script=Han}\p{N}]{2,12}\s*$/u;
/** Marks of a content system and not words: `_no-apple-news`, `/article`, ids. */
const NO_KEYWORD = /^[_/@]|^[\da-f-]{20,}$/i;

/** Distinct keywords. A single text has several, with commas between them; of many each is one, unless it is a list. */
export function readKeywords(raw: readonly string[]): string[] {
  const all = raw
    .slice(0, pageLimits.keywords * 4)
    .map((text) => text.slice(0, 4000))
    .flatMap((text) => {
      const parts = text.split(HAN_LIST.test(text) ? /\s+/ : KEYWORD_SEPARATOR);
      return raw.length === 1 || parts.length > 2 ? parts : [text];
    });
  const found = new Map<string, string>();
  for (const one of all.slice(0, pageLimits.keywords * 4)) {
    const keyword = words(one.length > KEYWORD_MAX_CHARACTERS * 2 ? undefined : one, KEYWORD_MAX_CHARACTERS);
    if (!keyword || keyword.endsWith('…') || NO_KEYWORD.test(keyword)) continue;
    const key = bareText(keyword);
    if (!found.has(key)) found.set(key, keyword);
    if (found.size === pageLimits.keywords) break;
  }
  return [...found.values()];
}
