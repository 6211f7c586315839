import { cleanedArticle, translatedArticle, type TranslatedArticle } from '@wirefold/contracts';
import { cleaningEnvironment, createCleanStage } from '@wirefold/clean';
import { createEnrichStage, enrichEnvironment } from '@wirefold/enrich';
import { accept, decideVersion, incomingContract, prepare, type Incoming } from '@wirefold/ingest';
import { parseEnvironment, systemClock, type Clock } from '@wirefold/pipeline';
import { explainCleaned } from './explain-cleaned.ts';
import { tried, valueOf, type TriedStage, type TryOptions } from './tried-stage.ts';
import { createTriedFolding } from './try-fold.ts';
import { createTranslateStage, translatingEnvironment } from '@wirefold/translate';
import { z } from 'zod';

/** What can be tried without Kafka: stages, and folding, which is clean's last part. */
export const tryable = ['clean', 'fold', 'translate', 'enrich'] as const;
export type Tryable = (typeof tryable)[number];

/**
 * Makes a stage as its service does, configured by the environment.
 *
 * @throws ConfigurationError
 */
export async function createTriedStage(name: Tryable, options: TryOptions): Promise<TriedStage> {
  const { environment } = options;
  switch (name) {
    case 'fold':
      return createTriedFolding(options);
    case 'clean':
      return {
        ...tried(
          // A line of a file must not end otherwise because of those before it: nothing is learned.
          createCleanStage(parseEnvironment(cleaningEnvironment, environment), { clock: systemClock }),
          readScraped,
        ),
        explain: (output) => explainCleaned(cleanedArticle.parse(output)),
      };
    case 'translate':
      return tried(
        createTranslateStage(parseEnvironment(translatingEnvironment, environment), { clock: systemClock }),
        (line) => valueOf(cleanedArticle, line),
      );
    case 'enrich':
      return tried(
        createEnrichStage(parseEnvironment(enrichEnvironment, environment), { clock: systemClock }),
        readTranslated,
      );
  }
}

/** Enrich works on the original: a cleaned article that was never translated will do. */
function readTranslated(line: string): TranslatedArticle {
  const json = valueOf(z.looseObject({}), line);
  if ('translation' in json) return valueOf(translatedArticle, line);
  const translation = {
    status: 'untranslated',
    reason: 'enrich was tried on a cleaned article',
    language: 'en',
  } as const;
  return { ...valueOf(cleanedArticle, line), translation };
}

/** A scraped message as ingest hands it to clean. */
function readScraped(line: string, clock: Clock): ReturnType<typeof accept> {
  const article: Incoming = valueOf<Incoming>(incomingContract, line);
  const prepared = prepare({ article, key: article.uri, origin: 'line', timestampMs: clock.nowMs() });
  const decision = decideVersion(undefined, prepared.candidate);
  if (decision.kind !== 'newer') throw new Error(`ended as ${decision.kind}`);
  return accept(prepared, decision.next);
}
