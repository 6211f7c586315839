import type { Topic } from '@wirefold/contracts';
import type { Admin } from 'kafkajs';
import { systemClock } from '@wirefold/pipeline';
import kafkajs from './kafkajs.ts';

/** What {@link applyTopics} did to a topic. */
export interface TopicChange {
  readonly topic: string;
  readonly change: 'created' | 'changed' | 'unchanged';
  /** Settings that were changed, as `name: from -> to`. */
  readonly details: readonly string[];
}

/** Names of the wanted topics that the broker does not have. */
export async function missingTopics(admin: Admin, wanted: readonly Topic[]): Promise<string[]> {
  const existing = new Set(await admin.listTopics());
  return wanted.map(({ name }) => name).filter((name) => !existing.has(name));
}

/** Settings of a topic, as the broker names them. */
const brokerConfig = (topic: Topic): Record<string, string> => ({
  'retention.ms': String(topic.retentionMs),
  'cleanup.policy': topic.cleanupPolicy,
  'max.message.bytes': String(topic.maxMessageBytes),
});

/**
 * Makes the broker's topics what the topology says: creates what is missing, adds partitions, changes settings. Never
 * deletes a topic and never takes partitions away.
 *
 * @param replicationFactor copies of each partition; -1: the broker's default
 */
export async function applyTopics(
  admin: Admin,
  wanted: readonly Topic[],
  replicationFactor: number,
): Promise<TopicChange[]> {
  const missing = new Set(await missingTopics(admin, wanted));
  if (missing.size > 0) {
    await admin.createTopics({
      // kafkajs gives up on a broker that has not heard of a new topic yet; see untilLed.
      waitForLeaders: false,
      topics: wanted
        .filter(({ name }) => missing.has(name))
        .map((topic) => ({
          topic: topic.name,
          numPartitions: topic.partitions,
          replicationFactor,
          configEntries: Object.entries(brokerConfig(topic)).map(([name, value]) => ({ name, value })),
        })),
    });
  }
  await untilLed(admin, [...missing]);
  const changes: TopicChange[] = [];
  for (const topic of wanted) {
    if (missing.has(topic.name)) changes.push({ topic: topic.name, change: 'created', details: [] });
    else changes.push(await alignTopic(admin, topic));
  }
  return changes;
}

const LED_WITHIN_MS = 30_000;
const LOOK_MS = 50;
/** What a broker says of a topic that was made a moment ago. */
const NOT_YET: ReadonlySet<string | undefined> = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
]);

/** Waits until each partition of new topics has a leader: until then nothing can be written to it. */
async function untilLed(admin: Admin, topics: string[]): Promise<void> {
  const giveUpAt = Date.now() + LED_WITHIN_MS;
  while (topics.length > 0) {
    try {
      const metadata = await admin.fetchTopicMetadata({ topics });
      if (metadata.topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))) return;
    } catch (error) {
      if (!NOT_YET.has((error as { type?: string }).type) || Date.now() > giveUpAt) throw error;
    }
    await systemClock.sleep(LOOK_MS);
  }
}

async function alignTopic(admin: Admin, topic: Topic): Promise<TopicChange> {
  const details = [...(await alignPartitions(admin, topic)), ...(await alignConfig(admin, topic))];
  return { topic: topic.name, change: details.length > 0 ? 'changed' : 'unchanged', details };
}

async function alignPartitions(admin: Admin, topic: Topic): Promise<string[]> {
  const metadata = await admin.fetchTopicMetadata({ topics: [topic.name] });
  const partitions = metadata.topics[0]?.partitions.length ?? 0;
  if (partitions >= topic.partitions) return [];
  await admin.createPartitions({ topicPartitions: [{ topic: topic.name, count: topic.partitions }] });
  return [`partitions: ${partitions} -> ${topic.partitions}`];
}

async function alignConfig(admin: Admin, topic: Topic): Promise<string[]> {
  const wanted = brokerConfig(topic);
  const resource = { type: kafkajs.ConfigResourceTypes.TOPIC, name: topic.name };
  const described = await admin.describeConfigs({ includeSynonyms: false, resources: [resource] });
  const entries = described.resources[0]?.configEntries ?? [];
  const current = new Map(entries.map(({ configName, configValue }) => [configName, configValue]));
  const different = Object.entries(wanted).filter(([name, value]) => current.get(name) !== value);
  if (different.length === 0) return [];
  // The request replaces all of a topic's own settings: those that an operator made beside ours go with it.
  const own = entries.filter(({ isDefault, configName }) => !isDefault && !(configName in wanted));
  await admin.alterConfigs({
    validateOnly: false,
    resources: [
      {
        ...resource,
        configEntries: [
          ...own.map(({ configName: name, configValue: value }) => ({ name, value })),
          ...Object.entries(wanted).map(([name, value]) => ({ name, value })),
        ],
      },
    ],
  });
  return different.map(([name, value]) => `${name}: ${current.get(name) ?? 'unset'} -> ${value}`);
}
