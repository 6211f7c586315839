import { relatedLeads } from '../lexicon/leads.ts';
import { keyOf } from '../line.ts';
import { readerCues } from '../lexicon/notices.ts';
import { cueFinder, phraseSet } from '../phrase-set.ts';
import type { MarkedRule } from './rule.ts';

const leads = phraseSet(relatedLeads);
const speaksToReader = cueFinder(readerCues);
const LEAD_LABEL = /^[^\p{L}]{0,4}([^:：]{2,40})[:：|–]/u;
const POINTER_MARK = /^(?:[►▶▸»→➤➡☞◄]|>>)\s*\S/u;
const HEADLINE_MAX_WORDS = 30;
const PROMOTION_MAX_WORDS = 45;
const PICTOGRAM = /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F)/u;
/** "Also on example.org". */
const OTHER_SITE =
  /^(?:also on|more on|more at|read more at|mehr auf|auch auf|lire sur|más en|leia em) [\w-]+(?:\.[\w-]+)+$/iu;
/** A headline with what it leads to: "… [Video]". */
const MEDIUM_END =
  /[[(](?:videos?|vidéos?|audio|podcast|photos|fotos|galerie|gallery|видео|відео|фото)[\])]$/iu;

/** "More great stories", "More news from the lakes". */
const MORE_STORIES =
  /^more (?:[\p{L}\p{N}]+ ){0,4}(?:stories|news|articles|coverage|reads|headlines)(?: (?:from|in|on) .{1,40})?$/u;

/** A line that opens a list of other stories. */
export const isRelatedHeader = (key: string): boolean => leads.is(key) || MORE_STORIES.test(key);

export const relatedPointer: MarkedRule = (line) => {
  if (line.words > PROMOTION_MAX_WORDS) return undefined;
  if (PICTOGRAM.test(line.text) && speaksToReader(line.key))
    return { kind: 'related', reason: 'speaks to the reader behind a pictogram' };
  if (line.words > HEADLINE_MAX_WORDS) return undefined;
  if (!line.hasFinalStop && (OTHER_SITE.test(line.text) || MEDIUM_END.test(line.text)) && line.role !== 'row')
    return { kind: 'related', reason: 'names another site or medium' };
  if (isRelatedHeader(line.key)) return { kind: 'related', reason: 'opens a list of other stories' };
  const lead = leads.lead(line.key);
  if (lead) {
    const label = LEAD_LABEL.exec(line.text.slice(0, 60))?.[1];
    if (label !== undefined && keyOf(label) === lead)
      return { kind: 'related', reason: 'pointer to another story, with a colon' };
    // "Read more about it": an invitation of several words; one word alone may begin a sentence.
    if (lead.includes(' ') && (!line.hasFinalStop || line.words <= 10))
      return { kind: 'related', reason: 'pointer to another story' };
  }
  if (!line.hasFinalStop && POINTER_MARK.test(line.text))
    return { kind: 'related', reason: 'headline after an arrow' };
  if (line.linkShare > 0.75 && !line.hasFinalStop && line.role !== 'row')
    return { kind: 'related', reason: 'a line that is a link' };
  return undefined;
};
