export * from './clock.ts';
export * from './environment.ts';
export * from './errors.ts';
export * from './per-article.ts';
export * from './stage.ts';
export * from './stage-result.ts';
