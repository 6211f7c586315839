import type { Entity } from '@wirefold/contracts';
import type { Chrono, ParsedResult, ParsingReference } from 'chrono-node';
import { type Block, blocksOf } from '../blocks.ts';
import { createBoundedCache } from '../bounded-cache.ts';
import { languageOf } from '../language-tags.ts';
import type { Document, Recogniser, RecogniserContext } from '../recogniser.ts';
import { chronoParser, hasKnownDayOrder } from './chrono-parsers.ts';
import { hasClockTime, isDateMention, leadLength } from './date-guards.ts';
import { dateValue } from './date-value.ts';
import { monthPattern } from './month-pattern.ts';

/** chrono's time grows with the square of a hostile text: it sees one block at a time, 10 ms at worst. */
const BLOCK_CHARACTERS = 1_000;
/** The longest text that is read for dates: far longer than an article, and 2 s at worst. */
const MAX_CHARACTERS = 100_000;
const BLOCKS_BETWEEN_CHECKPOINTS = 8;
const LANGUAGES_REMEMBERED = 64;

interface DateMention {
  readonly start: number;
  readonly text: string;
  readonly value: string;
  readonly valueEnd?: string;
}

/** Two times that share no part: what is the same seen from both is absolute. */
const UNKNOWN_TIMES: readonly ParsingReference[] = [
  { instant: new Date('2001-02-03T12:00:00Z'), timezone: 0 },
  { instant: new Date('2019-10-24T12:00:00Z'), timezone: 0 },
];

/**
 * Dates in words and numbers, resolved against publishedAt: by chrono-node in the languages that it reads, and months with
 * a year in any language of CLDR. Without publishedAt only dates that don't need it.
 *
 * @param maxMentions in one article; the rest of its text is not looked at, nor is what is behind its first
 *   100,000 characters
 */
export function createDateRecogniser(maxMentions: number): Recogniser {
  const patternOf = createBoundedCache(LANGUAGES_REMEMBERED, monthPattern);

  return {
    name: 'dates',
    recognise: async (document: Document, { checkpoint }: RecogniserContext) => {
      const chrono = chronoParser(document.language);
      const language = languageOf(document.language);
      const findMonths = patternOf(language);
      const entities: Entity[] = [];
      let blocks = 0;
      for (const block of blocksOf(document.body, BLOCK_CHARACTERS)) {
        if (block.start >= MAX_CHARACTERS) break;
        blocks += 1;
        if (blocks % BLOCKS_BETWEEN_CHECKPOINTS === 0) await checkpoint();
        if (chrono !== undefined)
          entities.push(
            ...relativeToDocument(chrono, block, document).map((mention) => entityOf(block, mention)),
          );
        for (const { start, end, value } of findMonths?.(block.text) ?? [])
          entities.push(entityOf(block, { start, text: block.text.slice(start, end), value }));
        if (entities.length >= maxMentions) break;
      }
      return entities.slice(0, maxMentions);
    },
  };
}

function entityOf(block: Block, { start, text, value, valueEnd }: DateMention): Entity {
  const first = block.start + start;
  const range = valueEnd === undefined ? {} : { valueEnd };
  return { type: 'date', text, start: first, end: first + text.length, value, ...range };
}

function relativeToDocument(
  chrono: Chrono,
  block: Block,
  { publishedAt, language }: Document,
): DateMention[] {
  if (publishedAt !== undefined) return mentionsSeenFrom(referenceOf(publishedAt), chrono, block, language);
  const [once = [], again = []] = UNKNOWN_TIMES.map((time) =>
    mentionsSeenFrom(time, chrono, block, language),
  );
  const keyOf = (mention: DateMention) => JSON.stringify(mention);
  const same = new Set(again.map(keyOf));
  return once.filter((mention) => same.has(keyOf(mention)));
}

/** The instant with the zone of the publisher, where it is given: its “today” is that of the text. */
function referenceOf(publishedAt: string): ParsingReference {
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)$/u.exec(publishedAt) ?? [];
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1);
  return { instant: new Date(publishedAt), timezone: offset };
}

function mentionsSeenFrom(time: ParsingReference, chrono: Chrono, block: Block, tag: string): DateMention[] {
  const language = languageOf(tag);
  return chrono.parse(block.text, time).flatMap((result) => {
    const mention = trim(result, language);
    if (!isDateMention(mention.text, result.start, language)) return [];
    const knownOrder = hasKnownDayOrder(tag);
    const value = dateValue(mention.text, result.start, mention.withTime, knownOrder);
    if (value === undefined) return [];
    const valueEnd = result.end && dateValue(mention.text, result.end, mention.withTime, knownOrder);
    return [
      {
        start: mention.start,
        text: mention.text,
        value,
        ...(valueEnd === undefined || valueEnd <= value ? {} : { valueEnd }),
      },
    ];
  });
}

/** Without white space, punctuation, prepositions and numbers that chrono took along. */
function trim(result: ParsedResult, language: string): { start: number; text: string; withTime: boolean } {
  const leading = /^[\s\p{P}]*/u.exec(result.text)?.[0].length ?? 0;
  let text = result.text.slice(leading).replace(/[\s,;:、，。·]+$/u, '');
  const withTime = hasClockTime(text, result.start);
  // “12.5.2020 3.5 Prozent”: the next number was taken for the hour.
  if (result.start.isCertain('hour') && !withTime)
    text = text.replace(/(?<=[^\d\s,][\s,]+|\d{4}\s)\d{1,2}$/u, '').replace(/[\s,]+$/u, '');
  const isRelative = result.tags().has('result/relativeDate');
  const lead = leadLength(text, result.start, isRelative, (word) => monthsAndWeekdays(language).has(word));
  return { start: result.index + leading + lead, text: text.slice(lead), withTime };
}

/** Short names of months and weekdays, which look like prepositions: “May 5”, “Sat 13 September”. */
const monthsAndWeekdays = createBoundedCache(LANGUAGES_REMEMBERED, (language): ReadonlySet<string> => {
  const dates = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2000, month, month + 1)));
  const texts = (['short', 'long'] as const).flatMap((width) => {
    const format = new Intl.DateTimeFormat(language, { month: width, weekday: width, timeZone: 'UTC' });
    return dates.map((date) => format.format(date).toLowerCase());
  });
  return new Set(texts.flatMap((text) => text.match(/\p{L}+/gu) ?? []));
});
