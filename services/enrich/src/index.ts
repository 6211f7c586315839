export { createPackageGazetteer } from './adapters/package-gazetteer.ts';
export * from './config.ts';
export { createDateRecogniser } from './core/dates/date-recogniser.ts';
export { createEnrich, type EnrichDeps } from './core/enrich.ts';
export * from './core/places/place-names.ts';
export { createPlaceRecogniser } from './core/places/place-recogniser.ts';
export * from './core/recogniser.ts';
export * from './stage.ts';
