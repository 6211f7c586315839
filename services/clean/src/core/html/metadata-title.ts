import { decodeEntities } from '../entities.ts';
import { bareText } from './metadata-text.ts';

/** Where a page's title may be, each as a line. */
export interface TitleSources {
  /** Open Graph and its like. */
  readonly shared: readonly (string | undefined)[];
  /** Of JSON-LD. */
  readonly headline: string | undefined;
  /** Of the `title` element, mostly with the site's name. */
  readonly title: string | undefined;
  readonly headings: readonly (string | undefined)[];
  /** Names of the site and its publisher. */
  readonly sites: readonly (string | undefined)[];
}

const TITLE_MAX_CHARACTERS = 2000;
const SEPARATOR = /\s+[|–—·»•-]\s+|\s*(?:::|[｜ㅣ])\s*|\s\|\s?|\s?\|\s/u;

/** A page's title without the site's name; empty where it has none. */
export function readTitle({ shared, headline, title, headings, sites }: TitleSources): string {
  const heading = headings.length === 1 ? headings[0] : undefined;
  const found = [...shared, heading, headline, title, ...headings].find(Boolean) ?? '';
  return withoutSite(
    decodeEntities(found),
    sites,
    headings.map((text) => text && decodeEntities(text)),
  ).slice(0, TITLE_MAX_CHARACTERS);
}

/** Cuts the site's name off a title: known by name, or the short last part when a heading says the rest. */
function withoutSite(
  title: string,
  sites: readonly (string | undefined)[],
  headings: readonly (string | undefined)[],
): string {
  const before = /^([^:：]{2,60})[:：]\s+(?=\S{2})/u.exec(title);
  if (before && sites.some((site) => site !== undefined && bareText(site) === bareText(before[1] ?? '')))
    return title.slice(before[0].length);
  const parts = title.split(SEPARATOR).filter(Boolean);
  if (parts.length < 2 || headings.includes(title)) return title;
  const heading = headings.find((text) => text && text.length > 15 && title.includes(text));
  if (heading) return heading;
  const names = new Set(sites.filter((site) => site !== undefined).map(bareText));
  const isSite = (part: string) => names.has(bareText(part)) || /^[\p{L}\p{N}-]+\.[a-z]{2,6}$/iu.test(part);
  const kept = parts.filter((part) => !isSite(part));
  if (kept.length > 0 && kept.length < parts.length) {
    // The original separators stay between what is kept.
    const from = title.indexOf(kept[0] ?? '');
    const last = kept.at(-1) ?? '';
    return title.slice(from, title.lastIndexOf(last) + last.length);
  }
  const bar = /^(.{20,})\s\|\s[^|]{2,30}$/u.exec(title);
  return bar?.[1] ?? title;
}
