import {
  cleanedArticle,
  parseMessage,
  translatedArticle,
  type Contract,
  type Parsed,
  type StageName,
  type TranslatedArticle,
} from '@wirefold/contracts';
import { cleaningEnvironment, createCleanStage } from '@wirefold/clean';
import { createEnrichStage, enrichEnvironment } from '@wirefold/enrich';
import { accept, decideVersion, incomingContract, prepare, type Incoming } from '@wirefold/ingest';
import {
  asError,
  parseEnvironment,
  systemClock,
  type Clock,
  type Delivery,
  type Environment,
  type Stage,
} from '@wirefold/pipeline';
import { createTranslateStage, translateEnvironment } from '@wirefold/translate';
import { z } from 'zod';

/** Stages that can be tried without Kafka. */
export const tryable = ['clean', 'translate', 'enrich'] as const satisfies readonly StageName[];
export type Tryable = (typeof tryable)[number];

/** A stage that takes lines: for each JSON line its output, or `{"error": …}`. */
export interface TriedStage {
  readonly run: (lines: readonly string[]) => Promise<object[]>;
  readonly close: () => Promise<void>;
}

/** What could not be done with a line. */
export interface LineError {
  readonly error: string;
}

export const isLineError = (output: object): output is LineError => Object.keys(output).join() === 'error';

/**
 * Makes a stage as its service does, configured by the environment.
 *
 * @throws ConfigurationError
 */
export function createTriedStage(name: Tryable, environment: Environment): TriedStage {
  switch (name) {
    case 'clean':
      return tried(
        // A line of a file must not end otherwise because of those before it: nothing is learned.
        createCleanStage(parseEnvironment(cleaningEnvironment, environment), { clock: systemClock }),
        readScraped,
      );
    case 'translate':
      return tried(
        createTranslateStage(parseEnvironment(translateEnvironment, environment), { clock: systemClock }),
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

interface Assembled<Input> {
  readonly stage: Stage<Input, object>;
  readonly close: () => Promise<void>;
}

function tried<Input>(
  { stage, close }: Assembled<Input>,
  read: (line: string, clock: Clock) => Input,
): TriedStage {
  return {
    close,
    run: async (lines) => {
      const outputs: object[] = [];
      const deliveries: Delivery<Input>[] = [];
      const places: number[] = [];
      lines.forEach((line, index) => {
        try {
          const article = read(line, systemClock);
          // A key of its own: lines are independent of each other, even with one uri.
          deliveries.push({
            article,
            key: String(index),
            origin: `line/${index}`,
            timestampMs: systemClock.nowMs(),
          });
          places.push(index);
        } catch (error) {
          outputs[index] = { error: asError(error).message };
        }
      });
      const results = await stage.handle(deliveries, { signal: new AbortController().signal });
      results.forEach((result, index) => {
        outputs[places[index] as number] = outputOf(result);
      });
      return outputs;
    },
  };
}

type Result = Awaited<ReturnType<Stage<never, object>['handle']>>[number];

function outputOf(result: Result): object {
  switch (result.kind) {
    case 'pass':
      return result.output;
    case 'reject':
      return { error: `${result.reason}: ${result.error}` };
    case 'outage':
      return { error: `${result.outage.dependency} is down: ${result.outage.message}` };
    case 'unexpected':
      return { error: `${result.error.name}: ${result.error.message}` };
    default:
      return { error: `ended as ${result.kind}` };
  }
}

/** A scraped message as ingest hands it to clean. */
function readScraped(line: string, clock: Clock): ReturnType<typeof accept> {
  const article: Incoming = valueOf<Incoming>(incomingContract, line);
  const prepared = prepare({ article, key: article.uri, origin: 'line', timestampMs: clock.nowMs() });
  const decision = decideVersion(undefined, prepared.candidate);
  if (decision.kind !== 'newer') throw new Error(`ended as ${decision.kind}`);
  return accept(prepared, decision.next);
}

function valueOf<Value>(contract: Contract<Value>, line: string): Value {
  const parsed: Parsed<Value> = parseMessage(contract, Buffer.from(line));
  if ('problem' in parsed) throw new Error(`${parsed.problem.reason}: ${parsed.problem.message}`);
  return parsed.value;
}
