import { createRequire } from 'node:module';

interface ConsumerGroup {
  readonly memberId: string | null | undefined;
}

interface ConsumerGroupClass {
  readonly prototype: { heartbeat: (this: ConsumerGroup, options: { interval: number }) => Promise<void> };
}

/** Number of the protocol's error UNKNOWN_MEMBER_ID. */
const UNKNOWN_MEMBER_ID = 25;

/**
 * A consumer whose group has given it up loses its member id and joins anew; where that join fails, as the coordinator is just
 * loading its groups or closes the connection, kafkajs 2.2.4 goes on to fetch without ever joining again: its heartbeats
 * are left out for want of an id, so nothing tells it, and none of its commits is taken. Here such a heartbeat fails, which
 * kafkajs answers by joining.
 */
export function joinUntilMember(): void {
  const require = createRequire(import.meta.url);
  const { prototype } = require('kafkajs/src/consumer/consumerGroup.js') as ConsumerGroupClass;
  const { createErrorFromCode } = require('kafkajs/src/protocol/error.js') as {
    readonly createErrorFromCode: (code: number) => Error;
  };
  const { heartbeat } = prototype;
  prototype.heartbeat = function heartbeatOfMember(options) {
    return this.memberId
      ? heartbeat.call(this, options)
      : Promise.reject(createErrorFromCode(UNKNOWN_MEMBER_ID));
  };
}
