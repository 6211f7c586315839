import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { megabytes } from './addresses.ts';
import type { EngineContext, EngineDefinition } from './engine-definition.ts';
import { probeKafka } from './probes.ts';

/** Any cluster id will do: a broker is never joined to another one. */
const CLUSTER_ID = 'd2lyZWZvbGQtbG9jYWwtMQ';

/** A node's place in a cluster of several. */
export interface KafkaNode {
  readonly id: number;
  /** The controllers of all nodes, `id@host:port`. */
  readonly voters: readonly string[];
  /** Port that it tells to clients: its own, or that of a proxy before it. */
  readonly advertisedPort: number;
}

/** One Kafka node, broker and controller in one process; without a cluster it is one by itself. */
export const kafkaNode = (cluster?: KafkaNode): EngineDefinition => ({
  name: 'kafka',
  portCount: 2,
  async configure(context) {
    await writeFile(propertiesFile(context), serverProperties(context, cluster));
  },
  async format(context) {
    if (await isReadable(join(context.dataDirectory, 'meta.properties'))) return undefined;
    const quick = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
    return java(context, quick, 'kafka.tools.StorageTool', [
      'format',
      '--cluster-id',
      CLUSTER_ID,
      '--config',
      propertiesFile(context),
    ]);
  },
  launch(context) {
    const heapMb = megabytes(context.environment, 'WIREFOLD_KAFKA_HEAP_MB', 400);
    const options = [
      `-Xms${Math.min(128, heapMb)}m`,
      `-Xmx${heapMb}m`,
      '-XX:+UseG1GC',
      '-XX:MaxGCPauseMillis=20',
      '-XX:+ExitOnOutOfMemoryError',
      '-Djava.awt.headless=true',
      '-Dorg.slf4j.simpleLogger.showDateTime=true',
      '-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss,SSS',
      // Some thousand lines with every default of the configuration, at each start.
      '-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config.AbstractConfig=warn',
    ];
    return java(context, options, 'kafka.Kafka', [propertiesFile(context)]);
  },
  probe: (port) => probeKafka(port),
});

export const kafkaEngine = kafkaNode();

function java({ javaHome, home }: EngineContext, options: string[], main: string, mainArguments: string[]) {
  return {
    command: join(javaHome ?? '', 'bin', 'java'),
    arguments: [...options, '-cp', join(home, 'lib', '*'), main, ...mainArguments],
  };
}

function isReadable(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function propertiesFile({ directory }: EngineContext): string {
  return join(directory, 'server.properties');
}

function serverProperties(
  { ports: [broker, controller], dataDirectory }: EngineContext,
  cluster?: KafkaNode,
): string {
  const alone = { id: 1, voters: [`1@127.0.0.1:${controller}`], advertisedPort: broker };
  const { id, voters, advertisedPort } = cluster ?? alone;
  const copies = voters.length;
  const copiesInSync = Math.ceil(copies / 2);
  const properties: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': id,
    // Voters by configuration, not in the metadata log, so that kept data can be started on other ports.
    'controller.quorum.voters': voters.join(','),
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${broker},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${advertisedPort}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': escapeProperty(dataDirectory),
    // Topics come from the topology alone.
    'auto.create.topics.enable': false,
    'num.partitions': 1,
    'default.replication.factor': copies,
    'min.insync.replicas': copiesInSync,
    'offsets.topic.replication.factor': copies,
    'offsets.topic.num.partitions': 8,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': copiesInSync,
    'transaction.state.log.num.partitions': 8,
    'share.coordinator.state.topic.replication.factor': copies,
    'share.coordinator.state.topic.min.isr': copiesInSync,
    'group.initial.rebalance.delay.ms': 0,
    // A broker that crashed may come back only when the controller has given its former self up: 9 s by default.
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
    // Generous: each topic sets its own limit.
    'message.max.bytes': 64 * 1024 * 1024,
    'replica.fetch.max.bytes': 64 * 1024 * 1024,
    // The default of 128 MiB would be a third of the heap.
    'log.cleaner.dedupe.buffer.size': 16 * 1024 * 1024,
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** Java reads a backslash in a properties file as an escape. */
function escapeProperty(value: string): string {
  return value.replaceAll('\\', '\\\\');
}
