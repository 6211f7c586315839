import { EventTarget, parseHTML } from 'linkedom';

/** What nodes are made of in place of linkedom's EventTarget. */
class WithoutListeners {}

type Class = abstract new (...parameters: never[]) => object;

/** Classes that a class extends, itself first. */
function* ancestry(derived: Class): Generator<Class> {
  for (let one: unknown = derived; typeof one === 'function'; one = Object.getPrototypeOf(one))
    yield one as Class;
}

/** What linkedom's elements have, and all that Readability asks for of it. */
interface StyledElement {
  readonly getAttributeNode: (name: string) => { value: string } | null;
  readonly setAttributeNode: (attribute: { value: string }) => void;
  readonly ownerDocument: { readonly createAttribute: (name: string) => { value: string } };
}
interface Style {
  readonly display: string;
  readonly visibility: string;
}

const UNSTYLED: Style = { display: '', visibility: '' };
const valueOf = (css: string, property: RegExp): string => property.exec(css)?.[1]?.toLowerCase() ?? '';
const DISPLAY = /(?:^|;)\s*display\s*:\s*([\w-]+)/i;
const VISIBILITY = /(?:^|;)\s*visibility\s*:\s*([\w-]+)/i;

/** The attributes themselves, where linkedom makes a set of class names and a map of styles for each element that is asked. */
const lightProperties: PropertyDescriptorMap & ThisType<StyledElement> = {
  className: {
    configurable: true,
    get(): string {
      return this.getAttributeNode('class')?.value ?? '';
    },
    // linkedom sets it in place of the attribute, and once more when the attribute is there.
    set(value: string) {
      const there = this.getAttributeNode('class');
      if (there?.value === value) return;
      const attribute = there ?? this.ownerDocument.createAttribute('class');
      attribute.value = value;
      if (!there) this.setAttributeNode(attribute);
    },
  },
  style: {
    configurable: true,
    get(): Style {
      const css = this.getAttributeNode('style')?.value;
      return css === undefined
        ? UNSTYLED
        : { display: valueOf(css, DISPLAY), visibility: valueOf(css, VISIBILITY) };
    },
  },
};

/**
 * linkedom keeps a map of listeners for each node and each attribute, in a WeakMap: a quarter of the time that a page takes, and
 * half of its garbage. Nobody listens here, so its nodes are made without; classes look up what they extend each time.
 */
export function makeNodesLight(): void {
  const { document } = parseHTML('<p>x');
  for (const one of ancestry(document.createElement('p').constructor as Class))
    if (Object.hasOwn(one.prototype ?? {}, 'className'))
      Object.defineProperties(one.prototype, lightProperties);
  const text = document.createTextNode('x').constructor as Class;
  for (const one of ancestry(text))
    if (Object.getPrototypeOf(one) === EventTarget) Object.setPrototypeOf(one, WithoutListeners);
}
