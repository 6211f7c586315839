import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, parseEnvironment, systemClock } from '@wirefold/pipeline';
import { translateEnvironment } from './config.ts';
import { createFullTranslateStage, createTranslateStage } from './stage.ts';

const parse = (environment: Record<string, string>) => parseEnvironment(translateEnvironment, environment);

const withApertium = {
  TRANSLATE_ENGINE: 'apertium',
  APERTIUM_URL: 'http://127.0.0.1:1',
  REDIS_URL: 'redis://127.0.0.1:1',
};
const twiceWrong = () => parse({ TRANSLATE_ENGINE: 'apertium', TRANSLATE_CONCURRENCY: 'many' });

describe('translateEnvironment', () => {
  it('works with nothing set, without an engine', () => {
    expect(parse({}).TRANSLATE_ENGINE).toBe('none');
  });

  it('says every mistake at once, the missing addresses of the engine and of Redis too', () => {
    expect(twiceWrong).toThrow(ConfigurationError);
    expect(twiceWrong).toThrow(/3 mistakes[^]*TRANSLATE_CONCURRENCY[^]*APERTIUM_URL[^]*REDIS_URL/u);
  });

  it('wants an address of http', () => {
    expect(() => parse({ TRANSLATE_ENGINE: 'apertium', APERTIUM_URL: 'ftp://x' })).toThrow('APERTIUM_URL');
  });
});

describe('createTranslateStage', () => {
  it('has no dependency without an engine, and Apertium with it', async () => {
    expect(createTranslateStage(parse({}), { clock: systemClock }).dependencies).toEqual([]);
    const config = parse(withApertium);
    const { dependencies, close } = createTranslateStage(config, { clock: systemClock });
    expect(dependencies.map(({ name }) => name)).toEqual(['apertium']);
    await expect(dependencies[0]?.check()).rejects.toMatchObject({ name: 'Outage' });
    await close();
  });

  it('refuses a configuration that lost the check of its schema', () => {
    const config = { ...parse({}), TRANSLATE_ENGINE: 'apertium' as const };
    expect(() => createTranslateStage(config, { clock: systemClock })).toThrow(ConfigurationError);
  });

  it('folds in Redis where there is an engine, and needs none where there is not', async () => {
    const none = await createFullTranslateStage(parse({}), { clock: systemClock });
    expect(none.dependencies).toEqual([]);
    const full = await createFullTranslateStage(parse(withApertium), { clock: systemClock });
    expect(full.dependencies.map(({ name }) => name)).toEqual(['apertium', 'redis']);
    await full.close();
  });

  it('handles a batch', async () => {
    const { stage } = createTranslateStage(parse({}), { clock: systemClock });
    expect(await stage.handle([], { signal: new AbortController().signal })).toEqual([]);
  });
});
