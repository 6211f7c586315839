import { pageLimits } from '@wirefold/contracts';
import { keyOf } from '../text/line.ts';
import { bylineLeads, deskLabels } from '../text/lexicon/leads.ts';
import { isAgency, isNameLike } from '../text/names.ts';
import { phraseSet } from '../text/phrase-set.ts';
import { wordList } from '../word-list.ts';
import { bareText } from './metadata-text.ts';
import { words } from './metadata-values.ts';

const RAW_MAX_CHARACTERS = 600;
const NAME_MAX_CHARACTERS = 120;
const NAME_MAX_WORDS = 9;
const BYLINE_MAX_CHARACTERS = 120;
const UNCASED_MAX_CHARACTERS = 20;

const leads = phraseSet(bylineLeads);
const noNames = phraseSet(
  deskLabels,
  wordList(`
  admin, administrator, administrador, webmaster, editor, editors, the editors, editorial, editorial team,
  editorial board, author, guest, guest author, anonymous, contributor, contributors, super user, wordpress,
  news service, agencies, wire, wire reports, wire services, press release, redakteur, redaktor, agenturen,
  redacción web, agencias, agences, админ, администратор, 編集部, 管理者, 小编, 管理员, 佚名, 관리자, محرر, admin admin,
`),
);
/** Who is called so is named by an office: "Political Editor", "Korrespondentin in Rom". */
const ROLE =
  /(?:^|[\s-])(?:\p{L}*(?:redakteur|korrespondent|reporter|journalist|redaktion|volontär)(?:in|innen|en|s)?|editors?|correspondents?|writers?|staff|columnist|analyst|producers?|contributors?|photographers?|fotograf(?:in)?|bureau|desk|news|press|newspaper|times|post|director|chief|professor|author|special to|for|redactora?|corresponsal|periodista|enviad[oa]|especial|correspondante?|envoyée?|rédact(?:eur|rice)|giornalista|inviat[oa]|корреспондент|редактор|обозреватель|журналист|специально|обозревателя?|кореспондент|مراسل|محرر|صحفي)(?=$|[\s.,])/iu;
const ADDRESS = /\S*@\S+|\b(?:https?:\/\/|www\.)\S*/gi;
const BRACKETS = /\s*[([（【［][^)\]）】］]{0,200}[)\]）】］]\s*/gu;
const EDGES = /^[\s,;:：|/／·•–—-]+|[\s,;:：|/／·•–—-]+$/gu;
/** A title of a trade after a name, or before it, where names are written without spaces. */
const EASTERN_ROLE =
  /^(?:记者|記者|作者|特派員|文|撰文)[\s/：:／]+|\s*(?:기자|特派員|記者|记者|논설위원|특파원)$/u;
const BREAK = /\s*[;|；、，،•]\s*|\s+[-–—]\s+|\s*[/／]\s*/u;
const AND = /\s+(?:and|und|et|y|e|и|та|i|en|og|och|ve|ja|a|و|with|mit)\s+|\s*&\s*/iu;

/** Names of people and agencies alone, of what a page gives as its authors. @param sites names of the publication, which is no author */
export function readAuthors(raw: readonly string[], sites: readonly string[]): string[] {
  const found = new Map<string, string>();
  const publications = new Set(sites.map(bareText));
  for (const one of raw.slice(0, pageLimits.authors * 2)) {
    for (const name of namesIn(one)) {
      const key = bareText(name);
      if (!publications.has(key) && !found.has(key)) found.set(key, name);
      if (found.size === pageLimits.authors) return [...found.values()];
    }
  }
  return [...found.values()];
}

/** Names in the first line that has nothing else, of what looks like authors' lines on a page. */
export function readBylines(lines: readonly string[], sites: readonly string[]): string[] | undefined {
  for (const line of lines) {
    if (line.length > BYLINE_MAX_CHARACTERS) continue;
    const names = readAuthors([line], sites);
    if (names.length > 0 && names.every(isPlainName)) return names;
  }
  return undefined;
}

function isPlainName(name: string): boolean {
  if (!/[\p{Lu}\p{Ll}]/u.test(name)) return name.length <= UNCASED_MAX_CHARACTERS;
  return (
    isNameLike(name) && name.split(' ').length <= 4 && !ROLE.test(name) && !/^(?:the|about) /i.test(name)
  );
}

function namesIn(raw: string): string[] {
  const line = words(raw.slice(0, RAW_MAX_CHARACTERS * 2), RAW_MAX_CHARACTERS);
  if (!line) return [];
  // Feeds write "jane@paper.example (Jane Doe)".
  const inFeed = /^\S+@\S+\s*\(([^()]{2,80})\)$/.exec(line)?.[1];
  const text = withoutLead((inFeed ?? line).replace(ADDRESS, ' ').replace(BRACKETS, ' ').replace(EDGES, ''));
  const [head = '', ...others] = text.split(BREAK).flatMap(splitAtCommas).flatMap(splitAtAnd);
  const kept = [head, ...others.filter(isAnother)].map((name) =>
    withoutLead(name).replace(EASTERN_ROLE, '').replace(EDGES, '').replace(/\s+/g, ' ').trim(),
  );
  return kept.filter(isName);
}

/** "Doe, Jane" is one name, and so is "Jane Doe, Jr."; other commas part names, or a name from its office. */
function splitAtCommas(text: string): string[] {
  const parts = text.split(/\s*,\s*/).filter(Boolean);
  const [last = '', first = ''] = parts;
  const isOneWord = (part: string) => /^\p{Lu}[\p{L}\p{M}'’-]+$/u.test(part);
  const isReversed =
    parts.length === 2 &&
    isOneWord(last) &&
    /^\p{Lu}[\p{L}\p{M}'’-]+(?: \p{Lu}[\p{L}\p{M}'’-]*\.?)?$/u.test(first) &&
    ![last, first].some((part) => isAgency(part) || ROLE.test(part));
  return isReversed ? [`${first} ${last}`] : parts;
}

/** Both sides of "and" must be whole names: José Ortega y Gasset is one person. */
function splitAtAnd(text: string): string[] {
  const parts = text.split(AND);
  return parts.every((part) => part.includes(' ') || isAgency(part)) ? parts : [text];
}

/** What comes after a name is another one, and not an office or a place. */
function isAnother(text: string): boolean {
  if (isAgency(text)) return true;
  if (ROLE.test(text)) return false;
  // Without capitals a name can't be told from an office: lists of such scripts are of names.
  return isNameLike(text) || !/[\p{Lu}\p{Ll}]/u.test(text);
}

function withoutLead(text: string): string {
  const lead = leads.lead(keyOf(text.slice(0, 80)));
  if (lead === undefined) return text;
  const colon = /^[^:：]{1,40}[:：]\s*(.+)$/u.exec(text)?.[1];
  if (colon && keyOf(text.slice(0, text.length - colon.length)) === lead) return colon;
  const rest = text.slice(lead.length);
  const name = rest.trim();
  // "Von Anna Vogt" has a word for authors before it, "Von der Leyen" and "Di Maria" have none.
  const isCased = /^\p{Lu}/u.test(name);
  if (!/^[\s/／]/u.test(rest) || (isCased && lead !== 'by' && !/^\S+\s+\S/.test(name))) return text;
  return isCased || !/[\p{Lu}\p{Ll}]/u.test(name) || lead === 'by' ? name : text;
}

function isName(text: string): boolean {
  if (text.length < 2 || text.length > NAME_MAX_CHARACTERS || text.split(' ').length > NAME_MAX_WORDS)
    return false;
  if (!/\p{L}{2}/u.test(text) || /\p{N}{2}/u.test(text) || text.includes('…')) return false;
  // "kevin-r" is a name to log in with; another source may have his own.
  if (/^[a-z\d._-]+$/.test(text) && !isAgency(text)) return false;
  return (
    !noNames.is(keyOf(text)) &&
    !/ (?:staff|editorial team)$/i.test(text) &&
    !/\.(?:com|net|org|ru|de|co)\b/i.test(text)
  );
}
