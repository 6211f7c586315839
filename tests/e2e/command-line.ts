import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { EngineAddresses } from '@wirefold/engines';
import { repositoryRoot } from '@wirefold/testing';

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly bytes: Buffer;
}

/** The built command line as a user runs it, against a test's engines. */
export type CommandLine = (...parameters: string[]) => Promise<Answer>;

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

export const commandLine =
  (engines: EngineAddresses, prefix: string): CommandLine =>
  (...parameters) =>
    new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [join(repositoryRoot, 'cli/dist/main.js'), ...parameters],
        {
          encoding: 'buffer',
          maxBuffer: MAX_OUTPUT_BYTES,
          env: {
            KAFKA_BROKERS: engines.kafkaBrokers.join(','),
            ELASTICSEARCH_URL: engines.elasticsearchUrl,
            INDEX_PREFIX: prefix,
            CONSUMER_GROUP_PREFIX: prefix,
          },
        },
        (error, bytes, err) => {
          const code = typeof error?.code === 'number' ? error.code : error ? 1 : 0;
          resolve({ code, out: bytes.toString('utf8'), err: err.toString('utf8'), bytes });
        },
      );
      child.stdin?.end();
    });

/** Each line of JSON Lines. */
export const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
