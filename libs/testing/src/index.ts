export * from './containers.ts';
export * from './eventually.ts';
export * from './service-process.ts';
export * from './tcp-proxy.ts';
export * from './test-engines.ts';
export * from './test-kafka.ts';
