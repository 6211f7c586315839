export { createApertium, type ApertiumOptions } from './adapters/apertium.ts';
export { createApertiumClient, type ApertiumClient } from './adapters/apertium-client.ts';
export { noEngine } from './adapters/no-engine.ts';
export * from './config.ts';
export { foldingTranslated } from './core/folding-translated.ts';
export { createTranslate, type TranslateDeps } from './core/translate.ts';
export * from './core/translation-engine.ts';
export * from './stage.ts';
