import type { StageName } from '@wirefold/contracts';
import {
  launchService,
  stageSubjects,
  type LaunchedService,
  type StageRun,
  type StageSubject,
  type TestKafka,
} from '@wirefold/testing';

/** The shortest that a service takes: members that fall silent are given up soon. */
const SETTINGS = { SESSION_TIMEOUT_MS: '6000', CHUNK_MESSAGES: '20' };

export const subjectOf = (stage: StageName): StageSubject =>
  stageSubjects.find((one) => one.stage === stage) as StageSubject;

export type Launch = (
  stage: StageName,
  run: StageRun,
  more?: Readonly<Record<string, string>>,
) => LaunchedService;

/** Starts one more member of a run's group, waits for nothing, and notes it for the end of the test. */
export function launchMember(
  launched: LaunchedService[],
  stage: StageName,
  run: StageRun,
  more: Readonly<Record<string, string>> = {},
): LaunchedService {
  const service = launchService(stage, { ...run.environment, ...SETTINGS, ...more });
  launched.push(service);
  return service;
}

/** A run's group as the broker sees it. */
export async function groupOf({ admin }: TestKafka, { group }: StageRun) {
  const [described] = (await admin.describeGroups([group])).groups;
  if (described === undefined) throw new Error(`no group ${group}`);
  return described;
}

/** How often a service has joined its group. */
export const joins = (service: LaunchedService): number =>
  service.output().split('joined the consumer group').length - 1;
