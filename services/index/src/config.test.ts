import { describe, expect, it } from '@jest/globals';
import { describeEnvironment, parseEnvironment } from '@wirefold/pipeline';
import { indexEnvironment } from './config.ts';

describe('indexEnvironment', () => {
  it('needs nothing', () => {
    expect(parseEnvironment(indexEnvironment, {})).toMatchObject({
      ELASTICSEARCH_URL: ['http://127.0.0.1:9200'],
      INDEX_PREFIX: 'wirefold',
      INDEX_APPLY_ON_START: true,
      INDEX_REPLICAS: 'auto',
    });
  });

  it('reads lists, switches and numbers', () => {
    const config = parseEnvironment(indexEnvironment, {
      ELASTICSEARCH_URL: 'https://a.example:9200, https://b.example:9200',
      INDEX_APPLY_ON_START: 'false',
      INDEX_REPLICAS: '2',
    });
    expect(config).toMatchObject({
      ELASTICSEARCH_URL: ['https://a.example:9200', 'https://b.example:9200'],
      INDEX_APPLY_ON_START: false,
      INDEX_REPLICAS: 2,
    });
  });

  it.each([
    ['ELASTICSEARCH_URL', { ELASTICSEARCH_URL: 'localhost:9200' }],
    ['ELASTICSEARCH_PASSWORD', { ELASTICSEARCH_USERNAME: 'elastic' }],
    ['INDEX_PREFIX', { INDEX_PREFIX: 'Wirefold' }],
    ['INDEX_APPLY_ON_START', { INDEX_APPLY_ON_START: 'perhaps' }],
    ['INDEX_REPLICAS', { INDEX_REPLICAS: 'many' }],
    ['INDEX_BULK_BYTES', { INDEX_BULK_BYTES: '10' }],
  ])('says what is wrong with %s', (name, environment) => {
    expect(() => parseEnvironment(indexEnvironment, environment)).toThrow(name);
  });

  it('describes every variable', () => {
    for (const { description } of describeEnvironment(indexEnvironment)) expect(description).not.toBe('');
  });
});
