export * from './article.ts';
export * from './dead-letter.ts';
export * from './document-id.ts';
export * from './external-version.ts';
export * from './headers.ts';
export * from './limits.ts';
export * from './ninjs.ts';
export * from './page.ts';
export * from './parse.ts';
export * from './receipt.ts';
export {
  pubStatus,
  stageName,
  stageNames,
  type PubStatus,
  type StageName,
  type Step,
  versionNumber,
} from './scalars.ts';
export * from './scraped.ts';
export * from './topology.ts';
