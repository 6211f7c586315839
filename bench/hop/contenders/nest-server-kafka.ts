/** Nest's own Kafka transport as its documentation has it: an event handler that emits to the next topic by ClientKafka. */
import 'reflect-metadata';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  ClientKafka,
  Ctx,
  EventPattern,
  KafkaContext,
  Payload,
  Transport,
  type MicroserviceOptions,
} from '@nestjs/microservices';
import kafkajs from 'kafkajs';
import { lastValueFrom } from 'rxjs';
import type { Job } from '../job.ts';
import type { Meter } from '../meter.ts';
import { changed, runContender } from '../run-contender.ts';

/** Node runs TypeScript without decorators: they are called here as the compiler would call them. */
function hopController(job: Job, meter: Meter, client: ClientKafka): new () => object {
  class HopController {
    async handle(article: object, context: KafkaContext): Promise<void> {
      const key = context.getMessage().key;
      await lastValueFrom(client.emit(job.outputTopic, { key, value: JSON.stringify(changed(article)) }));
      meter.acknowledged([article]);
    }
  }
  const handler = Object.getOwnPropertyDescriptor(HopController.prototype, 'handle') as PropertyDescriptor;
  Payload()(HopController.prototype, 'handle', 0);
  Ctx()(HopController.prototype, 'handle', 1);
  EventPattern(job.inputTopic)(HopController.prototype, 'handle', handler);
  Controller()(HopController);
  return HopController;
}

await runContender(async (job, meter) => {
  const client = { clientId: 'bench', brokers: [...job.brokers], logLevel: kafkajs.logLevel.ERROR };
  const producer = { createPartitioner: kafkajs.Partitioners.DefaultPartitioner };
  const emitter = new ClientKafka({ client, producer, producerOnlyMode: true });
  await emitter.connect();
  const { concurrency } = job.settings;
  class HopModule {}
  Module({ controllers: [hopController(job, meter, emitter)] })(HopModule);
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(HopModule, {
    transport: Transport.KAFKA,
    logger: ['error', 'warn'],
    options: {
      client,
      producer,
      postfixId: '',
      consumer: { groupId: job.groupId },
      subscribe: { fromBeginning: true },
      ...(concurrency === undefined ? {} : { run: { partitionsConsumedConcurrently: concurrency } }),
    },
  });
  await app.listen();
  return async () => {
    await app.close();
    await emitter.close();
  };
});
