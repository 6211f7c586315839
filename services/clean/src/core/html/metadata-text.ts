import { decodeEntities } from '../entities.ts';
import { normaliseLine } from '../normalise.ts';
import { ELEMENT, TEXT } from './walk.ts';
import type { DomElement, DomNode } from './dom.ts';

/** What is read of a value before it is normalised: hostile pages have values of megabytes. */
const RAW_CHARACTERS = 4000;
/** Nodes that are read of one element for its text. */
const MAX_NODES = 200;
const TAG = /<\/?[a-z][^<>]{0,300}>/gi;

/** One line without markup and entities, as pages leave them in what they say about themselves; undefined if empty. */
export function plainLine(value: string | null | undefined, maxCharacters: number): string | undefined {
  if (!value) return undefined;
  // Twice: many are escaped by the system that keeps the text, and again by the one that writes the page.
  const decoded = decodeEntities(decodeEntities(value.slice(0, RAW_CHARACTERS)));
  const line = normaliseLine(decoded.includes('<') ? decoded.replace(TAG, ' ') : decoded);
  if (line.length <= maxCharacters) return line || undefined;
  return `${line.slice(0, maxCharacters - 1).toWellFormed()}…`;
}

/** Text of an element, its beginning alone: many elements within each other must not be read over and over. */
export function startOfText(element: DomElement, maxCharacters: number, between = ' '): string {
  const parts: string[] = [];
  let characters = 0;
  let node: DomNode | null = element.firstChild;
  for (let nodes = 0; node && nodes < MAX_NODES && characters < maxCharacters; nodes += 1) {
    if (node.nodeType === TEXT) {
      const text = (node.nodeValue ?? '').slice(0, maxCharacters);
      parts.push(text);
      characters += text.length;
    }
    node = (node.nodeType === ELEMENT ? node.firstChild : null) ?? following(node, element);
  }
  return parts.join(between);
}

function following(node: DomNode, root: DomNode): DomNode | null {
  for (let at: DomNode | null = node; at && at !== root; at = at.parentNode)
    if (at.nextSibling) return at.nextSibling;
  return null;
}

/** Letters and digits alone: names and titles are compared by them. */
export const bareText = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
