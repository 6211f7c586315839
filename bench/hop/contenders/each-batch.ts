/** A bare loop over kafkajs's `eachBatch`, as its documentation has it: no contract, no headers, one send for each batch. */
import kafkajs from 'kafkajs';
import { changed, runContender } from '../run-contender.ts';

await runContender(async (job, meter) => {
  const kafka = new kafkajs.Kafka({
    clientId: 'bench',
    brokers: [...job.brokers],
    logLevel: kafkajs.logLevel.ERROR,
  });
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  const consumer = kafka.consumer({ groupId: job.groupId });
  await producer.connect();
  await consumer.connect();
  await consumer.subscribe({ topics: [job.inputTopic], fromBeginning: true });
  const { concurrency } = job.settings;
  await consumer.run({
    ...(concurrency === undefined ? {} : { partitionsConsumedConcurrently: concurrency }),
    eachBatch: async ({ batch }) => {
      const articles = batch.messages.map(({ value }) => JSON.parse(String(value)) as object);
      const messages = articles.map((article, index) => ({
        key: batch.messages[index]?.key ?? null,
        value: JSON.stringify(changed(article)),
      }));
      await producer.send({ topic: job.outputTopic, messages });
      meter.acknowledged(articles);
    },
  });
  return async () => {
    await consumer.disconnect();
    await producer.disconnect();
  };
});
