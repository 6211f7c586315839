export * from './apply-index.ts';
export * from './client.ts';
export * from './definition.ts';
export * from './document.ts';
export * from './languages.ts';
export * from './mapping.ts';
export * from './query.ts';
export * from './search.ts';
