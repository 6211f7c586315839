import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { megabytes } from './addresses.ts';
import type { EngineContext, EngineDefinition } from './engine-definition.ts';
import { probeKafka } from './probes.ts';

/** Any cluster id will do: a broker is never joined to another one. */
const CLUSTER_ID = 'd2lyZWZvbGQtbG9jYWwtMQ';

/** One Kafka node, broker and controller in one process. */
export const kafkaEngine: EngineDefinition = {
  name: 'kafka',
  portCount: 2,
  async configure(context) {
    await writeFile(propertiesFile(context), serverProperties(context));
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
};

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

function serverProperties({ ports: [broker, controller], dataDirectory }: EngineContext): string {
  const properties: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    // Voters by configuration, not in the metadata log, so that kept data can be started on other ports.
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${broker},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${broker}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': escapeProperty(dataDirectory),
    // Topics come from the topology alone.
    'auto.create.topics.enable': false,
    'num.partitions': 1,
    'default.replication.factor': 1,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 8,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 8,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
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
