/** What begins a comment, or an element whose content is never text of a page. */
const OPENING = /<!--|<(script|style|svg)(?=[\s>/])([^<>]{0,1000})>/gi;
const CLOSING: Readonly<Record<string, RegExp>> = {
  script: /<\/script\s*>/gi,
  style: /<\/style\s*>/gi,
  svg: /<\/svg\s*>/gi,
};
/** JSON-LD is data of the page. */
const IS_DATA = /ld\+json/i;

/**
 * A page without its scripts, styles and drawings, which are the larger part of most pages: what is not there needs not be parsed.
 * Those without an end stay, and so do comments, in which tags mean nothing. Linear.
 */
export function withoutCode(html: string): string {
  const kept: string[] = [];
  const unclosed = new Set<string>();
  let from = 0;
  OPENING.lastIndex = 0;
  for (let found = OPENING.exec(html); found; found = OPENING.exec(html)) {
    const name = found[1]?.toLowerCase();
    const behind = found.index + found[0].length;
    if (name === undefined) {
      const end = html.indexOf('-->', behind);
      if (end < 0) break;
      OPENING.lastIndex = end;
      continue;
    }
    const closing = CLOSING[name];
    if (!closing || unclosed.has(name)) continue;
    closing.lastIndex = behind;
    const closed = closing.exec(html);
    if (!closed) {
      unclosed.add(name);
      continue;
    }
    const end = closed.index + closed[0].length;
    OPENING.lastIndex = end;
    if (IS_DATA.test(found[2] ?? '')) continue;
    kept.push(html.slice(from, found.index));
    from = end;
  }
  return from === 0 ? html : kept.join('') + html.slice(from);
}
