import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import { documentId } from '@wirefold/contracts';
import { createIngestStage, ingestEnvironment, type Incoming } from '@wirefold/ingest';
import { parseEnvironment, type Delivery } from '@wirefold/pipeline';
import { testEngines } from '@wirefold/testing';
import { Redis } from 'ioredis';

/** What ingest remembers of versions and kills, in a real Redis, by its stage alone. */
const engines = await testEngines(['redis']);
const prefix = `test-${randomUUID().slice(0, 8)}`;
const redis = new Redis(engines.redisUrl);
const config = parseEnvironment(ingestEnvironment, { REDIS_URL: engines.redisUrl, REDIS_PREFIX: prefix });
// The second one knows nothing but what is in Redis.
const [one, other] = await Promise.all([createIngestStage(config), createIngestStage(config)]);

afterAll(async () => {
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.unlink(keys);
  redis.disconnect();
  await one.close();
  await other.close();
  await engines.stop();
});

const keyOf = (uri: string) => `${prefix}:version:${documentId(uri)}`;

let place = 0;
async function take({ stage }: typeof one, uri: string, fields: object): Promise<string> {
  place += 1;
  const article = { uri, content: `Text von ${uri}.`, ...fields } as Incoming;
  const delivery: Delivery<Incoming> = {
    article,
    key: uri,
    origin: `news.article.scraped.v1/${place % 6}/${place}@${place}`,
    timestampMs: Date.UTC(2026, 2, 1) + place * 1000,
  };
  const [result] = await stage.handle([delivery], { signal: new AbortController().signal });
  await stage.confirm?.([delivery]);
  if (result?.kind === 'drop') return result.outcome;
  return result?.kind === 'pass' ? result.output.pubStatus : String(result?.kind);
}

const kill = { version: 3, versionCreated: '2026-03-01T08:00:00Z', pubStatus: 'canceled', content: '' };

describe('a kill that another process took', () => {
  it('stands against older text, which is passed on as the kill once, and against scrapes', async () => {
    const uri = 'urn:killed';
    expect(await take(one, uri, kill)).toBe('canceled');
    expect(await take(other, uri, { version: 2 })).toBe('canceled');
    expect(await take(one, uri, { version: 2 })).toBe('stale');
    expect(await take(one, uri, { version: 3, fetchedAt: '2026-04-01T08:00:00Z', title: 'x' })).toBe(
      'canceled',
    );
    expect(await take(other, uri, { version: 4 })).toBe('usable');
  });

  it('wins over what was only scraped later', async () => {
    const uri = 'urn:scraped';
    expect(await take(one, uri, { fetchedAt: '2026-04-01T08:00:00Z' })).toBe('usable');
    const { version: _version, ...unnumbered } = kill;
    expect(await take(other, uri, unnumbered)).toBe('canceled');
    expect(await take(one, uri, { fetchedAt: '2026-05-01T08:00:00Z' })).toBe('canceled');
    expect(await take(other, uri, { versionCreated: '2026-03-02T08:00:00Z', title: 'x' })).toBe('usable');
  });
});

describe('what an older Wirefold remembered', () => {
  it('is read, and written in the new form only where there is more to say', async () => {
    const uri = 'urn:old';
    const createdMs = Date.UTC(2026, 2, 1, 8);
    const old = [2, createdMs, createdMs / 1000, 'hash', 'elsewhere/0/1@1'];
    await redis.set(keyOf(uri), JSON.stringify(old));
    expect(await take(one, uri, { version: 1 })).toBe('stale');
    expect(await take(one, uri, { version: 4, versionCreated: '2026-03-02T08:00:00Z' })).toBe('usable');
    expect(JSON.parse((await redis.get(keyOf(uri))) ?? '')).toHaveLength(5);
    expect(await take(one, uri, { version: 5, pubStatus: 'canceled' })).toBe('canceled');
    expect(JSON.parse((await redis.get(keyOf(uri))) ?? '')).toHaveLength(6);
    expect(await take(one, uri, { version: 4 })).toBe('canceled');
    expect(JSON.parse((await redis.get(keyOf(uri))) ?? '')).toHaveLength(8);
  });
});
