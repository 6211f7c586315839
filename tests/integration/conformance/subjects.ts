import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StageName } from '@wirefold/contracts';
import { buildServices, repositoryRoot, stageSubjects } from '@wirefold/testing';

const only = process.env['CONFORMANCE_STAGE'];

/** The stages under test: all of them, or the one that CONFORMANCE_STAGE names. */
export const subjects = stageSubjects.filter(
  ({ stage }) =>
    (only === undefined || only.split(',').includes(stage)) &&
    existsSync(join(repositoryRoot, 'services', stage, 'src/main.ts')),
);

export const stagesUnderTest: readonly StageName[] = subjects.map(({ stage }) => stage);

/** Services run as processes, from what is built. */
export const buildSubjects = () => buildServices(stagesUnderTest);
