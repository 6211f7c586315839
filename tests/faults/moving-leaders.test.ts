import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import {
  createBatchProducer,
  createKafka,
  kafkaEnvironment,
  readTopic,
  sendUntilTaken,
  withAdmin,
  type Kafka,
} from '@wirefold/kafka';
import { parseEnvironment, silentLog } from '@wirefold/pipeline';
import { eventually, testKafkaCluster, type TestKafkaCluster } from '@wirefold/testing';
import { say, sleep } from './kafka-load.ts';

const TOPIC = 'moving-leaders';
const NODES = 3;
const PARTITIONS = 6;
const MOVES = 40;
const BATCH_MESSAGES = 60;
/** A moment for the producer to learn of one move before the next. */
const BETWEEN_MOVES_MS = 250;

jest.setTimeout(120_000);

let cluster: TestKafkaCluster;
let kafka: Kafka;

beforeAll(async () => {
  cluster = await testKafkaCluster(NODES);
  const variables = { KAFKA_BROKERS: cluster.brokers.join(','), KAFKA_COMPRESSION: 'none' };
  kafka = createKafka(parseEnvironment(kafkaEnvironment, variables), 'moving-leaders', silentLog);
  await withAdmin(kafka, async (admin) => {
    await admin.createTopics({
      topics: [{ topic: TOPIC, numPartitions: PARTITIONS, replicationFactor: 1 }],
      waitForLeaders: false,
    });
    await eventually('the topic has its leaders', () => admin.fetchTopicOffsets(TOPIC));
  });
}, 120_000);

afterAll(async () => {
  await cluster?.stop();
});

it('every message that was acknowledged is there, while partitions move between brokers', async () => {
  const ids = [...cluster.nodes.keys()];
  const stopped = new AbortController();
  const producer = createBatchProducer(kafka, silentLog);
  const acknowledged: number[] = [];
  let tries = 0;
  let failures = 0;
  const counting = {
    ...producer,
    send: async (batch: Parameters<typeof producer.send>[0]) => {
      tries += 1;
      try {
        return await producer.send(batch);
      } catch (error) {
        failures += 1;
        throw error;
      }
    },
  };
  const publishing = (async () => {
    for (let first = 0; !stopped.signal.aborted; first += BATCH_MESSAGES) {
      const numbers = Array.from({ length: BATCH_MESSAGES }, (_, index) => first + index);
      const messages = numbers.map((number) => ({ value: String(number), partition: number % PARTITIONS }));
      await sendUntilTaken(counting, { topicMessages: [{ topic: TOPIC, messages }] });
      acknowledged.push(...numbers);
    }
  })();

  await withAdmin(kafka, async (admin) => {
    for (let move = 0; move < MOVES; move += 1) {
      const partition = move % PARTITIONS;
      const replicas = [ids[(partition + 1 + Math.floor(move / PARTITIONS)) % NODES] as number];
      await admin.alterPartitionReassignments({
        topics: [{ topic: TOPIC, partitionAssignment: [{ partition, replicas }] }],
      });
      await sleep(BETWEEN_MOVES_MS);
    }
  });
  stopped.abort();
  await publishing;
  await producer.disconnect();

  const there = new Set<number>();
  await readTopic(kafka, TOPIC, ({ value }) => {
    there.add(Number(value?.toString()));
  });
  say(`${acknowledged.length} acknowledged in ${tries} tries, ${failures} of which failed`);
  // Else no partition moved in front of the producer, and nothing is shown.
  expect(failures).toBeGreaterThan(0);
  expect(acknowledged.filter((number) => !there.has(number))).toEqual([]);
});
