export * from './run-stage-service.ts';
export * from './service-environment.ts';
export * from './stage.module.ts';
