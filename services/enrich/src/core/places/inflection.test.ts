import { describe, expect, it } from '@jest/globals';
import { inflectedForms } from './inflection.ts';

describe('inflectedForms', () => {
  it.each([
    ['de', 'Russland', 'Russlands'],
    ['sv', 'Sverige', 'Sveriges'],
    ['ru', 'Россия', 'России'],
    ['ru', 'Москва', 'Москву'],
    ['ru', 'Китай', 'Китае'],
    ['ru', 'Иран', 'Ирана'],
    ['ru', 'Северная Корея', 'Северной Корее'],
    ['ru', 'Афины', 'Афинах'],
    ['uk', 'Україна', 'України'],
    ['uk', 'Київ', 'Києва'],
    ['uk', 'Прага', 'Празі'],
  ])('has in %s of %s: %s', (language, name, form) => expect(inflectedForms(name, language)).toContain(form));

  it.each([
    ['de', 'Honduras'],
    ['de', 'USA'],
    ['en', 'Russia'],
    ['ru', 'США'],
    ['ru', 'Конго'],
    ['und', 'Berlin'],
  ])('has none in %s of %s', (language, name) => expect(inflectedForms(name, language)).toEqual([]));
});
