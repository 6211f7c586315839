import { Outage } from '@wirefold/pipeline';
import type { Outbound } from './outbound-messages.ts';

interface WaitingSend {
  readonly messages: readonly Outbound[];
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Sends messages in one request. */
export type SendNow = (messages: readonly Outbound[]) => Promise<void>;

/** What the broker says about records or their topic, as Kafka's protocol names it: one such send would fail all that it joined. */
const OWN_FAULTS: ReadonlySet<string> = new Set([
  'CORRUPT_MESSAGE',
  'INVALID_RECORD',
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'TOPIC_AUTHORIZATION_FAILED',
  'UNKNOWN_TOPIC_OR_PARTITION',
]);

/**
 * Lets one request be under way at a time, as an idempotent producer asks for, and joins the sends that come meanwhile into
 * the next: else each of them would wait for those before it, and a broker that is slow once would hold up many.
 *
 * @param mostBytes of a request; a single send may be larger
 * @returns resolves when the messages are acknowledged; rejects with what {@link SendNow} threw
 */
export function joinSends(sendNow: SendNow, mostBytes: number): SendNow {
  const waiting: WaitingSend[] = [];
  let draining = false;

  const drain = async () => {
    draining = true;
    for (let joined = next(); joined.length > 0; joined = next()) await settle(joined);
    draining = false;
  };
  const next = (): WaitingSend[] => {
    let bytes = 0;
    const tooMuch = waiting.findIndex((send, index) => {
      bytes += send.bytes;
      return index > 0 && bytes > mostBytes;
    });
    return waiting.splice(0, tooMuch === -1 ? waiting.length : tooMuch);
  };
  const settle = async (joined: readonly WaitingSend[]): Promise<void> => {
    try {
      await sendNow(joined.flatMap(({ messages }) => messages));
      for (const { resolve } of joined) resolve();
    } catch (error) {
      if (joined.length > 1 && error instanceof Outage && OWN_FAULTS.has(error.code)) {
        for (const one of joined) await settle([one]);
      } else {
        for (const { reject } of joined) reject(error);
      }
    }
  };

  return (messages) => {
    const bytes = messages.reduce((sum, message) => sum + message.bytes, 0);
    return new Promise<void>((resolve, reject) => {
      waiting.push({ messages, bytes, resolve, reject });
      if (!draining) void drain();
    });
  };
}
