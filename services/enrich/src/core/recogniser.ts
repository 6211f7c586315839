import type { Entity } from '@wirefold/contracts';

/** What a recogniser sees of an article. */
export interface Document {
  /** Plain text, Unicode NFC, paragraphs separated by empty lines. Offsets of entities are into it. */
  readonly body: string;
  /** BCP 47 tag, or `und`. */
  readonly language: string;
  /** ISO 8601 with zone: what relative dates refer to. */
  readonly publishedAt?: string;
}

export interface RecogniserContext {
  /** Aborted when the article is over its time or no longer wanted. */
  readonly signal: AbortSignal;
  /**
   * Lets other work go on. To be awaited every few milliseconds of computing.
   * @throws the signal's reason when it is aborted
   */
  readonly checkpoint: () => Promise<void>;
}

/** Port: finds mentions of some types of entity, in the language of the original. */
export interface Recogniser {
  readonly name: string;
  /**
   * Mentions in any order; they may overlap. `body.slice(start, end) === text` for each.
   * A language that it doesn't read yields none.
   * @throws Outage when what it depends on is down
   */
  readonly recognise: (document: Document, context: RecogniserContext) => Entity[] | Promise<Entity[]>;
}
