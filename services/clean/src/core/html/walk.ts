import type { DomElement, DomNode } from './dom.ts';

export const ELEMENT = 1;
export const TEXT = 3;

export interface Visitor {
  /** Called before the children; `false` leaves them out. */
  readonly enter: (element: DomElement, depth: number) => boolean;
  readonly leave: (element: DomElement, depth: number) => void;
  readonly text: (node: DomNode) => void;
}

/** Visits an element and what is in it, without recursion: hostile pages nest thousands of elements. */
export function walk(root: DomElement, visitor: Visitor): void {
  let depth = 0;
  let node: DomNode = root;
  let entering = true;
  for (;;) {
    if (entering && node.nodeType === ELEMENT) {
      const child = visitor.enter(node as DomElement, depth) ? node.firstChild : null;
      if (child) {
        node = child;
        depth += 1;
        continue;
      }
      visitor.leave(node as DomElement, depth);
    } else if (entering) {
      if (node.nodeType === TEXT) visitor.text(node);
    } else {
      visitor.leave(node as DomElement, depth);
    }
    if (node === root) return;
    const next = node.nextSibling;
    entering = next !== null;
    if (next) {
      node = next;
    } else {
      node = node.parentNode as DomNode;
      depth -= 1;
    }
  }
}
