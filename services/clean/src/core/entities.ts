import { parseHTML } from 'linkedom';

const ENTITY = /&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][a-zA-Z\d]{1,31});/g;

/** Named entities met so far; HTML has 2,231 of them, so it stays small. */
const known = new Map<string, string>();

/** What was encoded twice. */
const ENCODED_TWICE = /&amp;(?:amp|quot|apos|lt|gt|nbsp|#\d{1,7}|#[xX][\da-fA-F]{1,6});/;

/** Plain text with the HTML entities that scrapers leave in it (`&amp;`, `&nbsp;`, `&#8211;`) decoded, also those encoded twice. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  const decoded = text.replace(ENTITY, decode);
  return ENCODED_TWICE.test(text) ? decoded.replace(ENTITY, decode) : decoded;
}

function decode(entity: string): string {
  const seen = known.get(entity);
  if (seen !== undefined) return seen;
  const decoded = parseHTML(`<html><body>${entity}</body></html>`).document.body.textContent ?? '';
  if (!entity.startsWith('&#') && decoded !== entity) known.set(entity, decoded);
  return decoded;
}
