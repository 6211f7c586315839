import { describe, expect, it, jest } from '@jest/globals';
import { deadLetterTopic } from '@wirefold/contracts';
import { beginStageRun, launchService, type TestEngines, type TestKafka } from '@wirefold/testing';
import { serviceEnvironment } from '@wirefold/service';
import { buildSubjects, subjects } from './subjects.ts';
import { useEngines } from '../../engines.ts';

jest.setTimeout(60_000);

let engines: TestEngines;
let kafka: TestKafka;

useEngines(buildSubjects, (begun) => ({ engines, kafka } = begun));

describe.each(subjects)('$stage', (subject) => {
  const { stage } = subject;

  it('names every mistake of its configuration in one message, and ends with 1', async () => {
    const mistakes: Record<string, string> = {
      HTTP_PORT: '70000',
      LOG_LEVEL: 'loud',
      CHUNK_MESSAGES: 'many',
      KAFKA_COMPRESSION: 'rar',
      ...{
        ingest: { REDIS_URL: 'http://127.0.0.1' },
        clean: { REDIS_URL: 'http://127.0.0.1', CLEAN_THREADS: '0' },
        translate: { TRANSLATE_ENGINE: 'apertium' },
        enrich: {},
        index: { ELASTICSEARCH_USERNAME: 'wirefold', INDEX_SHARDS: '0' },
      }[stage],
    };
    const service = launchService(stage, mistakes);
    expect(await service.exited).toBe(1);
    const named = { KAFKA_BROKERS: 'is not set', ...mistakes };
    const {
      TRANSLATE_ENGINE: _engine,
      ELASTICSEARCH_USERNAME: _user,
      ...wrong
    } = named as Record<string, string>;
    const expected = Object.keys(wrong);
    if (stage === 'translate') expected.push('APERTIUM_URL', 'REDIS_URL');
    if (stage === 'index') expected.push('ELASTICSEARCH_PASSWORD');
    const output = service.output();
    expect(output).toContain(`${stage}: The configuration has ${expected.length} mistakes:`);
    for (const name of expected) expect(output).toMatch(new RegExp(`^  ${name}: .`, 'm'));
    expect(output).not.toContain('    at ');
  });

  it('lists its variables on --help', async () => {
    const service = launchService(stage, {}, ['--help']);
    expect(await service.exited).toBe(0);
    const { [`${stage}Environment`]: own } = (await import(`@wirefold/${stage}`)) as Record<
      string,
      typeof serviceEnvironment
    >;
    const names = [...Object.keys(serviceEnvironment.shape), ...Object.keys(own?.shape ?? {})];
    expect(names.length).toBeGreaterThan(Object.keys(serviceEnvironment.shape).length);
    for (const name of names)
      expect(service.output()).toMatch(new RegExp(`^  ${name} +\\S.*\\((required|default .*)\\)$`, 'm'));
  });

  it('ends with 1 where a topic is missing, and says what helps', async () => {
    const run = await beginStageRun(subject, engines, kafka);
    const missing = deadLetterTopic(stage).name;
    await kafka.admin.deleteTopics({ topics: [missing] });
    const service = launchService(stage, run.environment);
    expect(await service.exited).toBe(1);
    expect(service.output()).toContain(`missing topics: ${missing}; create them with: wirefold topics apply`);
  });
});
