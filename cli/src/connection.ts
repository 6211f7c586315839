import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { elasticsearchClient } from '@wirefold/article-index';
import { createKafka, kafkaEnvironment, type Kafka } from '@wirefold/kafka';
import {
  commaList,
  ConfigurationError,
  parseEnvironment,
  silentLog,
  wholeNumber,
  type Environment,
} from '@wirefold/pipeline';
import { z } from 'zod';
import { stateFile } from './launcher/state.ts';

/** Variables that the command line reads. */
export const cliEnvironment = kafkaEnvironment.extend({
  KAFKA_BROKERS: commaList
    .optional()
    .describe('Addresses of the brokers; where absent, those of a running `wirefold up`'),
  ELASTICSEARCH_URL: z
    .url()
    .optional()
    .describe('Elasticsearch; where absent, that of a running `wirefold up`'),
  ELASTICSEARCH_USERNAME: z.string().optional().describe('User of Elasticsearch'),
  ELASTICSEARCH_PASSWORD: z.string().optional().describe('Password of Elasticsearch'),
  ELASTICSEARCH_API_KEY: z.string().optional().describe('API key of Elasticsearch'),
  INDEX_PREFIX: z.string().default('wirefold').describe('Begins the names of index, template and aliases'),
  CONSUMER_GROUP_PREFIX: z.string().default('wirefold').describe('Consumer group is <prefix>.<service>'),
  KAFKA_REPLICATION_FACTOR: wholeNumber(-1, 32)
    .default(-1)
    .describe("Copies of each partition of a new topic; -1 takes the broker's default"),
});
export type CliConfig = z.infer<typeof cliEnvironment>;

/** The repository's root: the embedded engines and the services are there. */
export const repositoryRoot = join(import.meta.dirname, '../..');

/** Reads the configuration; addresses that it does not name are taken from a running `wirefold up`. */
export function readConfig(environment: Environment): CliConfig {
  const config = parseEnvironment(cliEnvironment, environment);
  const running = readState();
  return {
    ...config,
    KAFKA_BROKERS: config.KAFKA_BROKERS ?? running?.kafkaBrokers,
    ELASTICSEARCH_URL: config.ELASTICSEARCH_URL ?? running?.elasticsearchUrl,
  };
}

const state = z.object({ pid: z.number(), kafkaBrokers: z.array(z.string()), elasticsearchUrl: z.string() });

/** Addresses of a running `wirefold up` or demo, where its process is alive. */
function readState(): z.infer<typeof state> | undefined {
  try {
    const found = state.parse(JSON.parse(readFileSync(stateFile(repositoryRoot), 'utf8')));
    process.kill(found.pid, 0);
    return found;
  } catch {
    return undefined;
  }
}

/** @throws ConfigurationError where no broker is known */
export function connectKafka(config: CliConfig): Kafka {
  const { KAFKA_BROKERS: brokers } = config;
  if (brokers === undefined) throw new ConfigurationError(unknownAddress('KAFKA_BROKERS'));
  return createKafka({ ...config, KAFKA_BROKERS: brokers }, 'wirefold-cli', silentLog);
}

/** @throws ConfigurationError where no Elasticsearch is known */
export function connectElasticsearch(config: CliConfig): ReturnType<typeof elasticsearchClient> {
  if (config.ELASTICSEARCH_URL === undefined)
    throw new ConfigurationError(unknownAddress('ELASTICSEARCH_URL'));
  return elasticsearchClient({
    urls: [config.ELASTICSEARCH_URL],
    username: config.ELASTICSEARCH_USERNAME,
    password: config.ELASTICSEARCH_PASSWORD,
    apiKey: config.ELASTICSEARCH_API_KEY,
    requestTimeoutMs: 30_000,
  });
}

const unknownAddress = (variable: string): string =>
  `${variable} is not set, and no \`wirefold up\` runs here: set it, or start Wirefold with \`npx wirefold up\``;
