import { describe, expect, it } from '@jest/globals';
import { mendTypography } from './typography.ts';

describe('mendTypography', () => {
  it.each([
    ['de', 'Sie sagte: „Es ist genug".', 'Sie sagte: „Es ist genug“.'],
    ['de', 'Sie sagte: "Es ist genug“.', 'Sie sagte: „Es ist genug“.'],
    ['pl', 'Powiedziała: „Dość".', 'Powiedziała: „Dość”.'],
    ['en', 'He said “enough" and left.', 'He said “enough” and left.'],
    ['en', "He said ``enough'' and left.", 'He said “enough” and left.'],
    ['es', 'Dijo «basta" y se fue.', 'Dijo «basta» y se fue.'],
    ['en', 'Is it true ? Yes !', 'Is it true? Yes!'],
    ['fr', 'Est-ce vrai ? « Oui » !', 'Est-ce vrai ? « Oui » !'],
  ])('%s: %s', (language, given, expected) => {
    expect(mendTypography(given, language)).toBe(expected);
  });

  it.each([
    ['de', '„Ich freue mich sehr“, sagte er, „dass Sie da sind.“'],
    ['de', 'Der Film "Heimat" und das Buch „Heimat“.'],
    ['en', 'A 6" pipe, a "quoted" word and “another”.'],
    ['sv', 'Hon sade: ”Det räcker”.'],
    ['da', 'Hun sagde: »Det er nok«.'],
    ['en', "rock 'n' roll in the '90s"],
    ['en', 'The score was 3 : 2 :)'],
  ])('leaves %s: %s', (language, text) => {
    expect(mendTypography(text, language)).toBe(text);
  });
});
