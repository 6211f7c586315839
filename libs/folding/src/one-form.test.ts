import { describe, expect, it } from '@jest/globals';
import { compare, DEFAULT_THRESHOLDS } from './compare.ts';
import { fingerprintOf } from './fingerprint-of.ts';

const HOUR_MS = 3_600_000;
const printOf = (title: string, body: string, publishedMs = 0) =>
  fingerprintOf({ language: 'en', title, body, publishedMs }).fingerprint;
const relationOf = (
  [title, body]: readonly [string, string],
  known: readonly [string, string],
  afterMs = HOUR_MS,
) => compare(printOf(title, body, afterMs), printOf(...known), DEFAULT_THRESHOLDS)?.relation;

/** Nearly all of it is the same every day, and most figures are. */
const slide = (day: string, valley: string, level: number, above: number, fresh: number) =>
  `The avalanche office has issued its bulletin for ${valley}, valid on ${day} until 18:00. The danger is at level ${level} of 5 above ${above} metres, and lower below. Wind slabs in gullies and behind ridges can be released by a single skier, above all on shaded slopes. ${fresh} centimetres of snow fell near ${valley} in the night, on a weak old layer that has not settled. Small slides of loose snow are to be expected where the sun reaches steep meadows. Slopes below the tree line are mostly safe, as the snow there is thin and bound by grass and bushes. Rain is not expected before the weekend. Whoever hears a dull noise under the skis should turn back at once. Tours ask for a careful choice of route and 30 metres between skiers. The next bulletin follows at 17:00.`;

const reopening = (library: string, head: string) =>
  `The branch library in ${library} opens its doors again on Saturday after a summer of building work. Readers will find wider aisles, a corner for children with cushions and a coffee machine, and a lift to the upper floor. Borrowed volumes can be returned through a hatch beside the entrance at any hour. Head librarian ${head} thanks all neighbours for their patience with the noise and dust. Children under twelve may bring a favourite stuffed animal, which stays overnight among the picture stories and is fetched in the morning. Admission to everything is free.`;

const fire = (dead: number, hurt: number) =>
  `At least ${dead} people died and ${hurt} were injured when fire swept through a garment factory in the port of Calderon on Monday, Governor Luisa Marchetti said. The blaze broke out on the second floor, where rolls of cloth were stored, and spread within minutes. Most victims were seamstresses of the Ferrando company who had found the rear stairs locked. Firemen from Santa Rita and Puerto Velez brought it under control by noon.`;
const headline = 'Fire kills seamstresses in Calderon factory';

describe('one form is filled in twice', () => {
  const known = ['Avalanche bulletin', slide('March 3', 'Val Torrent', 4, 2200, 35)] as const;

  it('where few figures are other ones, and the names and dates with them', () => {
    const nextDay = slide('March 4', 'Val Torrent', 3, 2400, 12);
    const nextValley = slide('March 3', 'Upper Marn', 3, 2000, 20);
    expect(relationOf(['Avalanche bulletin', nextDay], known, 24 * HOUR_MS)).toBeUndefined();
    expect(relationOf(['Avalanche bulletin', nextValley], known, 0)).toBeUndefined();
  });

  it('but not where one of them is cut', () => {
    const cut = known[1].split('. ').slice(0, 4).join('. ');
    expect(relationOf(['Wind slabs above 2,200 metres', cut], known)).toBe('local-edit');
  });

  it('where a short notice is of another place, without a figure', () => {
    const mine = reopening('Great Dunsford', 'Ruth Pemberton');
    const other = reopening('Nether Wallingham', 'Jonas Abernathy');
    expect(relationOf(['Library opens again', other], ['Library opens again', mine])).toBeUndefined();
    expect(relationOf(['Library', mine.toUpperCase()], ['Library', mine])).toBe('copy');
  });

  it('but not where only the figures have changed: a toll rises', () => {
    expect(relationOf([headline, fire(9, 31)], [headline, fire(7, 24)])).toBe('update');
  });

  it('but not where it says that it is an update', () => {
    const nextDay = slide('March 4', 'Val Torrent', 3, 2400, 12);
    const updated = ['UPDATE 1-Avalanche bulletin', nextDay] as const;
    expect(relationOf(updated, known)).toBe('update');
    expect(relationOf(known, updated, -HOUR_MS)).toBeDefined();
    expect(relationOf(known, updated, 24 * HOUR_MS)).toBeUndefined();
  });

  it('where half of the text is the same, and most names and figures are others', () => {
    const rating = (name: string, place: string, [mark, share, debt, year]: readonly number[]) =>
      `Ledger Ratings has confirmed the long-term mark of ${name} at ${mark}, with a stable outlook, it said on Friday. The mark rests on a sound market position in ${place} and on earnings that vary little. Some ${share} percent of its sales come from contracts of several years. Net debt fell to ${debt} million crowns by the end of ${year}, and the owners have held back from large purchases since. The agency expects that margins stay where they are, as costs of material have come down. It may lower the mark should the debt rise again, and sees no cause to raise it soon.`;
    const quarry = `${rating('Steinbruch Odermark', 'the Elm valley', [62, 34, 118, 2024])} Its quarries at Vorfeld and Hasel sell chippings to road builders. A new crusher, ordered from Brandt & Sohn, is to start in spring, and replaces two older ones that have often stood still. The mayor of Vorfeld, Ilse Kramm, wants the lorries to go round her town, which would make each load dearer.`;
    const ferry = `${rating('Reederei Sundal', 'the Skarv islands', [71, 57, 240, 2023])} Its ships carry most of what the islanders eat. Two of them are to be rebuilt for batteries at the yard of Torvik, while a third goes to a museum. Islanders have asked the minister Per Aune for lower fares in winter, when few others travel; talks are to begin after the holidays.`;
    expect(
      relationOf(['Ledger confirms Sundal', ferry], ['Ledger confirms Odermark', quarry], 0),
    ).toBeUndefined();
  });

  const rates = (day: string, gold: number, silver: number, dollar: number) =>
    `Prices on the gold market of Calderon on ${day}: an ounce of gold cost ${gold} crowns, an ounce of silver ${silver} crowns. The dollar stood at ${dollar} crowns in the bureaus of the old town, where trade was thin ahead of the holiday. Dealers said that buyers wait for the central bank.`;

  it('where most figures are other ones, but not where it says that it is an update, of the same day', () => {
    const morning = ['Gold and currencies', rates('Monday', 4120, 51, 9.31)] as const;
    const evening = rates('Monday', 4188, 53, 9.27);
    expect(relationOf(['Gold and currencies', evening], morning, 9 * HOUR_MS)).toBeUndefined();
    const updated = ['UPDATE 1-Gold and currencies', evening] as const;
    expect(relationOf(updated, morning, 9 * HOUR_MS)).toBe('update');
    expect(relationOf(updated, morning, 20 * HOUR_MS)).toBeUndefined();
    expect(relationOf(morning, updated, 20 * HOUR_MS)).toBeUndefined();
  });
});
