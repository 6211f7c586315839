export { compare, DEFAULT_THRESHOLDS, type FoldThresholds, type Match } from './compare.ts';
export type { ArticleRecord } from './article-record.ts';
export type { FoldStore } from './fold-store.ts';
export { fingerprintOf } from './fingerprint-of.ts';
export type { Fingerprint, FoldableText } from './fingerprint.ts';
export { foldEnvironment, type FoldConfig, type FoldPolicy } from './environment.ts';
export { createRedisFolding } from './redis-folding.ts';
export { createFolding, type Foldable, type Folded, type Folding } from './folding.ts';
export { createRedisFoldStore, type RedisFoldStoreOptions } from './redis/redis-fold-store.ts';
