import type { Clock, Dependency } from '@wirefold/pipeline';
import { assembleTexts, planRequests } from '../core/request-plan.ts';
import type { TranslationEngine } from '../core/translation-engine.ts';
import { TextRefused } from '../core/translation-engine.ts';
import type { ApertiumClient } from './apertium-client.ts';
import { lookUpTag, pairsIntoEnglish } from './apertium-languages.ts';

export interface ApertiumOptions {
  /** Text of one request, in UTF-16 units. */
  readonly maxRequestCharacters: number;
  /** How long the list of languages is believed, in milliseconds. */
  readonly languagesTtlMs: number;
}

const SEPARATOR = '\n\n';
const noPair = (language: string) => `Apertium has no pair from ${language} into English`;

/** Translation by an Apertium-APy server: rule-based, for the pairs that are installed there. */
export function createApertium(
  client: ApertiumClient,
  clock: Clock,
  options: ApertiumOptions,
): { readonly engine: TranslationEngine; readonly dependency: Dependency } {
  let known: { readonly until: number; readonly pairs: ReadonlyMap<string, string> } | undefined;
  const pairs = async (signal: AbortSignal) => {
    if (known === undefined || clock.nowMs() >= known.until) {
      const listed = pairsIntoEnglish(await client.listPairs(signal));
      known = { until: clock.nowMs() + options.languagesTtlMs, pairs: listed };
    }
    return known.pairs;
  };

  const engine: TranslationEngine = {
    name: 'apertium',
    capability: async (language, signal) =>
      lookUpTag(await pairs(signal), language) === undefined
        ? { supported: false, reason: noPair(language) }
        : { supported: true },
    translate: async ({ texts, from }, signal) => {
      const pair = lookUpTag(await pairs(signal), from);
      if (pair === undefined) throw new TextRefused(noPair(from));
      const requests = planRequests(texts, options.maxRequestCharacters, SEPARATOR.length);
      const translations: string[][] = [];
      try {
        for (const pieces of requests) {
          const sources = pieces.map((piece) => plainParagraph(piece.text));
          translations.push(await translatePieces(client, sources, pair, signal));
        }
      } catch (thrown) {
        // Perhaps the pair was taken away: ask again for the next article.
        if (thrown instanceof TextRefused) known = undefined;
        throw thrown;
      }
      return { texts: assembleTexts(texts.length, requests, translations), model: pair.replace('|', '-') };
    },
  };
  const check = async () => {
    await client.listPairs(new AbortController().signal);
  };
  return { engine, dependency: { name: 'apertium', check } };
}

/** One request for several paragraphs; one for each where the answer has another number of them. */
async function translatePieces(
  client: ApertiumClient,
  sources: readonly string[],
  pair: string,
  signal: AbortSignal,
): Promise<string[]> {
  const together = (await client.translate(sources.join(SEPARATOR), pair, signal)).trim();
  const [only] = sources;
  if (sources.length === 1 && only !== undefined) return [withoutMarks(only, together)];
  const parts = together.split(/\n\s*\n/u);
  if (parts.length === sources.length)
    return parts.map((part, position) => withoutMarks(sources[position] ?? '', part));
  const alone: string[] = [];
  for (const source of sources)
    alone.push(withoutMarks(source, await client.translate(source, pair, signal)));
  return alone;
}

/** Without what would end APy's stream (NUL) or read as a boundary between paragraphs. */
function plainParagraph(text: string): string {
  return text.replaceAll('\0', '').replace(/\n\s*\n/gu, '\n');
}

/**
 * `markUnknown=no` takes Apertium's `*` away, not the `@` and `#` that it puts before words it could not transfer or
 * inflect. Where the original has such a sign of its own, they are left.
 */
function withoutMarks(source: string, translation: string): string {
  return ['@', '#'].reduce(
    (text, mark) =>
      source.includes(mark)
        ? text
        : text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${mark}(?=\\p{L})`, 'gu'), ''),
    translation,
  );
}
