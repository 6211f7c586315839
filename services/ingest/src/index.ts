export * from './config.ts';
export * from './core/canonical-url.ts';
export * from './core/ingest-batch.ts';
export * from './core/ingest.ts';
export * from './core/version-order.ts';
export * from './ingest.module.ts';
export * from './stage.ts';
