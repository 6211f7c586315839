import { documentId } from '@wirefold/contracts';
import type { Foldable } from '@wirefold/folding';
import { seededRandom, type Random } from '../shared/random.ts';

/** What became of a story on its way into another outlet. */
type Edit = (story: Story, made: Maker) => Story;

interface Story {
  readonly language: Language;
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** Articles one after the other, the same in every run with one seed. */
export interface BenchStories {
  readonly next: () => Foldable;
}

export interface BenchStoriesOptions {
  readonly seed: number;
  /** Begins each uri. */
  readonly name: string;
  /** Share of articles that are copies, edits or updates of one of the latest, 0 to 1. */
  readonly copies: number;
}

const LANGUAGES = ['en', 'de', 'es', 'fr'] as const;
type Language = (typeof LANGUAGES)[number];
/** Of how many of the latest stories copies are made. */
const LATEST = 2000;
const [LEAST_WORDS, MOST_WORDS] = [150, 450];

/**
 * News-like texts of made-up words: 150 to 450 words, of a vocabulary in which a word is the rarer the further down it stands (Zipf), with a
 * cast of names, places, countries, figures and dates for each story, as no two stories of the wires have one wording, and many one name.
 */
export function benchStories({ seed, name, copies }: BenchStoriesOptions): BenchStories {
  const random = seededRandom(seed);
  const latest: Story[] = [];
  let count = 0;
  const makers = new Map(LANGUAGES.map((language) => [language, makerOf(language, random)]));
  return {
    next: () => {
      const basis =
        random.next() < copies && latest.length > 0 ? latest[random.below(latest.length)] : undefined;
      const made = makers.get(basis?.language ?? random.pick(LANGUAGES))!;
      const story = basis === undefined ? made.story() : random.pick(EDITS)(basis, made);
      if (latest.length < LATEST) latest.push(story);
      else latest[count % LATEST] = story;
      count += 1;
      const uri = `https://bench.example/${name}/${count}`;
      return {
        id: documentId(uri),
        uri,
        language: story.language,
        title: story.title,
        body: story.paragraphs.join('\n\n'),
        publishedMs: count * 1000,
      };
    },
  };
}

const EDITS: readonly Edit[] = [
  // A copy under another headline.
  (story, made) => ({ ...story, title: made.title() }),
  // The tail is cut.
  (story) => ({ ...story, paragraphs: story.paragraphs.slice(0, Math.max(2, story.paragraphs.length - 2)) }),
  // A paragraph of the outlet's own.
  (story, made) => ({
    ...story,
    paragraphs: [...story.paragraphs.slice(0, 2), made.paragraph(), ...story.paragraphs.slice(2)],
  }),
  // An update: other figures.
  (story, made) => ({
    ...story,
    paragraphs: story.paragraphs.map((text, at) =>
      at === 0 ? text.replaceAll(/\d+/g, () => made.figure()) : text,
    ),
  }),
];

interface Maker {
  readonly story: () => Story;
  readonly title: () => string;
  readonly paragraph: () => string;
  readonly figure: () => string;
}

const VOCABULARY = 20_000;
const LAST_NAMES = 20_000;
const FIRST_NAMES = 1500;
const PLACES = 4000;
const COUNTRIES =
  'US CN RU DE FR GB UA IN JP IR IL BR TR ES IT PL KR MX CA AU SA EG ZA NG PK ID AR NL SE CH GR VN TH PH CO CL PE KE ET MA DZ'.split(
    ' ',
  );
const ENDINGS: Readonly<Record<Language, readonly string[]>> = {
  en: ['', 's', 'ed', 'ing', 'er', 'ly', 'tion'],
  de: ['', 'en', 'er', 'e', 'ung', 'lich', 't'],
  es: ['o', 'a', 'os', 'as', 'ar', 'ción', 'ó'],
  fr: ['', 'e', 'es', 'er', 'tion', 'ment', 'é'],
};
const ONSETS = 'b c d f g h k l m n p r s t v w z br tr st pl gr kl sch ch sp fr'.split(' ');
const VOWELS = 'a e i o u a e i o ei au ie ou ai'.split(' ');
const CODAS = ['', '', '', 'n', 'r', 's', 'l', 't', 'm', 'nd', 'rk', 'st'];

function makerOf(language: Language, random: Random): Maker {
  const syllable = () => random.pick(ONSETS) + random.pick(VOWELS) + random.pick(CODAS);
  const wordOf = (most: number) => Array.from({ length: 1 + random.below(most) }, syllable).join('');
  const listOf = (length: number, make: (at: number) => string) =>
    Array.from({ length }, (_, at) => make(at));
  // Frequent words are short.
  const words = listOf(VOCABULARY, (at) =>
    at < 150 ? syllable().slice(0, 4) : wordOf(3) + random.pick(ENDINGS[language]),
  );
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  const lastNames = listOf(LAST_NAMES, () => capital(syllable() + syllable()));
  const firstNames = listOf(FIRST_NAMES, () => capital(wordOf(2)));
  const places = listOf(PLACES, () => capital(wordOf(3)));
  const display = new Intl.DisplayNames([language], { type: 'region' });
  const countries = COUNTRIES.map((code) => display.of(code) ?? code);
  const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const dates = listOf(365, (day) => format.format(Date.UTC(2026, 0, 1 + day)));
  // Rank r about as often as 1/r.
  const seldom = (list: readonly string[]) => list[Math.floor(list.length ** random.next()) - 1] ?? list[0]!;

  const figure = () => {
    const kind = random.below(6);
    if (kind === 0) return String(2015 + random.below(12));
    if (kind <= 2) return String(2 + random.below(98));
    if (kind === 3) return `${random.below(100)}${language === 'en' ? '.' : ','}${random.below(10)}`;
    return String(100 + Math.floor(10 ** (1 + 5 * random.next())));
  };
  const newCast = (): string[] => {
    const person = () => `${seldom(firstNames)} ${seldom(lastNames)}`;
    return [
      ...listOf(2 + random.below(4), person),
      ...listOf(1 + random.below(3), () => seldom(places)),
      ...listOf(1 + random.below(2), () => seldom(countries)),
    ];
  };
  let cast = newCast();
  const token = () => {
    const kind = random.next();
    if (kind < 0.045) return random.pick(cast);
    if (kind < 0.06) return seldom(lastNames);
    if (kind < 0.085) return figure();
    if (kind < 0.093) return random.pick(dates);
    return seldom(words);
  };
  const sentence = () => capital(`${listOf(9 + random.below(18), token).join(' ')}.`);
  const paragraph = () => listOf(2 + random.below(2), sentence).join(' ');
  const title = () => capital(listOf(6 + random.below(5), token).join(' '));
  return {
    title,
    paragraph,
    figure,
    story: () => {
      cast = newCast();
      const wanted = LEAST_WORDS + random.below(MOST_WORDS - LEAST_WORDS);
      const paragraphs: string[] = [];
      for (let length = 0; length < wanted; ) {
        const next = paragraph();
        paragraphs.push(next);
        length += next.split(' ').length;
      }
      return { language, title: title(), paragraphs };
    },
  };
}
