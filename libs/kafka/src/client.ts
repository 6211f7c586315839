import { commaList, type Log } from '@wirefold/pipeline';
import type { Kafka, logLevel as LogLevel, SASLOptions } from 'kafkajs';
import { z } from 'zod';
import { registerCodecs } from './codecs.ts';
import kafkajs from './kafkajs.ts';

registerCodecs();

/** Variables that say how to reach Kafka; every service and the CLI take them. */
export const kafkaEnvironment = z.object({
  KAFKA_BROKERS: commaList.describe('Addresses of the brokers, host:port separated by commas'),
  KAFKA_TLS: z.stringbool().default(false).describe('Whether to speak TLS to the brokers'),
  KAFKA_SASL_MECHANISM: z
    .enum(['plain', 'scram-sha-256', 'scram-sha-512'])
    .optional()
    .describe('How to log in to the brokers'),
  KAFKA_USERNAME: z.string().optional().describe('User for SASL'),
  KAFKA_PASSWORD: z.string().optional().describe('Password for SASL'),
  KAFKA_COMPRESSION: z
    .enum(['none', 'gzip', 'snappy', 'lz4', 'zstd'])
    .default('zstd')
    .describe('How messages are packed that Wirefold sends'),
});
export type KafkaConfig = z.infer<typeof kafkaEnvironment>;

/** Values of {@link KafkaConfig.KAFKA_COMPRESSION} as kafkajs numbers them. */
export const compressionType = {
  none: kafkajs.CompressionTypes.None,
  gzip: kafkajs.CompressionTypes.GZIP,
  snappy: kafkajs.CompressionTypes.Snappy,
  lz4: kafkajs.CompressionTypes.LZ4,
  zstd: kafkajs.CompressionTypes.ZSTD,
} as const;

/** A kafkajs client; its own log goes to ours. */
export function createKafka(config: KafkaConfig, clientId: string, log: Log): Kafka {
  return new kafkajs.Kafka({
    clientId,
    brokers: config.KAFKA_BROKERS,
    ssl: config.KAFKA_TLS,
    ...(config.KAFKA_SASL_MECHANISM === undefined ? {} : { sasl: saslOptions(config) }),
    connectionTimeout: 5000,
    requestTimeout: 30_000,
    retry: { initialRetryTime: 200, maxRetryTime: 3000, retries: 6 },
    logCreator: () => (entry) => {
      const { message, timestamp: _timestamp, stack: _stack, ...fields } = entry.log;
      log[kafkajsLevel(entry.level)]({ kafkajs: { namespace: entry.namespace, ...fields } }, message);
    },
  });
}

function saslOptions(config: KafkaConfig): SASLOptions {
  return {
    mechanism: config.KAFKA_SASL_MECHANISM as 'plain',
    username: config.KAFKA_USERNAME ?? '',
    password: config.KAFKA_PASSWORD ?? '',
  };
}

/** kafkajs cries wolf: what it retries by itself is no error of ours. */
function kafkajsLevel(level: LogLevel): 'debug' | 'info' | 'warn' {
  if (level === kafkajs.logLevel.ERROR) return 'warn';
  return 'debug';
}
