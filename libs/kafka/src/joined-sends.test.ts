import { describe, expect, it } from '@jest/globals';
import { Outage } from '@wirefold/pipeline';
import { joinSends } from './joined-sends.ts';
import type { Outbound } from './outbound-messages.ts';

const sized = (name: string, bytes = 10): Outbound => ({ topic: 't', message: { value: name }, bytes });
const namesOf = (messages: readonly Outbound[]) => messages.map(({ message }) => String(message.value));

/** A broker that answers when it is told to. */
function broker() {
  const requests: { names: string[]; answer: (error?: Error) => Promise<void> }[] = [];
  const sendNow = (messages: readonly Outbound[]) =>
    new Promise<void>((resolve, reject) => {
      requests.push({
        names: namesOf(messages),
        answer: async (error) => {
          if (error === undefined) resolve();
          else reject(error);
          // Until what waited is under way.
          await new Promise((done) => {
            setImmediate(done);
          });
        },
      });
    });
  return { requests, sendNow };
}

describe('joinSends', () => {
  it('joins in order what comes while a request is under way', async () => {
    const { requests, sendNow } = broker();
    const send = joinSends(sendNow, 100);
    const done: string[] = [];
    const sends = ['a', 'b', 'c'].map((name) =>
      send([sized(name), sized(`${name}2`)]).then(() => done.push(name)),
    );
    expect(requests.map(({ names }) => names)).toEqual([['a', 'a2']]);
    await requests[0]?.answer();
    expect(done).toEqual(['a']);
    expect(requests[1]?.names).toEqual(['b', 'b2', 'c', 'c2']);
    await requests[1]?.answer();
    await Promise.all(sends);
    expect(requests).toHaveLength(2);
  });

  it('keeps a request under the cap, and sends what is larger by itself', async () => {
    const { requests, sendNow } = broker();
    const send = joinSends(sendNow, 100);
    const sizes: [string, number][] = [
      ['first', 1],
      ['b', 60],
      ['c', 40],
      ['d', 1],
      ['huge', 500],
      ['e', 1],
    ];
    const sends = sizes.map(([name, bytes]) => send([sized(name, bytes)]));
    for (let at = 0; at < requests.length; at += 1) await requests[at]?.answer();
    await Promise.all(sends);
    expect(requests.map(({ names }) => names)).toEqual([['first'], ['b', 'c'], ['d'], ['huge'], ['e']]);
  });

  it('fails all that were joined when the broker is away, and goes on with the next', async () => {
    const { requests, sendNow } = broker();
    const send = joinSends(sendNow, 100);
    const first = send([sized('a')]);
    const joined = Promise.allSettled([send([sized('b')]), send([sized('c')])]);
    const outage = new Outage('kafka', 'ECONNREFUSED', 'no broker');
    await requests[0]?.answer();
    await requests[1]?.answer(outage);
    expect(await joined).toEqual([
      { status: 'rejected', reason: outage },
      { status: 'rejected', reason: outage },
    ]);
    await first;
    const later = send([sized('d')]);
    await requests[2]?.answer();
    await later;
  });

  it('sends each by itself where one is refused for what is in it', async () => {
    const { requests, sendNow } = broker();
    const send = joinSends(sendNow, 100);
    const sends = Promise.allSettled(['a', 'b', 'large', 'c'].map((name) => send([sized(name)])));
    const refusal = new Outage('kafka', 'MESSAGE_TOO_LARGE', 'too large');
    for (let at = 0; at < requests.length; at += 1) {
      const { names, answer } = requests[at] as (typeof requests)[number];
      await answer(names.includes('large') ? refusal : undefined);
    }
    expect(requests.map(({ names }) => names)).toEqual([['a'], ['b', 'large', 'c'], ['b'], ['large'], ['c']]);
    expect((await sends).map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });
});
