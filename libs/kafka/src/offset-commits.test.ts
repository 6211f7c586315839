import { describe, expect, it } from '@jest/globals';
import { silentLog, systemClock } from '@wirefold/pipeline';
import type { OffsetsByTopicPartition } from 'kafkajs';
import { OffsetCommits } from './offset-commits.ts';

const broker = () => {
  const requests: Record<number, string>[] = [];
  const waiting: PromiseWithResolvers<void>[] = [];
  return {
    requests,
    waiting,
    commit: ({ topics }: OffsetsByTopicPartition) => {
      const partitions = topics[0]?.partitions ?? [];
      requests.push(Object.fromEntries(partitions.map(({ partition, offset }) => [partition, offset])));
      const answer = Promise.withResolvers<void>();
      waiting.push(answer);
      return answer.promise;
    },
  };
};

describe('OffsetCommits', () => {
  it('commits the next offset of every partition in one request, once', async () => {
    const { commit, requests, waiting } = broker();
    const commits = new OffsetCommits('t', silentLog, systemClock);
    await commits.flush();
    commits.done(0, '41', commit);
    commits.done(1, '9007199254740993', commit);
    commits.done(0, '42', commit);
    const flushed = commits.flush();
    waiting[0]?.resolve();
    await flushed;
    await commits.flush();
    expect(requests).toEqual([{ 0: '43', 1: '9007199254740994' }]);
  });

  it('sends one request at a time, the later one with what came meanwhile', async () => {
    const { commit, requests, waiting } = broker();
    const commits = new OffsetCommits('t', silentLog, systemClock);
    commits.done(0, '1', commit);
    const first = commits.flush();
    commits.done(0, '5', commit);
    const second = commits.flush();
    await new Promise((resolve) => void setImmediate(resolve));
    expect(requests).toEqual([{ 0: '2' }]);
    waiting[0]?.resolve();
    await first;
    await new Promise((resolve) => void setImmediate(resolve));
    waiting[1]?.resolve();
    await second;
    expect(requests).toEqual([{ 0: '2' }, { 0: '6' }]);
  });

  it('tries again what was refused', async () => {
    const { commit, requests, waiting } = broker();
    const commits = new OffsetCommits('t', silentLog, systemClock);
    commits.done(0, '1', commit);
    const refused = commits.flush();
    waiting[0]?.reject(new Error('coordinator is loading'));
    await refused;
    const again = commits.flush();
    waiting[1]?.resolve();
    await again;
    expect(requests).toEqual([{ 0: '2' }, { 0: '2' }]);
  });

  it('never commits what was done before a rebalance', async () => {
    const { commit, requests, waiting } = broker();
    const commits = new OffsetCommits('t', silentLog, systemClock);
    commits.done(0, '1', commit);
    commits.done(1, '1', commit);
    commits.forget();
    await commits.flush();
    commits.done(1, '7', commit);
    const flushed = commits.flush();
    waiting[0]?.resolve();
    await flushed;
    expect(requests).toEqual([{ 1: '8' }]);
  });

  it('says for how long no commit was taken, until one is, or the brokers are away, or the group is joined anew', async () => {
    let nowMs = 0;
    const refused = () => Promise.reject(new Error('The coordinator is not aware of this member'));
    const commits = new OffsetCommits('t', silentLog, { nowMs: () => nowMs });
    const refuse = async () => {
      commits.done(0, '41', refused);
      await commits.flush();
    };
    await refuse();
    nowMs = 1000;
    await refuse();
    nowMs = 3000;
    expect(commits.refusedForMs()).toBe(3000);
    commits.done(0, '42', () => Promise.resolve());
    await commits.flush();
    expect(commits.refusedForMs()).toBe(0);
    await refuse();
    nowMs = 4000;
    expect(commits.refusedForMs()).toBe(1000);
    commits.excuse();
    expect(commits.refusedForMs()).toBe(0);
    await refuse();
    commits.forget();
    nowMs = 9000;
    expect(commits.refusedForMs()).toBe(0);
  });
});
