import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { repositoryRoot } from '../shared/bench-engines.ts';

/** Where the measured data are: beside the project, as their licences forbid them in it. */
export const dataFolder = join(repositoryRoot, '../shared/data');
export const qualityFolder = join(dataFolder, 'quality');

/** A page, and its story as a person found it. */
export interface GoldPage {
  readonly id: string;
  /** aeb, fundus or wcxb. */
  readonly set: string;
  readonly lang: string;
  readonly url: string;
  readonly html: string;
  readonly gold: string;
}

/** A scraped text, and the same without its residue. */
export interface GoldText {
  readonly id: string;
  readonly lang: string;
  readonly title: string | null;
  readonly raw: string;
  readonly clean: string;
  readonly residues: readonly { readonly text: string; readonly type: string }[];
  /** Lines that look like residue and are text. */
  readonly keep?: readonly string[];
}

export const hasQualityData = (): boolean => existsSync(join(qualityFolder, 'extract.jsonl'));

function rows<Row>(name: string): Row[] {
  const text = readFileSync(join(qualityFolder, name), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
}

/** The pages without their HTML: `html` is the file that it is in. */
export const pageRows = (): GoldPage[] => rows('extract.jsonl');
export const readPage = (row: GoldPage): GoldPage => ({
  ...row,
  html: gunzipSync(readFileSync(join(qualityFolder, row.html))).toString('utf8'),
});
export const goldPages = (): GoldPage[] => pageRows().map(readPage);

export const madeTexts = (): GoldText[] => rows('residue.jsonl');
export const naturalTexts = (): GoldText[] => rows('residue-natural.jsonl');

/** Sentences by ISO 639-1 code, from FLORES-200 dev. */
export function sentencesByLanguage(): Map<string, string[]> {
  const sentences = new Map<string, string[]>();
  for (const language of ['ar', 'de', 'es', 'fr', 'ru', 'uk', 'vi', 'zh', 'en']) {
    const folder = language === 'en' ? 'de-en' : `${language}-en`;
    const text = readFileSync(join(dataFolder, 'translation', folder, `flores-dev.${language}`), 'utf8');
    sentences.set(language, text.split('\n').filter(Boolean));
  }
  return sentences;
}
