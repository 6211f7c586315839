export * from './client.ts';
export * from './output-producer.ts';
export * from './producer.ts';
export { messageBytes } from './records.ts';
export * from './stage-server.ts';
export * from './topic-admin.ts';
export * from './topic-reader.ts';
export * from './with-admin.ts';
export type { Admin, Kafka, KafkaMessage, Message } from 'kafkajs';
