import { normaliseLine } from '../normalise.ts';
import type { DomDocument } from './dom.ts';

/** What a page says about itself, as far as clean asks. */
export interface PageMetadata {
  /** Without the site's name; empty where the page has none. */
  readonly title: string;
  /** BCP 47, as the page declares it. */
  readonly language: string | undefined;
}

const TITLE_MAX_CHARACTERS = 2000;
const SEPARATOR = /\s+[|–—·»•-]\s+|\s*::\s*|\s\|\s?|\s?\|\s/u;

/** Reads a page's title and language. @param siteName the publisher's name, where it is known */
export function readMetadata(page: DomDocument, siteName: string | undefined): PageMetadata {
  const meta = metaReader(page);
  const sites = [
    siteName,
    meta('og:site_name'),
    meta('application-name'),
    meta('twitter:site')?.replace(/^@/, ''),
  ];
  const headings = [...page.querySelectorAll('h1')].map((heading) => lineOf(heading.textContent));
  const raw = [meta('og:title'), meta('twitter:title'), headings.length === 1 ? headings[0] : undefined];
  const title =
    raw.find(Boolean) ?? lineOf(page.querySelector('title')?.textContent) ?? headings.find(Boolean);
  const language =
    page.documentElement.getAttribute('lang') ??
    page.documentElement.getAttribute('xml:lang') ??
    meta('content-language') ??
    meta('language') ??
    meta('og:locale');
  return {
    title: withoutSite(title ?? headings.find(Boolean) ?? '', sites, headings).slice(0, TITLE_MAX_CHARACTERS),
    language: language?.split(',')[0]?.trim().replaceAll('_', '-') || undefined,
  };
}

const lineOf = (text: string | null | undefined) => normaliseLine(text ?? '') || undefined;

function metaReader(page: DomDocument): (name: string) => string | undefined {
  const values = new Map<string, string>();
  for (const element of page.querySelectorAll('meta[content]')) {
    const name =
      element.getAttribute('property') ?? element.getAttribute('name') ?? element.getAttribute('http-equiv');
    const value = lineOf(element.getAttribute('content'));
    if (name && value && !values.has(name.toLowerCase())) values.set(name.toLowerCase(), value);
  }
  return (name) => values.get(name);
}

/** Cuts the site's name off a title: known by name, or the short last part when a heading says the rest. */
function withoutSite(
  title: string,
  sites: readonly (string | undefined)[],
  headings: readonly (string | undefined)[],
): string {
  const parts = title.split(SEPARATOR).filter(Boolean);
  if (parts.length < 2 || headings.includes(title)) return title;
  const heading = headings.find((text) => text && text.length > 15 && title.includes(text));
  if (heading) return heading;
  const names = new Set(sites.filter((site) => site !== undefined).map(bare));
  const isSite = (part: string) => names.has(bare(part)) || /^[\p{L}\p{N}-]+\.[a-z]{2,6}$/iu.test(part);
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

const bare = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
