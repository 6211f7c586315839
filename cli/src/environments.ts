import { cleanEnvironment } from '@wirefold/clean';
import { enrichEnvironment } from '@wirefold/enrich';
import { indexEnvironment } from '@wirefold/index';
import { ingestEnvironment } from '@wirefold/ingest';
import { describeEnvironment, type EnvironmentVariable } from '@wirefold/pipeline';
import { serviceEnvironment } from '@wirefold/service';
import { translateEnvironment } from '@wirefold/translate';
import type { z } from 'zod';
import { cliEnvironment } from './connection.ts';

const schemas: readonly (readonly [string, z.ZodObject])[] = [
  ['The command line', cliEnvironment],
  ['Every service', serviceEnvironment],
  ['ingest', ingestEnvironment],
  ['clean', cleanEnvironment],
  ['translate', translateEnvironment],
  ['enrich', enrichEnvironment],
  ['index', indexEnvironment],
];

/** Every variable of Wirefold, by who reads it: for help and docs/configuration.md. */
export const environments: readonly {
  readonly reader: string;
  readonly variables: readonly EnvironmentVariable[];
}[] = schemas.map(([reader, schema]) => ({ reader, variables: describeEnvironment(schema) }));
