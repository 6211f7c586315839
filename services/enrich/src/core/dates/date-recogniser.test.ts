import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createDateRecogniser } from './date-recogniser.ts';
import { mergeMentions } from '../merge-mentions.ts';

const recogniser = createDateRecogniser(100);
const context = { signal: new AbortController().signal, checkpoint: () => Promise.resolve() };
/** A Wednesday. */
const PUBLISHED = '2023-09-13T12:00:00Z';

async function dates(language: string, body: string, publishedAt: string | undefined = PUBLISHED) {
  const document = { body, language, ...(publishedAt === '' ? {} : { publishedAt }) };
  const mentions = await recogniser.recognise(document, context);
  return mergeMentions(body, [{ recogniser: 'dates', mentions }], 100).map(
    ({ text, value }) => `${text} = ${value}`,
  );
}

describe('dates', () => {
  it.each([
    ['de', 'Am 12. September kam er an.', ['12. September = 2023-09-12']],
    [
      'de',
      'Im September 2023 und am 5. Mai 2021 um 14:30 Uhr.',
      ['September 2023 = 2023-09', '5. Mai 2021 um 14:30 Uhr = 2021-05-05T14:30'],
    ],
    [
      'de',
      'Gestern, vor drei Tagen und letztes Jahr.',
      ['Gestern = 2023-09-12', 'vor drei Tagen = 2023-09-10', 'letztes Jahr = 2022'],
    ],
    ['en', 'On 12 September he came.', ['12 September = 2023-09-12']],
    [
      'en',
      'In March 2020, on May 5, 2021, and last month.',
      ['March 2020 = 2020-03', 'May 5, 2021 = 2021-05-05', 'last month = 2023-08'],
    ],
    ['en', 'At 2020-03-04T10:00:00Z.', ['2020-03-04T10:00:00Z = 2020-03-04T10:00:00Z']],
    [
      'fr',
      'Le 12 septembre, en mars 2021 et le 1er mai 2020 à 14h30.',
      ['12 septembre = 2023-09-12', 'mars 2021 = 2021-03', '1er mai 2020 à 14h30 = 2020-05-01T14:30'],
    ],
    [
      'es',
      'El 12 de septiembre, en marzo de 2021, ayer.',
      ['12 de septiembre = 2023-09-12', 'marzo de 2021 = 2021-03', 'ayer = 2023-09-12'],
    ],
    [
      'ru',
      '12 сентября, в сентябре 2022 года, вчера.',
      ['12 сентября = 2023-09-12', 'сентябре 2022 года = 2022-09', 'вчера = 2023-09-12'],
    ],
    ['uk', 'У вересні 2022 року.', ['вересні 2022 року = 2022-09']],
    ['zh', '他于9月12日抵达,2023年9月访问。', ['9月12日 = 2023-09-12', '2023年9月 = 2023-09']],
    ['ja', '2023年9月12日に', ['2023年9月12日 = 2023-09-12']],
    ['vi', 'Ngày 12 tháng 9', ['Ngày 12 tháng 9 = 2023-09-12']],
    ['pt', 'em março de 2021', ['março de 2021 = 2021-03']],
    ['pl', 'Dnia 13 września 2023 roku.', ['13 września 2023 = 2023-09-13']],
    ['tr', '13 Eylül 2023 günü', ['13 Eylül 2023 = 2023-09-13']],
  ])('reads %s: %s', async (language, body, expected) => {
    expect(await dates(language, body)).toEqual(expected);
  });

  it('finds a weekday near the day of publication', async () => {
    expect(await dates('de', 'Er traf sie am Montag.')).toEqual(['Montag = 2023-09-11']);
  });

  it("knows today by the publisher's zone", async () => {
    expect(await dates('en', 'today', '2023-09-13T23:30:00-05:00')).toEqual(['today = 2023-09-13']);
    expect(await dates('en', 'today', '2023-09-14T04:30:00Z')).toEqual(['today = 2023-09-14']);
  });

  it('takes only absolute dates where the day of publication is unknown', async () => {
    const body = 'Gestern, am 12. September, am Montag und am 5. Mai 2021 und im Juni 2020.';
    expect(await dates('de', body, '')).toEqual(['5. Mai 2021 = 2021-05-05', 'Juni 2020 = 2020-06']);
  });

  it('says only the year where day and month can be mistaken', async () => {
    expect(await dates('en', 'on 3/4/2020')).toEqual(['3/4/2020 = 2020']);
    expect(await dates('en-GB', 'on 3/4/2020')).toEqual(['3/4/2020 = 2020-04-03']);
    expect(await dates('en-US', 'on 3/4/2020')).toEqual(['3/4/2020 = 2020-03-04']);
    expect(await dates('en', 'on 3/14/2020')).toEqual(['3/14/2020 = 2020-03-14']);
  });

  it('gives the end of a range', async () => {
    const body = 'from September 3 to 5, 2024';
    const mentions = await recogniser.recognise({ body, language: 'en', publishedAt: PUBLISHED }, context);
    expect(mentions).toContainEqual(expect.objectContaining({ value: '2024-09-03', valueEnd: '2024-09-05' }));
  });

  it.each([
    ['en', 'He may march; the sun sat. 2000 soldiers, 2.5 million, a 10-11 win, at 3 pm, now, in 5 minutes.'],
    ['en', 'It took the last 5 years, and March was cold. A second wave, 300 m.'],
    ['de', 'So sagte er am Morgen: 3,5 Prozent, 25 Verletzte, um 15 Uhr, jetzt. Die letzten drei Jahre.'],
    ['fr', 'La mer, le mars de la ville, 3,5 %, mar sam.'],
    ['es', 'Por la mañana, ahora, el mar.'],
    ['pt', 'A segunda vez, a quinta parte.'],
    ['zh', '下午3点,三千人'],
    ['xx', '13 foo 2020'],
    ['und', '1 2 3'],
  ])('finds no date in %s: %s', async (language, body) => {
    expect(await dates(language, body)).toEqual([]);
  });

  it('keeps the next number of the sentence out', async () => {
    expect(await dates('de', 'Stand 12.5.2020 3 Personen')).toEqual(['12.5.2020 = 2020-05-12']);
  });

  it('stops at its limit', async () => {
    const body = 'Am 5. Mai 2021. '.repeat(500);
    expect(await createDateRecogniser(7).recognise({ body, language: 'de' }, context)).toHaveLength(7);
  });

  it('has offsets that fit, whatever the text', async () => {
    const pieces = [
      'am ',
      '13. ',
      'September ',
      '2023',
      ' heute',
      ', ',
      '\n\n',
      '14:30 ',
      'Uhr ',
      '12.5.2020',
      ' May',
      '9月13日',
      '😀',
      ' ',
    ];
    const body = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom('de', 'en', 'fr', 'zh', 'pl'), async (text, language) => {
        for (const entity of await recogniser.recognise(
          { body: text, language, publishedAt: PUBLISHED },
          context,
        )) {
          expect(text.slice(entity.start, entity.end)).toBe(entity.text);
          expect(entity.text.trim()).toBe(entity.text);
          expect(entity.value).toMatch(/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?$/u);
        }
      }),
      { numRuns: 200 },
    );
  });
});
