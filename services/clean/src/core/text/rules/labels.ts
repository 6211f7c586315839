import { isRelativeTime, readDate } from '../dates.ts';
import { readingTimeLabels, tagLeads, timeLeads } from '../lexicon/leads.ts';
import { keyOf, withoutNumbers, type ShapedLine } from '../line.ts';
import { phraseSet } from '../phrase-set.ts';
import type { PlacedRule } from './rule.ts';

const tags = phraseSet(tagLeads);
const times = phraseSet(timeLeads);
const readingTimes = phraseSet(readingTimeLabels);
/** A label, figures and a word for minutes. */
const READING_TIME_MAX_WORDS = 6;

const TAG_MAX_CHARACTERS = 300;

export const timestamp: PlacedRule = (line, zone) => {
  if (isReadingTime(line)) return { kind: 'timestamp', reason: 'the time that reading takes' };
  if (line.words > 16 || line.text.length > 120 || line.role === 'row') return undefined;
  const lead = times.lead(line.key);
  if (zone === 'middle' && !lead) return undefined;
  if (isRelativeTime(line.text)) return { kind: 'timestamp', reason: 'time passed since' };
  const { hasDate, hasClock, rest } = readDate(line.text);
  if (!hasDate && !hasClock) return undefined;
  const labels = lead ? lead.split(' ') : [];
  const others = rest.filter((word) => !labels.includes(word)).length;
  if (lead && others <= 4) return { kind: 'timestamp', reason: 'label and date' };
  if (zone !== 'middle' && others <= (hasDate && hasClock ? 2 : 0))
    return { kind: 'timestamp', reason: 'a date alone, outside of the story' };
  return undefined;
};

function isReadingTime({ words, key }: ShapedLine): boolean {
  if (words > READING_TIME_MAX_WORDS || !/\p{N}/u.test(key)) return false;
  return readingTimes.lead(withoutNumbers(key)) !== undefined;
}

/** Place and date alone, as a telegram begins. */
export const dateline: PlacedRule = (line, zone) => {
  if (zone !== 'head' || line.words > 8 || line.hasFinalStop) return undefined;
  const { hasDate, rest } = readDate(line.text.slice(0, 100));
  if (hasDate && rest.length >= 1 && rest.length <= 3 && /^\p{Lu}/u.test(line.text))
    return { kind: 'dateline', reason: 'place and date before the story' };
  return undefined;
};

export const tagList: PlacedRule = (line, zone) => {
  if (line.text.length > TAG_MAX_CHARACTERS || line.hasFinalStop) return undefined;
  if (tags.is(line.key) && zone !== 'middle') return { kind: 'tags', reason: 'label of tags' };
  const label = /^([^:：]{2,40})[:：]/u.exec(line.text)?.[1];
  if (label !== undefined && tags.is(keyOf(label)))
    return { kind: 'tags', reason: 'label of tags with a colon' };
  const words = line.text.split(/\s+/);
  if (words.length >= 2 && words.every((word) => /^#[\p{L}\p{N}_]+[,;]?$/u.test(word)))
    return { kind: 'tags', reason: 'a row of hashtags' };
  if (zone === 'middle' || zone === 'deck' || line.role === 'row') return undefined;
  const items = line.text.split(/\s*[,،、|•·;/]\s*/u).filter(Boolean);
  const short = items.every((item) => item.length <= 32 && item.split(' ').length <= 3);
  if (items.length >= 3 && short && !readDate(line.text.slice(0, 100)).hasDate)
    return { kind: 'tags', reason: 'a row of short names, outside of the story' };
  return undefined;
};
