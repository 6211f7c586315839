import { findFreePort, type EngineAddresses, type EngineName } from '@wirefold/engines';
import { GenericContainer, Wait, type StartedTestContainer } from 'testcontainers';

/** Images of the engines, the same as in docker-compose.yml. */
export const images = {
  kafka: 'apache/kafka:4.3.1',
  elasticsearch: 'docker.elastic.co/elasticsearch/elasticsearch:9.5.3',
  redis: 'redis:8',
} as const;

const KAFKA_PORT = 29_092;

const start = {
  kafka: async () => {
    // The broker tells clients its address: it must be known before it starts.
    const port = await findFreePort();
    const container = await new GenericContainer(images.kafka)
      .withExposedPorts({ container: KAFKA_PORT, host: port })
      .withEnvironment({
        KAFKA_NODE_ID: '1',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_LISTENERS: `PLAINTEXT://:${KAFKA_PORT},CONTROLLER://:9093`,
        KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
        KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      })
      .withWaitStrategy(Wait.forListeningPorts())
      .withStartupTimeout(60_000)
      .start();
    return { container, address: { kafkaBrokers: [`127.0.0.1:${port}`] } };
  },
  elasticsearch: async () => {
    const container = await new GenericContainer(images.elasticsearch)
      .withExposedPorts(9200)
      .withEnvironment({
        'discovery.type': 'single-node',
        'xpack.security.enabled': 'false',
        ES_JAVA_OPTS: '-Xms512m -Xmx512m',
      })
      .withWaitStrategy(Wait.forHttp('/_cluster/health', 9200).forStatusCode(200))
      .withStartupTimeout(120_000)
      .start();
    return {
      container,
      address: { elasticsearchUrl: `http://${container.getHost()}:${container.getMappedPort(9200)}` },
    };
  },
  redis: async () => {
    const container = await new GenericContainer(images.redis)
      .withExposedPorts(6379)
      .withCommand(['redis-server', '--save', '', '--maxmemory-policy', 'noeviction'])
      .start();
    return {
      container,
      address: { redisUrl: `redis://${container.getHost()}:${container.getMappedPort(6379)}` },
    };
  },
} satisfies Record<
  EngineName,
  () => Promise<{ container: StartedTestContainer; address: Partial<EngineAddresses> }>
>;

/** Starts engines as containers with testcontainers. */
export async function startContainers(
  services: readonly EngineName[],
): Promise<EngineAddresses & { readonly stop: () => Promise<void> }> {
  const started = await Promise.all(services.map((service) => start[service]()));
  const addresses: EngineAddresses = { kafkaBrokers: [], elasticsearchUrl: '', redisUrl: '' };
  for (const { address } of started) Object.assign(addresses, address);
  return {
    ...addresses,
    stop: async () => {
      await Promise.all(started.map(({ container }) => container.stop()));
    },
  };
}
