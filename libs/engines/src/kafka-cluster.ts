import { join } from 'node:path';
import type { Environment } from './addresses.ts';
import { startEmbeddedEngine } from './embedded-engine.ts';
import { EngineStartFailed, type EngineProcess } from './engine.ts';
import { findJdk, OLDEST_JAVA } from './jdk.ts';
import { kafkaNode } from './kafka-engine.ts';
import { findFreePort } from './ports.ts';
import { provision } from './provision.ts';

export interface KafkaClusterOptions {
  /** The repository's root: program files are below `.local`. */
  readonly root: string;
  /** Configuration, data and logs; the data are removed at the end. */
  readonly directory: string;
  /** How many nodes, each of them broker and controller; partitions have as many copies. */
  readonly size: number;
  readonly environment: Environment;
  /** Puts something before a broker: gets the broker's port and gives the port that clients are told. */
  readonly proxy?: (brokerPort: number) => Promise<number>;
}

/** Kafka nodes that run as child processes. */
export interface KafkaCluster {
  /** `host:port` of each broker. */
  readonly brokers: string[];
  /** By node id. */
  readonly nodes: ReadonlyMap<number, EngineProcess>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts several embedded Kafka nodes as one cluster, to take single ones away.
 * @throws EngineStartFailed when there is no JDK, or a node did not come up; the others are stopped then.
 */
export async function startKafkaCluster(options: KafkaClusterOptions): Promise<KafkaCluster> {
  const { root, directory, size, environment, proxy } = options;
  const { jdk } = await findJdk(environment);
  if (jdk === undefined) throw new EngineStartFailed('kafka', `no JDK ${OLDEST_JAVA} or newer`);
  const onProgress = () => undefined;
  const home = await provision({ root, engine: 'kafka', javaHome: jdk.home, environment, onProgress });

  const ids = Array.from({ length: size }, (_, index) => index + 1);
  const places = await Promise.all(
    ids.map(async (id) => {
      const [broker, controller] = [await findFreePort(), await findFreePort()];
      return { id, ports: [broker, controller], advertisedPort: (await proxy?.(broker)) ?? broker };
    }),
  );
  const voters = places.map(({ id, ports: [, controller] }) => `${id}@127.0.0.1:${controller}`);
  const starts = await Promise.allSettled(
    places.map(({ id, ports, advertisedPort }) =>
      startEmbeddedEngine({
        definition: kafkaNode({ id, voters, advertisedPort }),
        home,
        javaHome: jdk.home,
        environment,
        directory: join(directory, `kafka-${id}`),
        keepData: false,
        report: onProgress,
        ports,
      }),
    ),
  );
  const running = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const stop = async () => {
    await Promise.all(running.map((node) => node.stop()));
  };
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  return {
    brokers: places.map(({ advertisedPort }) => `127.0.0.1:${advertisedPort}`),
    nodes: new Map(running.map((node, index) => [ids[index] as number, node])),
    stop,
  };
}
