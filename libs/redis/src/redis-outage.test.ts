import { describe, expect, it } from '@jest/globals';
import { Outage } from '@wirefold/pipeline';
import { toOutage } from './redis-outage.ts';

const replyError = (message: string): Error => Object.assign(new Error(message), { name: 'ReplyError' });
const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:7001'), { code: 'ECONNREFUSED' });
const allFailed = (lastNodeError: Error) =>
  Object.assign(new Error('Failed to refresh slots cache.'), { lastNodeError });

describe('toOutage', () => {
  it.each([
    ['READONLY', replyError("READONLY You can't write against a read only replica.")],
    ['LOADING', replyError('LOADING Redis is loading the dataset in memory')],
    ['CLUSTERDOWN', replyError('CLUSTERDOWN The cluster is down')],
    [
      'TRYAGAIN',
      new Error('Too many Cluster redirections. Last error: ReplyError: TRYAGAIN Multiple keys request'),
    ],
    ['MOVED', new Error('Too many Cluster redirections. Last error: ReplyError: MOVED 9060 127.0.0.1:7001')],
    ['MOVED', new Error('All keys in the pipeline should belong to the same slots allocation group')],
    ['TIMEOUT', new Error('Too many Cluster redirections. Last error: Error: Command timed out')],
    ['TIMEOUT', allFailed(new Error('timeout'))],
    ['OOM', replyError('ERR Error running script (call to f_0): @user_script:1: -OOM command not allowed')],
    ['CLUSTERMODE', allFailed(replyError('ERR This instance has cluster support disabled'))],
    ['NOAUTH', allFailed(replyError('NOAUTH Authentication required.'))],
    ['ECONNREFUSED', refused],
    ['CONNECTION', new Error('Connection is closed.')],
  ])('%s: %p', (code, error) => {
    expect(toOutage(error, undefined)).toMatchObject({ name: 'Outage', dependency: 'redis', code });
  });

  it.each([
    new Error('Connection is closed.'),
    new Error('Too many Cluster redirections. Last error: Error: Connection is closed.'),
    new Error('None of startup nodes is available'),
    new Error("Cluster isn't ready and enableOfflineQueue options is false"),
    allFailed(new Error('Connection is closed.')),
  ])('says why the connection failed, where the error does not: %p', (error) => {
    expect(toOutage(error, refused)).toMatchObject({ code: 'ECONNREFUSED', message: refused.message });
  });

  it('leaves an outage, and what Redis says for itself, as it is', () => {
    const outage = new Outage('redis', 'EVICTS', 'It evicts.');
    expect(toOutage(outage, refused)).toBe(outage);
    expect(toOutage(replyError('OOM command not allowed'), refused).code).toBe('OOM');
  });
});
