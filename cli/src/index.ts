export * from './connection.ts';
export * from './demo/demo-messages.ts';
export * from './environments.ts';
export * from './pipeline-status.ts';
export * from './program.ts';
export * from './publish/publisher.ts';
export * from './publish/read-input.ts';
export * from './receipts.ts';
