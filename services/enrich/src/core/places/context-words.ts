import { languageOf } from '../language-tags.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Prepositions that mostly stand before places when a name follows. */
const LOCATIVE: Readonly<Record<string, ReadonlySet<string>>> = {
  cs: words('v ve z ze do od u'),
  da: words('i fra til ved på'),
  de: words('in aus nach bei von um ab bis nahe über'),
  en: words('in from to at near around outside into toward towards via'),
  es: words('en a de desde hacia hasta'),
  fr: words('à de d en dans vers depuis pour'),
  id: words('di ke dari'),
  it: words('a ad in da di verso'),
  nb: words('i fra til ved på'),
  nl: words('in uit naar bij te'),
  pl: words('w we z ze do od'),
  pt: words('em de para desde até'),
  ro: words('în din la spre'),
  ru: words('в во из до от под к ко'),
  sv: words('i från till av på'),
  uk: words('в у з із до від під'),
  vi: words('ở tại từ đến'),
};

/** Articles, pronouns and prepositions with an article in them: before a word that is no city (“zum Essen”, “the Reading”). */
const DETERMINERS: Readonly<Record<string, ReadonlySet<string>>> = {
  da: words('en et den det de'),
  de: words(
    'der die das des dem den ein eine einer eines einem einen kein keine zum zur beim im am vom ins ans dieser diese ' +
      'dieses diesem diesen jeder jede jedes mein meine sein seine seiner ihr ihre ihrer',
  ),
  en: words('the a an this that these those his her its their my our your every each some any no'),
  es: words('el la los las un una unos unas del al este esta su sus'),
  fr: words('le la les l un une des du au aux ce cet cette ces son sa ses leur'),
  it: words('il lo la gli i le un uno una del dello della dei nel nella al alla'),
  nl: words('de het een zijn haar'),
  pt: words('o a os as um uma do da no na dos das ao à'),
  sv: words('en ett den det de'),
};

/** Languages that write every noun with a capital: one says nothing about a name there. */
const NOUN_CAPITALS = new Set(['de', 'lb']);
/** Languages that join an article or preposition by an apostrophe: d’Alger, l’Aquila. */
const ELISION = new Set(['ca', 'fr', 'it', 'oc']);

/** What the words around a name tell about it, in one language. */
export interface ContextWords {
  readonly isLocative: (key: string) => boolean;
  readonly isDeterminer: (key: string) => boolean;
  readonly hasNounCapitals: boolean;
  readonly hasElision: boolean;
}

export function contextWords(tag: string): ContextWords {
  const language = languageOf(tag) === 'no' ? 'nb' : languageOf(tag);
  return {
    isLocative: (key) => LOCATIVE[language]?.has(key) ?? false,
    isDeterminer: (key) => DETERMINERS[language]?.has(key) ?? false,
    hasNounCapitals: NOUN_CAPITALS.has(language),
    hasElision: ELISION.has(language),
  };
}
