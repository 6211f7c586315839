import { asError, type Clock } from '@wirefold/pipeline';
import type { Admin, Kafka } from 'kafkajs';

/** Knows whether the brokers answer, apart from what our consumer and producer are about. */
export interface BrokerWatch {
  /** Why they don't, as of the last time they were asked; undefined when they do. */
  readonly problem: () => string | undefined;
  readonly stop: () => Promise<void>;
}

const ASK_EVERY_MS = 2000;
const ANSWER_WITHIN_MS = 3000;

/**
 * Asks the brokers every two seconds. kafkajs retries for minutes without a word, so that from its events alone nobody can
 * tell brokers that are away from a consumer that is stuck; only the second is cured by a restart.
 *
 * @param onDown called each time that they did not answer
 */
export function watchBrokers(kafka: Kafka, clock: Clock, onDown: (problem: string) => void): BrokerWatch {
  const stopped = new AbortController();
  let problem: string | undefined;
  let admin: Admin | undefined;

  const ask = async () => {
    if (admin === undefined) {
      const fresh = kafka.admin({ retry: { retries: 0 } });
      admin = fresh;
      await fresh.connect();
    }
    await admin.describeCluster();
  };
  const drop = () => {
    void admin?.disconnect().catch(() => undefined);
    admin = undefined;
  };
  const watch = async () => {
    while (!stopped.signal.aborted) {
      const answered = new AbortController();
      try {
        await Promise.race([ask(), tooLate(clock, answered.signal, stopped.signal)]);
        problem = undefined;
      } catch (error) {
        drop();
        if (stopped.signal.aborted) return;
        problem = asError(error).message;
        onDown(problem);
      } finally {
        answered.abort();
      }
      await clock.sleep(ASK_EVERY_MS, stopped.signal);
    }
  };
  const watching = watch();

  return {
    problem: () => problem,
    stop: async () => {
      stopped.abort();
      drop();
      await watching;
    },
  };
}

async function tooLate(clock: Clock, answered: AbortSignal, stopped: AbortSignal): Promise<void> {
  await clock.sleep(ANSWER_WITHIN_MS, AbortSignal.any([answered, stopped]));
  if (!answered.aborted) throw new Error(`no answer within ${ANSWER_WITHIN_MS} ms`);
}
