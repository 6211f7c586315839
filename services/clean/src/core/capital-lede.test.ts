import { describe, expect, it } from '@jest/globals';
import { lowerCapitalLede } from './capital-lede.ts';

describe('lowerCapitalLede', () => {
  it.each([
    [
      'THE VILLAGE on the shore named its ferry. So the village had waited.',
      'The village on the shore named its ferry. So the village had waited.',
    ],
    [
      'MAYOR ANNA STEIN AND HER aides named the ferry. “We waited,” said Stein.',
      'Mayor Anna Stein and her aides named the ferry. “We waited,” said Stein.',
    ],
    [
      'THE NATO SUMMIT ends today. At the summit, NATO says so.',
      'The NATO summit ends today. At the summit, NATO says so.',
    ],
    [
      'ПОСЁЛОК НА ОЗЕРЕ назвал паром. Праздник был на берегу, паром на озере.',
      'Посёлок на озере назвал паром. Праздник был на берегу, паром на озере.',
    ],
    [
      'DIE GEMEINDE AM SEE hat getauft. Die Leute der Gemeinde sind am See zu Hause.',
      'Die Gemeinde am See hat getauft. Die Leute der Gemeinde sind am See zu Hause.',
    ],
  ])('writes %s', (given, expected) => {
    expect(lowerCapitalLede([given, 'A second one.'], 'en')).toEqual([expected, 'A second one.']);
  });

  it('knows the letters of a language', () => {
    expect(lowerCapitalLede(['KIRMIZI İSKELE açıldı. Köyde kırmızı bir iskele var.'], 'tr')).toEqual([
      'Kırmızı iskele açıldı. Köyde kırmızı bir iskele var.',
    ]);
  });

  it.each([
    'NATO says no.',
    'US GDP grew by two per cent.',
    'A ferry sails.',
    'BREAKING NEWS',
    'WASHINGTON — The ferry sails.',
    '渡轮将于五月开始运营。',
  ])('leaves %s', (text) => {
    expect(lowerCapitalLede([text], 'en')).toEqual([text]);
  });

  it('is quick on a hostile text', () => {
    const text = `${'A'.repeat(100_000)} ${"B' ".repeat(100_000)}c`;
    expect(lowerCapitalLede([text], 'en')).toHaveLength(1);
    expect(lowerCapitalLede([], 'en')).toEqual([]);
  });
});
