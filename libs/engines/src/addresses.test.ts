import { describe, expect, it } from '@jest/globals';
import { addressesFromEnvironment, megabytes, missingEngines } from './addresses.ts';

const readMalformed = () =>
  addressesFromEnvironment({
    KAFKA_BROKERS: 'one:9092,two',
    ELASTICSEARCH_URL: 'search:secret:9200',
    REDIS_URL: 'http://:secret@cache',
  });

describe('addressesFromEnvironment', () => {
  it('reads a list of brokers and the two URLs', () => {
    const addresses = addressesFromEnvironment({
      KAFKA_BROKERS: 'one:9092, [::1]:9093,',
      ELASTICSEARCH_URL: 'https://user:secret@search:9200/',
      REDIS_URL: 'redis://cache:6379',
    });
    expect(addresses).toEqual({
      kafkaBrokers: ['one:9092', '[::1]:9093'],
      elasticsearchUrl: 'https://user:secret@search:9200',
      redisUrl: 'redis://cache:6379',
    });
    expect(missingEngines(addresses, ['kafka', 'elasticsearch', 'redis'])).toEqual([]);
  });

  it('counts an empty variable as absent', () => {
    const addresses = addressesFromEnvironment({ KAFKA_BROKERS: ' ', REDIS_URL: 'redis://cache' });
    expect(addresses).toEqual({ redisUrl: 'redis://cache' });
    expect(missingEngines(addresses, ['kafka', 'redis'])).toEqual(['kafka']);
  });

  it('says every malformed address at once, and repeats no password', () => {
    expect(readMalformed).toThrow(
      /KAFKA_BROKERS: "two" is not host:port.*\nELASTICSEARCH_URL: .*\nREDIS_URL: must start with redis:/,
    );
    expect(readMalformed).not.toThrow(/secret/);
  });
});

describe('megabytes', () => {
  it('reads a number, or falls back', () => {
    expect(megabytes({ HEAP: '768' }, 'HEAP', 512)).toBe(768);
    expect(megabytes({}, 'HEAP', 512)).toBe(512);
  });

  it.each(['1g', '-5', '12', '1.5'])('refuses %j', (text) => {
    expect(() => megabytes({ HEAP: text }, 'HEAP', 512)).toThrow(/HEAP: ".*" is not a whole number of MB/);
  });
});
