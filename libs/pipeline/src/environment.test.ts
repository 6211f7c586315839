import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  commaList,
  ConfigurationError,
  describeEnvironment,
  parseEnvironment,
  wholeNumber,
} from './environment.ts';

const schema = z.object({
  BROKERS: commaList.describe('Addresses'),
  PORT: wholeNumber(1, 65_535).default(8080).describe('Where it listens'),
  MODE: z.enum(['fast', 'slow']).optional().describe('How'),
  TLS: z.stringbool().default(false).describe('Whether'),
});
const read = (environment: Record<string, string | undefined>) => parseEnvironment(schema, environment);
const mistakes = (environment: Record<string, string | undefined>): string => {
  try {
    read(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return '';
};

describe('parseEnvironment', () => {
  it('reads text into what it means, and takes defaults for what is absent or empty', () => {
    expect(read({ BROKERS: 'a:1, b:2,', PORT: '', TLS: 'true', HOME: '/x' })).toEqual({
      BROKERS: ['a:1', 'b:2'],
      PORT: 8080,
      TLS: true,
    });
  });

  it('says every mistake in one message: what is wrong, and what the variable is for', () => {
    const message = mistakes({ PORT: '70000', MODE: 'quick', TLS: 'perhaps' });
    expect(message).toMatch(/^The configuration has 4 mistakes:/);
    expect(message).toMatch(/BROKERS: is not set \(Addresses\)/);
    expect(message).toMatch(/PORT: expected a whole number from 1 to 65535.*\(Where it listens\)/);
    expect(message).toMatch(/MODE: .*"fast"\|"slow".*\(How\)/);
    expect(message).toMatch(/TLS: /);
  });

  it.each(['1.5', 'x', 'NaN', 'Infinity', '0', '-1', '1e9'])('takes no %s for a port', (value) => {
    expect(mistakes({ BROKERS: 'a:1', PORT: value })).toMatch(/PORT: /);
  });

  it.each([',', ' , '])('takes no list of nothing: %p', (value) => {
    expect(mistakes({ BROKERS: value })).toMatch(/BROKERS: expected a list/);
  });
});

it('describes the variables for help and documentation', () => {
  expect(describeEnvironment(schema)).toEqual([
    { name: 'BROKERS', description: 'Addresses', default: undefined, required: true },
    { name: 'PORT', description: 'Where it listens', default: '8080', required: false },
    { name: 'MODE', description: 'How', default: undefined, required: false },
    { name: 'TLS', description: 'Whether', default: 'false', required: false },
  ]);
});
