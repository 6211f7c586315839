import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createPackageGazetteer } from '../../adapters/package-gazetteer.ts';
import type { Gazetteer, Place } from './place-names.ts';
import { createPlaceRecogniser } from './place-recogniser.ts';

// The real gazetteer of the packages: what is right in it is what counts.
const recogniser = createPlaceRecogniser(createPackageGazetteer({ cityMinPopulation: 15_000 }), 500);
const context = { signal: new AbortController().signal, checkpoint: () => Promise.resolve() };

async function places(language: string, body: string, from = recogniser) {
  const entities = await from.recognise({ body, language }, context);
  return entities.map(({ text, name, country }) =>
    text === name ? `${text} ${country}` : `${text} = ${name} ${country}`,
  );
}

describe('places', () => {
  it.each([
    [
      'de',
      'Russlands Präsident sprach in Berlin über Nordkorea und Großbritannien.',
      [
        'Russlands = Russia RU',
        'Berlin DE',
        'Nordkorea = North Korea KP',
        'Großbritannien = United Kingdom GB',
      ],
    ],
    [
      'en',
      "Turkey's president flew from New York to São Paulo, then to the U.S. and the US.",
      [
        'Turkey = Türkiye TR',
        'New York = New York City US',
        'São Paulo BR',
        'U.S. = United States US',
        'US = United States US',
      ],
    ],
    [
      'en',
      'The Democratic Republic of the Congo and Bosnia and Herzegovina',
      ['Democratic Republic of the Congo = DR Congo CD', 'Bosnia and Herzegovina BA'],
    ],
    ['fr', "La France et l'Ukraine à Lyon.", ['France FR', 'Ukraine UA', 'Lyon FR']],
    [
      'es',
      'El presidente de Corea del Norte viajó a Madrid.',
      ['Corea del Norte = North Korea KP', 'Madrid ES'],
    ],
    [
      'ru',
      'Президент России в Северной Корее, Китае и США.',
      ['России = Russia RU', 'Северной Корее = North Korea KP', 'Китае = China CN', 'США = United States US'],
    ],
    ['uk', 'У Росії та Німеччині', ['Росії = Russia RU', 'Німеччині = Germany DE']],
    ['zh', '俄罗斯和印度尼西亚', ['俄罗斯 = Russia RU', '印度尼西亚 = Indonesia ID']],
    ['zh-TW', '俄羅斯', ['俄羅斯 = Russia RU']],
    ['ja', 'ロシアと北朝鮮', ['ロシア = Russia RU', '北朝鮮 = North Korea KP']],
    ['ko', '러시아는 북한과', ['러시아 = Russia RU', '북한 = North Korea KP']],
    ['ar', 'قال روسيا', ['روسيا = Russia RU']],
    ['sv', 'Sveriges regering i Stockholm', ['Sveriges = Sweden SE', 'Stockholm SE']],
    ['und', 'Berlin', ['Berlin DE']],
  ])('reads %s: %s', async (language, body, expected) =>
    expect(await places(language, body)).toEqual(expected),
  );

  it('gives id, coordinates and country', async () => {
    const body = 'Sie lebt in Berlin, Deutschland.';
    expect(await recogniser.recognise({ body, language: 'de' }, context)).toEqual([
      {
        type: 'place',
        text: 'Berlin',
        start: 12,
        end: 18,
        id: 'geonames:2950159',
        name: 'Berlin',
        country: 'DE',
        location: { lat: expect.closeTo(52.52, 1), lon: expect.closeTo(13.41, 1) },
      },
      expect.objectContaining({ id: 'iso3166:DE', name: 'Germany' }),
    ]);
  });

  it.each([
    ['en', 'Then Jack London wrote to Paris Hilton and Michael Jordan.'],
    ['en', 'He said us, and reading is nice. Reading helps. Mobile phones.'],
    ['de', 'Er kam zum Essen, und die Lage war gut; im Norden gab es Regen.'],
    ['de', 'Die Halle im Hof, der Singen wollte.'],
    ['en', 'the berlin of old'],
    ['fr', 'Il portait des lunettes de marque et une lens.'],
  ])('finds no place in %s: %s', async (language, body) => expect(await places(language, body)).toEqual([]));

  it('takes the biggest namesake, unless a country decides', async () => {
    expect(await places('en', 'They met in Birmingham.')).toEqual(['Birmingham GB']);
    const alabama = await places('en', 'The United States trial was held in Birmingham.');
    expect(alabama).toEqual(['United States US', 'Birmingham US']);
    expect(await places('en', 'A trial in the United States. He flew to Valencia, Venezuela.')).toContain(
      'Valencia VE',
    );
    // Paris, Texas, is too small to be meant without a word of Texas.
    expect(await places('en', 'The United States president spoke in Paris.')).toContain('Paris FR');
  });

  it('believes a smaller city once the article places something there', async () => {
    expect(await places('de', 'Essen ist schön.\n\nSie wohnt in Fürth. Die Stadt Fürth wächst.')).toContain(
      'Fürth DE',
    );
    expect(await places('de', 'Die Stadt, Fürth genannt, wächst.')).toEqual([]);
  });

  it('reads headlines in capitals', async () => {
    expect(await places('en', 'MOSCOW: GERMANY WARNS')).toEqual([
      'MOSCOW = Moscow RU',
      'GERMANY = Germany DE',
    ]);
  });

  it('stops at its limit', async () => {
    const few = createPlaceRecogniser(createPackageGazetteer({ cityMinPopulation: 1_000_000 }), 3);
    expect(await places('en', 'in Berlin, '.repeat(50), few)).toHaveLength(3);
  });

  it('asks the gazetteer for each language once', async () => {
    const place: Place = {
      kind: 'country',
      id: 'iso3166:XX',
      name: 'X',
      country: 'XX',
      location: { lat: 0, lon: 0 },
      population: 0,
    };
    const asked: string[] = [];
    const gazetteer: Gazetteer = {
      cities: () => [],
      namesIn: (language) => {
        asked.push(language);
        return [{ name: 'Atlantis', place }];
      },
    };
    const counting = createPlaceRecogniser(gazetteer, 10);
    for (const language of ['de', 'fr', 'de'])
      expect(await places(language, 'Atlantis', counting)).toHaveLength(1);
    expect(asked).toEqual(['de', 'fr']);
  });

  it('has offsets that fit, whatever the text', async () => {
    const pieces = [
      'Berlin',
      'in ',
      'New ',
      'York',
      ' City',
      'U.S.',
      'U',
      '.',
      '-',
      "'s",
      '\n\n',
      '北朝鮮',
      'ロシア',
      'Россия',
      '😀',
      'é',
      ', ',
      'Germany',
      ' ',
    ];
    const body = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom('de', 'en', 'ru', 'ja'), async (text, language) => {
        let end = 0;
        for (const entity of await recogniser.recognise({ body: text, language }, context)) {
          expect(text.slice(entity.start, entity.end)).toBe(entity.text);
          end = Math.max(end, entity.end);
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 200 },
    );
  });
});
