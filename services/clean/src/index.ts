export { eldDetection } from './adapters/eld-detector.ts';
export { createRedisPublisherLines } from './adapters/redis-publisher-lines.ts';
export { cleanEnvironment, cleaningEnvironment, type CleanConfig, type CleaningConfig } from './config.ts';
export type { LearnedLine, PublisherLines, Story } from './core/publisher-lines.ts';
export { createClean, type Clean, type CleanDeps } from './core/clean.ts';
export { publisherLineId, type KnownLines } from './core/text/rules/publisher-line.ts';
export { createCleanStage, createFullCleanStage } from './stage.ts';
export { foldingBatch, type FoldingBatch } from './core/folding-batch.ts';
