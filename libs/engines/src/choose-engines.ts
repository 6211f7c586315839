import type { EngineKind, EngineName } from './engine.ts';

/** What looking for a way to run engines came to. */
export type Finding =
  | { usable: true; detail: string }
  | { usable: false /** What was looked for and what was found. */; detail: string };

export interface Findings {
  /** The engines that have no address in the environment. */
  missing: readonly EngineName[];
  /** Restricts the choice to one kind. */
  only?: EngineKind | undefined;
  docker: Finding;
  embedded: Finding;
}

/** No way to run the engines was found; the message says what was looked for and the three ways out. */
export class EnginesUnavailable extends Error {
  readonly missing: readonly EngineName[];

  constructor(message: string, missing: readonly EngineName[]) {
    super(message);
    this.name = 'EnginesUnavailable';
    this.missing = missing;
  }
}

export const notLookedFor: Finding = { usable: false, detail: 'not looked for' };

const variables: Record<EngineName, string> = {
  kafka: 'KAFKA_BROKERS',
  elasticsearch: 'ELASTICSEARCH_URL',
  redis: 'REDIS_URL',
};

/**
 * How the engines are had: addresses in the environment first, then Docker, then the embedded stack.
 * @throws EnginesUnavailable
 */
export function chooseEngines(findings: Findings): EngineKind {
  const { missing, only, docker, embedded } = findings;
  const allowed = (kind: EngineKind) => only === undefined || only === kind;
  if (missing.length === 0 && allowed('environment')) return 'environment';
  if (docker.usable && allowed('docker')) return 'docker';
  if (embedded.usable && allowed('embedded')) return 'embedded';
  throw new EnginesUnavailable(unavailableMessage(findings), missing);
}

function unavailableMessage({ missing, only, docker, embedded }: Findings): string {
  const wanted = missing.length > 0 ? missing : (Object.keys(variables) as EngineName[]);
  const way = (kind: EngineKind, found: string) =>
    only === undefined || only === kind ? found : `left out: only "${only}" was asked for`;
  return [
    `No way to run ${wanted.join(', ')} was found. Do one of these three things:`,
    `  1. Start them yourself and set ${wanted.map((engine) => variables[engine]).join(', ')}.`,
    `     (Now: ${way('environment', `${wanted.map((engine) => variables[engine]).join(', ')} not set`)}.)`,
    '  2. Start Docker, with docker compose v2.',
    `     (Now: ${way('docker', docker.detail)}.)`,
    '  3. Install a JDK, version 21 or newer (set JAVA_HOME where it is in no usual folder), and Maven.',
    `     (Now: ${way('embedded', embedded.detail)}.)`,
  ].join('\n');
}
