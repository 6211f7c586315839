/** Texts of one article, to be translated into English. */
export interface TranslationRequest {
  /** Title and paragraphs; none is blank. */
  readonly texts: readonly string[];
  /** BCP 47 tag of their language. */
  readonly from: string;
  readonly to: 'en';
}

/** Translations, one for each text of the request and in its order. */
export interface TranslationResponse {
  readonly texts: readonly string[];
  /** Which of the engine's models did it. */
  readonly model?: string;
  /** Version of the engine or the model, where it tells one. */
  readonly version?: string;
}

/** Whether an engine reads a language; and why not, in a few words for the article's record. */
export type Capability =
  | { readonly supported: true }
  | { readonly supported: false; readonly reason: string };

/** Port: a machine translation engine. */
export interface TranslationEngine {
  /** As it is recorded in a translation's provenance. */
  readonly name: string;
  /**
   * @param language BCP 47 tag
   * @throws Outage when the engine can't be asked
   */
  readonly capability: (language: string, signal: AbortSignal) => Promise<Capability>;
  /**
   * @throws Outage when the engine is down, overloaded, too slow or refuses our credentials
   * @throws TextRefused when it refuses these very texts
   */
  readonly translate: (request: TranslationRequest, signal: AbortSignal) => Promise<TranslationResponse>;
}

/** The engine works but will not translate this text: trying again would not help, and the article goes on without. */
export class TextRefused extends Error {
  override readonly name = 'TextRefused';
}
