import { expect, it } from '@jest/globals';
import { EventTarget } from 'linkedom';
import { parsePage } from './document.ts';

it('makes elements, texts and attributes without lists of listeners, and as they were otherwise', () => {
  const { body } = parsePage('<p class="lead" id="a">The <b>ferry</b> sails</p>');
  const paragraph = body.querySelector('p.lead');
  expect(paragraph?.textContent).toBe('The ferry sails');
  expect(paragraph?.getAttribute('id')).toBe('a');
  const target = paragraph as unknown as EventTarget;
  // The map that it would be put in is not there; the methods are.
  expect(target).toBeInstanceOf(EventTarget);
  expect(() => target.addEventListener('click', () => undefined, {})).toThrow(TypeError);
});
