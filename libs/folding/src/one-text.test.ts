import { describe, expect, it } from '@jest/globals';
import { compare, DEFAULT_THRESHOLDS } from './compare.ts';
import { fingerprintOf } from './fingerprint-of.ts';

const HOUR_MS = 3_600_000;
const title = 'Striking pilots ground Meridian Air for a third day';
const lead =
  'Meridian Air cancelled nearly all of its flights on Wednesday as pilots struck for a third day over plans to move their base from Oldenbrook to the new airport at Skarvik.';
const background = [
  'The airline wants all crews to report at Skarvik, an hour by train from the capital, from next spring. The union says its members would lose two hours a day, and asks for housing or for a fare.',
  'Talks broke down last week when the chairman, Anders Whitlock, called the demand a holiday at the expense of the passengers. The union walked out and called the first strike in the history of the company.',
];
const middle = [
  'Passengers slept on benches in the departure hall, where volunteers of the Red Cross handed out blankets and tea. Many had booked other carriers or taken the night ferry.',
  'The minister of labour, Birgit Holloway, offered to mediate and asked both sides to her office, but said that she would not force anybody to a table.',
  'Mechanics and cabin crews went to work as usual, though there was little for them to do but to sweep out empty aircraft and play cards.',
];
const ended = [
  'Flights will be back to normal by the weekend, after the two sides shook hands at dawn on a deal that leaves a third of the crews where they are.',
  'Birgit Holloway, who had locked the doors until four in the morning, appeared before cameras with the keys in her hand and said nobody had been hungry. Union members are to vote by post.',
  'Shares in the carrier rose at the opening. Analysts reckon the week has eaten up what was to be saved by the move, and wonder aloud how long Whitlock will stay.',
];
const textOf = (...parts: readonly (string | undefined)[]) => parts.join('\n\n');
const known = { title, body: textOf(lead, ...background, ...middle) };

const relationOf = (
  fresh: { readonly title: string; readonly body: string },
  afterHours: number,
  other = known,
) => {
  const [one, two] = [
    { ...fresh, publishedMs: afterHours * HOUR_MS },
    { ...other, publishedMs: 0 },
  ].map((text) => fingerprintOf({ language: 'en', ...text }).fingerprint);
  return compare(one!, two!, DEFAULT_THRESHOLDS)?.relation;
};
const isOneStory = (relation: string | undefined) => relation !== undefined && relation !== 'follow-up';

describe('half of a text that stands in another', () => {
  const sequel = textOf(...ended, background[0], background[1]);

  it('is the background of what goes on from it, where beginning and headline are others', () => {
    expect(isOneStory(relationOf({ title: 'Deal at dawn ends Meridian strike', body: sequel }, 6))).toBe(
      false,
    );
  });

  it('is what an update kept, where beginning or headline stay', () => {
    expect(isOneStory(relationOf({ title, body: sequel }, 6))).toBe(true);
    const begun = textOf(lead, ended[1], ...background);
    expect(isOneStory(relationOf({ title: 'Minister steps in', body: begun }, 6))).toBe(true);
  });

  it('makes an update within hours only: the day after it goes on', () => {
    expect(isOneStory(relationOf({ title, body: sequel }, 22))).toBe(false);
  });

  it('is one text the day after as well, where it begins with the same words', () => {
    const begun = textOf(lead, background[0], ended[1], ended[2]);
    expect(isOneStory(relationOf({ title: 'Minister steps in', body: begun }, 22))).toBe(true);
  });
});

describe('a brief that is a small part of a longer text', () => {
  const brief = { title, body: lead };
  const grown = textOf(lead, ...background, ...middle);

  it('has grown, where the headline has', () => {
    expect(isOneStory(relationOf({ title: 'Pilots ground Meridian Air again', body: grown }, 2, brief))).toBe(
      true,
    );
  });

  it('is in a round-up, where that has a headline of its own', () => {
    expect(isOneStory(relationOf({ title: 'The week in five short reads', body: grown }, 2, brief))).toBe(
      false,
    );
  });

  it('is what was cut from it, where it is the later one', () => {
    const later = { title: 'Chaos for passengers at Oldenbrook again', body: lead };
    expect(isOneStory(relationOf(later, 2, { title, body: grown }))).toBe(true);
  });
});
