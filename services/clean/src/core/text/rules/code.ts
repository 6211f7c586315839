import { EDGE_CHARACTERS } from '../line.ts';
import type { MarkedRule } from './rule.ts';

/** What only programs have: each alone is rare in prose, and beside it stand the signs below. */
const PROGRAM =
  /\b(?:var|let|const)\s+[\w$]+\s*=[^;]{0,200};|\bfunction\s*[\w$]*\s*\([\w$,\s]*\)\s*\{|\([\w$,\s]*\)\s*=>|\b(?:window|document|googletag|dataLayer|console|jQuery)(?:\.[\w$]|[[(])|\$\(['"(\w]|\.(?:push|addEventListener|querySelector|getElementById)\(/;
/** `.box > a { color: red; }`, `@media (…) {`. */
const STYLE =
  /^(?:@(?:media|import|font-face|keyframes)\b|[.#]?[\w\s.#:>,*[\]="'-]{1,80}\{\s*[\w-]{2,30}\s*:)/;
/** `{"key": …`, `[{"key": …`. */
const DATA = /^\[?\{\s*["'][\w@$-]{1,60}["']\s*:/;
/** Tags that were taken for text, and marks of templates. */
const MARKUP = /^<\/?[a-z][\w-]*(?:\s[^<>]*)?>|^\{%.*%\}$/i;
const SIGNS = /[{}();=<>[\]$_]/g;
const MIN_SIGNS_SHARE = 0.03;

/** Code that a scraper took for text: scripts, styles, data, tags. What a page sets as code is text. */
export const code: MarkedRule = (line) => {
  if (line.role === 'code' || line.role === 'row') return undefined;
  const start = line.text.slice(0, EDGE_CHARACTERS);
  if (!/[{}()<%]/.test(start)) return undefined;
  const signs = start.match(SIGNS)?.length ?? 0;
  if (signs < start.length * MIN_SIGNS_SHARE) return undefined;
  const isCode = [PROGRAM, STYLE, DATA, MARKUP].some((pattern) => pattern.test(start));
  return isCode ? { kind: 'other', reason: 'looks like code' } : undefined;
};
