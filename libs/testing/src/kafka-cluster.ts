import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startKafkaCluster, type KafkaCluster, type KafkaClusterOptions } from '@wirefold/engines';
import type { Admin } from '@wirefold/kafka';
import { eventually } from './eventually.ts';
import { repositoryRoot } from './test-engines.ts';

const HEAP_MB = '256';
const OFFSETS_TOPIC = '__consumer_offsets';

/** Embedded Kafka nodes of one test, to be killed, hung and started again one by one. */
export interface TestKafkaCluster extends KafkaCluster {
  /** Gives every partition of some topics a copy on each node, and waits until all are in sync. */
  readonly replicate: (admin: Admin, topics: readonly string[]) => Promise<void>;
  /** Waits until every copy of every partition is in sync again. */
  readonly untilInSync: (admin: Admin) => Promise<void>;
  /** The node that coordinates a consumer group now. */
  readonly coordinatorOf: (admin: Admin, groupId: string) => Promise<number>;
  /** The node that leads a partition now. */
  readonly leaderOf: (admin: Admin, topic: string, partition: number) => Promise<number>;
}

export interface TestKafkaClusterOptions extends Pick<KafkaClusterOptions, 'proxy'> {
  /** Variables of the nodes' processes, beside those of this one. */
  readonly environment?: Readonly<Record<string, string>>;
}

export async function testKafkaCluster(
  size: number,
  { environment = {}, ...options }: TestKafkaClusterOptions = {},
): Promise<TestKafkaCluster> {
  const local = join(repositoryRoot, '.local');
  await mkdir(local, { recursive: true });
  const directory = await mkdtemp(join(local, 'test-'));
  const cluster = await startKafkaCluster({
    root: repositoryRoot,
    directory,
    size,
    environment: { ...process.env, WIREFOLD_KAFKA_HEAP_MB: HEAP_MB, ...environment },
    ...options,
  });
  const ids = [...cluster.nodes.keys()];
  const untilInSync = async (admin: Admin) => {
    await eventually(
      'all copies are in sync',
      async () => {
        const { topics } = await admin.fetchTopicMetadata();
        const partitions = topics.flatMap((topic) => topic.partitions);
        return partitions.every(({ isr }) => isr.length === size) || undefined;
      },
      60_000,
    );
  };
  const leaderOf = async (admin: Admin, topic: string, partition: number) => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const found = topics[0]?.partitions.find(({ partitionId }) => partitionId === partition);
    if (found === undefined || found.leader < 0) throw new Error(`${topic}/${partition} has no leader`);
    return found.leader;
  };
  return {
    ...cluster,
    replicate: async (admin, topics) => {
      const { topics: described } = await admin.fetchTopicMetadata({ topics: [...topics] });
      await admin.alterPartitionReassignments({
        topics: described.map(({ name, partitions }) => ({
          topic: name,
          partitionAssignment: partitions.map(({ partitionId }) => ({
            partition: partitionId,
            // The first one leads: leaders are spread.
            replicas: ids.map((_, index) => ids[(partitionId + index) % size] as number),
          })),
        })),
      });
      await untilInSync(admin);
    },
    untilInSync,
    leaderOf,
    coordinatorOf: async (admin, groupId) => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [OFFSETS_TOPIC] });
      const partitions = topics[0]?.partitions.length ?? 0;
      return leaderOf(admin, OFFSETS_TOPIC, (javaHash(groupId) & 0x7f_ff_ff_ff) % partitions);
    },
    stop: async () => {
      await cluster.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Java's String.hashCode: by it Kafka finds the partition, and so the coordinator, of a group. */
function javaHash(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}
