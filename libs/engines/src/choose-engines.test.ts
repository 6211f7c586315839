import { describe, expect, it } from '@jest/globals';
import { chooseEngines, EnginesUnavailable, type Finding, type Findings } from './choose-engines.ts';

const usable: Finding = { usable: true, detail: 'there' };
const docker: Finding = { usable: false, detail: 'no Docker daemon answers' };
const embedded: Finding = {
  usable: false,
  detail: 'no JDK 21 or newer: Java 17 in /usr/lib/jvm/17 (PATH) is too old',
};

function refusal(findings: Findings): EnginesUnavailable {
  try {
    chooseEngines(findings);
  } catch (error) {
    if (error instanceof EnginesUnavailable) return error;
  }
  throw new Error('it was not refused');
}

describe('chooseEngines', () => {
  it('uses the environment when it names every engine, whatever else there is', () => {
    expect(chooseEngines({ missing: [], docker: usable, embedded: usable })).toBe('environment');
  });

  it('prefers Docker to the embedded stack', () => {
    expect(chooseEngines({ missing: ['redis'], docker: usable, embedded: usable })).toBe('docker');
    expect(chooseEngines({ missing: ['redis'], docker, embedded: usable })).toBe('embedded');
  });

  it('keeps to the one kind that was asked for', () => {
    const findings = { missing: ['kafka'], docker: usable, embedded: usable } as const;
    expect(chooseEngines({ ...findings, only: 'embedded' })).toBe('embedded');
    expect(chooseEngines({ ...findings, only: 'docker' })).toBe('docker');
    expect(refusal({ ...findings, only: 'environment' }).message).toContain('KAFKA_BROKERS not set');
  });

  it('says the three ways out and what was found of each', () => {
    const { message, missing } = refusal({ missing: ['kafka', 'redis'], docker, embedded });
    expect(missing).toEqual(['kafka', 'redis']);
    expect(message).toBe(
      [
        'No way to run kafka, redis was found. Do one of these three things:',
        '  1. Start them yourself and set KAFKA_BROKERS, REDIS_URL.',
        '     (Now: KAFKA_BROKERS, REDIS_URL not set.)',
        '  2. Start Docker, with docker compose v2.',
        '     (Now: no Docker daemon answers.)',
        '  3. Install a JDK, version 21 or newer (set JAVA_HOME where it is in no usual folder), and Maven.',
        '     (Now: no JDK 21 or newer: Java 17 in /usr/lib/jvm/17 (PATH) is too old.)',
      ].join('\n'),
    );
  });

  it('says which ways were left out on demand', () => {
    const { message } = refusal({ missing: ['redis'], docker, embedded: usable, only: 'docker' });
    expect(message).toContain('left out: only "docker" was asked for');
    expect(message).toContain('(Now: no Docker daemon answers.)');
  });
});
