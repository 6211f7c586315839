export { eldDetection } from './adapters/eld-detector.ts';
export { cleanEnvironment, type CleanConfig } from './config.ts';
export { createClean, type Clean, type CleanDeps } from './core/clean.ts';
export { createCleanStage } from './stage.ts';
