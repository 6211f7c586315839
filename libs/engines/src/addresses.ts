import type { EngineAddresses, EngineName } from './engine.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment variables of this package, for documents and `--help`. */
export const engineVariables: readonly { name: string; description: string }[] = [
  { name: 'KAFKA_BROKERS', description: 'Kafka brokers to use, host:port, separated by commas' },
  { name: 'ELASTICSEARCH_URL', description: 'Elasticsearch to use, http(s)://host:port' },
  { name: 'REDIS_URL', description: 'Redis to use, redis(s)://host:port' },
  { name: 'WIREFOLD_KAFKA_HEAP_MB', description: 'heap of the embedded Kafka, in MB (default 400)' },
  {
    name: 'WIREFOLD_ELASTICSEARCH_HEAP_MB',
    description: 'heap of the embedded Elasticsearch, in MB (default 512)',
  },
];

const BROKER = /^(?:\[[0-9a-f:]+\]|[^\s:/[\]]+):\d{1,5}$/i;

/**
 * The addresses that the environment names; an empty variable counts as absent.
 * @throws TypeError that says every malformed one at once.
 */
export function addressesFromEnvironment(environment: Environment): Partial<EngineAddresses> {
  const problems: string[] = [];
  const addresses: Partial<EngineAddresses> = {};

  const brokers = environment['KAFKA_BROKERS']?.trim();
  if (brokers) {
    addresses.kafkaBrokers = brokers
      .split(',')
      .map((broker) => broker.trim())
      .filter((broker) => broker !== '');
    const malformed = addresses.kafkaBrokers.filter((broker) => !BROKER.test(broker));
    if (malformed.length > 0) {
      problems.push(
        `KAFKA_BROKERS: ${JSON.stringify(malformed[0])} is not host:port (several: separate by commas)`,
      );
    }
  }
  const elasticsearch = readUrl('ELASTICSEARCH_URL', ['http:', 'https:']);
  if (elasticsearch) addresses.elasticsearchUrl = elasticsearch;
  const redis = readUrl('REDIS_URL', ['redis:', 'rediss:']);
  if (redis) addresses.redisUrl = redis;

  if (problems.length > 0) throw new TypeError(problems.join('\n'));
  return addresses;

  function readUrl(variable: string, protocols: string[]): string | undefined {
    const text = environment[variable]?.trim();
    if (!text) return undefined;
    // The value may hold a password: it is not repeated.
    if (!URL.canParse(text)) problems.push(`${variable}: not a URL such as ${protocols[0]}//host:port`);
    else if (!protocols.includes(new URL(text).protocol)) {
      problems.push(
        `${variable}: must start with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
      );
    }
    return text.replace(/\/+$/, '');
  }
}

/** Those of `services` that have no address yet. */
export function missingEngines(
  addresses: Partial<EngineAddresses>,
  services: readonly EngineName[],
): EngineName[] {
  const given: Record<EngineName, unknown> = {
    kafka: addresses.kafkaBrokers,
    elasticsearch: addresses.elasticsearchUrl,
    redis: addresses.redisUrl,
  };
  return services.filter((service) => given[service] === undefined);
}

/** A whole number of megabytes out of the environment. @throws TypeError */
export function megabytes(environment: Environment, variable: string, fallback: number): number {
  const text = environment[variable]?.trim();
  if (!text) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 64 || value > 65_536) {
    throw new TypeError(`${variable}: ${JSON.stringify(text)} is not a whole number of MB from 64 to 65536`);
  }
  return value;
}
