import { expect, it } from '@jest/globals';
import { EventTarget } from 'linkedom';
import type { DomElement } from './dom.ts';
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

it('reads class names and styles off the attributes', () => {
  const { body } = parsePage('<p class="lead  a" style="color: red; DISPLAY:none">x</p><p>y</p>');
  const [styled, plain] = [...body.querySelectorAll('p')] as unknown as (DomElement & {
    className: string;
    readonly style: { readonly display: string; readonly visibility: string };
  })[];
  expect(styled?.className).toBe('lead  a');
  expect(styled?.style).toEqual({ display: 'none', visibility: '' });
  expect(plain?.style).toEqual({ display: '', visibility: '' });
  if (plain) plain.className = 'page';
  expect(plain?.getAttribute('class')).toBe('page');
  expect(body.querySelector('.page')).toBe(plain);
  // A copy goes by the attribute, too.
  expect((plain as unknown as { outerHTML: string }).outerHTML).toBe('<p class="page">y</p>');
});
