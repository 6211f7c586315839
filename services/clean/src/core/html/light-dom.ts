import { EventTarget, parseHTML } from 'linkedom';

/** What nodes are made of in place of linkedom's EventTarget. */
class WithoutListeners {}

type Class = abstract new (...parameters: never[]) => object;

/** Classes that a class extends, itself first. */
function* ancestry(derived: Class): Generator<Class> {
  for (let one: unknown = derived; typeof one === 'function'; one = Object.getPrototypeOf(one))
    yield one as Class;
}

/**
 * linkedom keeps a map of listeners for each node and each attribute, in a WeakMap: a quarter of the time that a page takes, and
 * half of its garbage. Nobody listens here, so its nodes are made without; classes look up what they extend each time.
 */
export function makeNodesLight(): void {
  const text = parseHTML('<p>x').document.createTextNode('x').constructor as Class;
  for (const one of ancestry(text))
    if (Object.getPrototypeOf(one) === EventTarget) Object.setPrototypeOf(one, WithoutListeners);
}
