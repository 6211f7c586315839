import type { CleanedArticle, TranslatedArticle, Translation } from '@wirefold/contracts';
import { type ArticleFunction, type Clock, pass } from '@wirefold/pipeline';
import { joinParagraphs, splitParagraphs } from './paragraphs.ts';
import { TextRefused, type TranslationEngine } from './translation-engine.ts';

export interface TranslateDeps {
  readonly engine: TranslationEngine;
  readonly clock: Clock;
  /** Title and body longer than this many UTF-16 units stay untranslated. */
  readonly maxCharacters: number;
}

/**
 * The translate stage: adds the story in English beside the original, paragraph for paragraph, or says why there is none.
 * The stage function passes every article on; it throws what {@link TranslationEngine} throws as Outage.
 */
export function createTranslate(deps: TranslateDeps): ArticleFunction<CleanedArticle, TranslatedArticle> {
  return async function translate(article, { signal }) {
    return pass({ ...article, translation: await translationOf(article, deps, signal) });
  };
}

async function translationOf(
  article: CleanedArticle,
  deps: TranslateDeps,
  signal: AbortSignal,
): Promise<Translation> {
  const language = article.language.tag;
  if (article.pubStatus !== 'usable') return untranslated(`the article is ${article.pubStatus}`);
  if (/^en(-|$)/iu.test(language)) return { status: 'not-needed', language: 'en' };
  // Its text is translated once, with the article that it copies.
  if (article.story?.covered === true) return untranslated(`a copy of ${article.story.of}`);
  const paragraphs = splitParagraphs(article.body);
  if (paragraphs.length === 0) return untranslated('the article has no text');
  if (language === 'und') return untranslated('the language of the article is unknown');
  const characters = article.title.length + article.body.length;
  if (characters > deps.maxCharacters)
    return untranslated(
      `${characters} characters are more than the ${deps.maxCharacters} that are translated`,
    );

  const capability = await deps.engine.capability(language, signal);
  if (!capability.supported) return untranslated(capability.reason);
  const hasTitle = article.title.trim() !== '';
  const texts = hasTitle ? [article.title, ...paragraphs] : paragraphs;
  try {
    const response = await deps.engine.translate({ texts, from: language, to: 'en' }, signal);
    if (response.texts.length !== texts.length)
      throw new Error(
        `${deps.engine.name} gave ${response.texts.length} translations for ${texts.length} texts`,
      );
    if (response.texts.some((text) => text.trim() === ''))
      return untranslated(`${deps.engine.name} left a text out`);
    return {
      status: 'translated',
      language: 'en',
      ...(hasTitle ? { title: response.texts[0] as string } : {}),
      body: joinParagraphs(hasTitle ? response.texts.slice(1) : response.texts),
      engine: deps.engine.name,
      ...(response.model === undefined ? {} : { model: response.model }),
      ...(response.version === undefined ? {} : { engineVersion: response.version }),
      translatedAt: new Date(deps.clock.nowMs()).toISOString(),
    };
  } catch (thrown) {
    if (thrown instanceof TextRefused) return untranslated(thrown.message);
    throw thrown;
  }
}

const untranslated = (reason: string): Translation => ({ status: 'untranslated', reason, language: 'en' });
