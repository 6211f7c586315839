import { type TranslationEngine, TextRefused } from '../core/translation-engine.ts';

const REASON = 'no translation engine is configured';

/** The engine of an installation without one: every article stays untranslated, and says so. */
export const noEngine: TranslationEngine = {
  name: 'none',
  capability: () => Promise.resolve({ supported: false, reason: REASON }),
  translate: () => Promise.reject(new TextRefused(REASON)),
};
