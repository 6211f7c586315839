import {
  advertLabels,
  commentLabels,
  followLeads,
  likedLeads,
  navigationLabels,
  networks,
  shareLabels,
} from '../lexicon/furniture.ts';
import { readerCues } from '../lexicon/notices.ts';
import { withoutNumbers } from '../line.ts';
import { cueFinder, phraseSet } from '../phrase-set.ts';
import type { MarkedRule, PlacedRule } from './rule.ts';

const adverts = phraseSet(advertLabels);
const comments = phraseSet(commentLabels);
const shares = phraseSet(shareLabels);
const navigation = phraseSet(navigationLabels);

const follows = phraseSet(followLeads);
const liked = phraseSet(likedLeads);
const speaksToReader = cueFinder(readerCues);

const LABEL_MAX_WORDS = 8;
const INVITATION_MAX_WORDS = 32;

export const advert: MarkedRule = (line) => {
  if (line.words > LABEL_MAX_WORDS) return undefined;
  const label = withoutNumbers(line.key);
  if (adverts.is(label)) return { kind: 'advert', reason: 'label of an advert' };
  const lead = adverts.lead(label);
  // "Advert – continue below": the label, then a dash or bar, and no sentence.
  if (lead && !line.hasFinalStop && /^[^\p{L}]*[\p{L} ]{2,24}\s*[-–—|:]\s/u.test(line.text.slice(0, 40)))
    return { kind: 'advert', reason: 'label of an advert before a dash' };
  return undefined;
};

export const commentCounter: PlacedRule = (line, zone) => {
  if (line.words > LABEL_MAX_WORDS) return undefined;
  const label = withoutNumbers(line.key);
  const counted = label !== line.key;
  if (comments.is(label) && (counted || zone !== 'middle' || label.includes(' ')))
    return { kind: 'comments', reason: 'label of the comments' };
  if (zone === 'tail' && /^[\p{L}\p{M} ]{2,30} ?\(\d{1,6}\)$/u.test(line.text))
    return { kind: 'comments', reason: 'label with a counter after the last sentence' };
  return undefined;
};

/** A line made up of networks' names and the words for sharing. */
export const shareBar: PlacedRule = (line, zone) => {
  if (line.words > 30 || line.hasFinalStop) return undefined;
  const label = withoutNumbers(line.key);
  if (shares.is(label) && (zone !== 'middle' || line.words <= 3))
    return { kind: 'share', reason: 'label of sharing' };
  const words = label.split(' ');
  const known = words.filter((word) => networks.has(word) || shares.is(word)).length;
  if (known >= 2 && known >= words.length * 0.6) return { kind: 'share', reason: 'names of networks' };
  const lead = shares.lead(label);
  const rest = lead === undefined ? [] : label.slice(lead.length).split(' ').filter(Boolean);
  if (lead && rest.length > 0 && rest.length <= 6 && rest.some((word) => networks.has(word)))
    return { kind: 'share', reason: 'label of sharing with a network' };
  return undefined;
};

/** "Follow us on …": sentences, too. */
export const followInvitation: MarkedRule = (line) => {
  if (line.words > INVITATION_MAX_WORDS || line.role === 'row') return undefined;
  const words = line.key.split(' ');
  const named = words.filter((word) => networks.has(word) && word.length > 3).length;
  if (follows.lead(line.key) !== undefined && (named >= 2 || (named === 1 && speaksToReader(line.key))))
    return { kind: 'share', reason: 'invites to follow on a network' };
  if (line.words <= LABEL_MAX_WORDS * 2 && liked.lead(line.key) !== undefined)
    return { kind: 'share', reason: 'invites to share' };
  return undefined;
};

export const navigationLabel: PlacedRule = (line, zone) => {
  if (line.words > LABEL_MAX_WORDS || line.hasFinalStop) return undefined;
  if (navigation.is(line.key) && (zone !== 'middle' || line.key.includes(' ')))
    return { kind: 'navigation', reason: 'label of navigation' };
  const crumbs = line.text.split(/\s*[›»>→]\s*/).filter(Boolean);
  if (zone !== 'middle' && crumbs.length >= 3 && crumbs.every((crumb) => crumb.length <= 30))
    return { kind: 'navigation', reason: 'path of sections' };
  return undefined;
};

/** A line that is an address and nothing else, or a bracketed mark. */
export const bareAddress: MarkedRule = (line) => {
  if (line.text.length > 300) return undefined;
  if (/^(?:https?:\/\/|www\.)\S+$/.test(line.text)) return { kind: 'other', reason: 'a bare address' };
  if (/^\[\/?\p{L}[\p{L}\p{N}_-]{1,30}\]$/u.test(line.text) && /[_\d]/.test(line.text))
    return { kind: 'other', reason: 'a mark in brackets' };
  return undefined;
};
