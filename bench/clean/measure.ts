import { createClean, eldDetection } from '@wirefold/clean';
import { progress } from '../shared/terminal.ts';
import { articleOf } from '../../tests/articles.ts';
import { measureLanguages, type LanguageFigures } from './languages.ts';
import { goldPages, madeTexts, naturalTexts, type GoldPage, type GoldText } from './quality-data.ts';
import {
  loadScorers,
  pairedDifference,
  scoreResidue,
  type ResidueScore,
  type Score,
  type ShingleMatch,
} from './scores.ts';
import { measureSpeed, type Speed } from './speed.ts';
import { runTrafilatura, TRAFILATURA_VERSION } from './trafilatura.ts';

export interface MeasureOptions {
  /** Rows with an odd (1) or even (2) place only; all where undefined. */
  readonly part: number | undefined;
  readonly withPeer: boolean;
}

export interface PageFigures {
  readonly id: string;
  readonly set: string;
  readonly lang: string;
  readonly url: string;
  readonly f1: number;
  readonly precision: number;
  readonly recall: number;
  readonly peerF1?: number;
}

export interface Peer {
  readonly name: string;
  readonly speed: Speed;
  readonly bySet: Readonly<Record<string, Score>>;
  /** Of AEB and fundus, pooled: our F1 minus the peer's, 95 % interval. */
  readonly difference: readonly [low: number, high: number];
}

export interface CleanReport {
  readonly part: number | undefined;
  readonly speed: Speed;
  readonly bySet: Readonly<Record<string, Score & { readonly pages: number; readonly below30: number }>>;
  readonly peer?: Peer;
  readonly made: ResidueScore;
  readonly natural: ResidueScore;
  readonly languages: LanguageFigures;
  readonly pages: readonly PageFigures[];
}

const POOLED = new Set(['aeb', 'fundus']);
const clean = createClean(eldDetection);

function bodyOf(fields: Parameters<typeof articleOf>[0]): string {
  const result = clean(articleOf(fields));
  return result.kind === 'pass' ? result.output.body : '';
}

const bodyOfPage = ({ html, url }: GoldPage) => bodyOf({ content: html, contentType: 'text/html', url });
const bodyOfText = ({ raw, title }: GoldText) =>
  bodyOf({ content: raw, contentType: 'text/plain', ...(title === null ? {} : { title }) });

/** Measures everything, in this process and its one thread. */
export async function measureClean({ part, withPeer }: MeasureOptions): Promise<CleanReport> {
  const scorers = await loadScorers();
  const half = <Row>(rows: readonly Row[]) =>
    rows.filter((_, index) => part === undefined || index % 2 === part - 1);
  const pages = half(goldPages());

  progress(`${pages.length} pages`);
  const bodies = pages.map(bodyOfPage);
  progress('speed');
  const speed = await measureSpeed(part);
  const matches = pages.map(({ gold }, index) => scorers.shingleMatch(gold, bodies[index] ?? ''));

  const scored = <Match>(matched: readonly Match[], set: string) =>
    matched.filter((_, index) => pages[index]?.set === set);
  const sets = [...new Set(pages.map(({ set }) => set))];
  const scoreOf = (match: ShingleMatch) => scorers.aggregate([match]);
  const bySet = Object.fromEntries(
    sets.map((set) => {
      const own = scored(matches, set);
      const below30 = own.filter((match) => scoreOf(match).f1 < 0.3).length;
      return [set, { ...scorers.aggregate(own), pages: own.length, below30 }];
    }),
  );

  let peer: Peer | undefined;
  let peerMatches: readonly ShingleMatch[] | undefined;
  if (withPeer) {
    progress('trafilatura');
    const { version, modes } = await runTrafilatura(pages);
    const isPooled = (_: unknown, index: number) => POOLED.has(pages[index]?.set ?? '');
    const [best] = Object.entries(modes)
      .map(([name, mode]) => {
        const matched = pages.map(({ id, gold }) => scorers.shingleMatch(gold, mode.texts[id] ?? ''));
        return { name, speed: mode.speed, matched, f1: scorers.aggregate(matched.filter(isPooled)).f1 };
      })
      .toSorted((one, other) => other.f1 - one.f1);
    if (best === undefined) throw new Error(`trafilatura ${TRAFILATURA_VERSION} has no mode`);
    peerMatches = best.matched;
    peer = {
      name: `trafilatura ${version}, ${best.name}`,
      speed: best.speed,
      bySet: Object.fromEntries(sets.map((set) => [set, scorers.aggregate(scored(best.matched, set))])),
      difference: pairedDifference(scorers, matches.filter(isPooled), best.matched.filter(isPooled)),
    };
  }

  progress('residue');
  const made = scoreResidue(scorers, half(madeTexts()), bodyOfText);
  const natural = scoreResidue(scorers, half(naturalTexts()), bodyOfText);
  progress('languages');
  const languages = measureLanguages(clean);
  return {
    part,
    speed,
    bySet,
    ...(peer === undefined ? {} : { peer }),
    made,
    natural,
    languages,
    pages: pages
      .map(({ id, set, lang, url }, index) => {
        const { f1, precision, recall } = scoreOf(matches[index] as ShingleMatch);
        const peerMatch = peerMatches?.[index];
        const peerF1 = peerMatch === undefined ? {} : { peerF1: scoreOf(peerMatch).f1 };
        return { id, set, lang, url, f1, precision, recall, ...peerF1 };
      })
      .toSorted((one, other) => one.f1 - other.f1),
  };
}
