/** How many attributes a page has. */
export interface AttributeCount {
  readonly inAll: number;
  /** Of the tag that has most. */
  readonly inOneTag: number;
}

/** Elements whose content is text, whatever it looks like. */
const RAW = /^(script|style)$/i;
const LETTER = /[a-z]/i;
const TAG_NAME = /[^\s/>]*/y;

/** Counts the attributes of a page the way its parser will read it, without making anything of them. Linear. */
export function countAttributes(html: string): AttributeCount {
  let inAll = 0;
  let inOneTag = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    at += 1;
    if (html.startsWith('!--', at)) {
      at = behind(html, '-->', at);
    } else if (LETTER.test(html.charAt(at))) {
      TAG_NAME.lastIndex = at;
      const name = TAG_NAME.exec(html)?.[0] ?? '';
      const tag = readTag(html, at + name.length);
      inAll += tag.attributes;
      inOneTag = Math.max(inOneTag, tag.attributes);
      at = RAW.test(name) ? endOfRaw(html, name, tag.end) : tag.end;
    }
  }
  return { inAll, inOneTag };
}

const behind = (html: string, mark: string, from: number): number => {
  const found = html.indexOf(mark, from);
  return found < 0 ? html.length : found + mark.length;
};

function endOfRaw(html: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}`, 'gi');
  closing.lastIndex = from;
  return closing.exec(html)?.index ?? html.length;
}

const isBlank = (character: string) => /\s/.test(character);

/** Reads attributes up to the end of their tag. */
function readTag(html: string, start: number): { readonly attributes: number; readonly end: number } {
  let attributes = 0;
  let state: 'between' | 'name' | 'before value' | 'value' = 'between';
  let at = start;
  for (; at < html.length; at += 1) {
    const character = html.charAt(at);
    if (character === '>') break;
    if (state === 'before value' && (character === '"' || character === "'")) {
      at = behind(html, character, at + 1) - 1;
      state = 'between';
    } else if (isBlank(character)) {
      if (state !== 'before value') state = 'between';
    } else if (state === 'before value') {
      state = 'value';
    } else if (character === '=' && state !== 'value') {
      state = 'before value';
    } else if (character === '/' && state !== 'value') {
      state = 'between';
    } else if (state === 'between') {
      attributes += 1;
      state = 'name';
    }
  }
  return { attributes, end: at };
}
