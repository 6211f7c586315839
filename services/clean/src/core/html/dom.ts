/**
 * What of the DOM is used here, by the standard's names. TypeScript's own `dom` library would give every file of the
 * process the globals of a browser.
 */
export interface DomNode {
  readonly nodeType: number;
  readonly nodeValue: string | null;
  readonly firstChild: DomNode | null;
  readonly nextSibling: DomNode | null;
  readonly parentNode: DomNode | null;
  readonly textContent: string | null;
}

export interface DomElement extends DomNode {
  /** Upper case for elements of HTML. */
  readonly tagName: string;
  readonly children: ArrayLike<DomElement>;
  readonly getAttribute: (name: string) => string | null;
  readonly querySelector: (selectors: string) => DomElement | null;
  readonly querySelectorAll: (selectors: string) => Iterable<DomElement>;
  readonly remove: () => void;
  readonly removeAttribute: (name: string) => void;
}

export interface DomDocument extends Pick<DomElement, 'querySelector' | 'querySelectorAll'> {
  readonly documentElement: DomElement;
  readonly body: DomElement;
}
