/** What a service's health endpoint answered. */
export interface ProbeAnswer {
  readonly status: number;
  /** What is well, and what is not, by name. */
  readonly info: Readonly<Record<string, unknown>>;
  readonly error: Readonly<Record<string, { readonly status: string; readonly message?: string }>>;
}

/** Asks a service whether it is alive, or ready. */
export async function probe(url: string, which: 'live' | 'ready'): Promise<ProbeAnswer> {
  const response = await fetch(`${url}/health/${which}`);
  const { info, error } = (await response.json()) as ProbeAnswer;
  return { status: response.status, info, error };
}

/** Every sample of a service's metrics, keyed as Prometheus writes it: `name{label="value"}`. */
export async function metricsOf(url: string): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))] as const;
    }),
  );
}

const HANDLED = /^wirefold_messages_total\{.*outcome="([^"]*)",reason="([^"]*)"/;

/** How many messages came to which outcome in a service: `passed`, or `rejected malformed-json`. */
export async function outcomesOf(url: string): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const [sample, value] of await metricsOf(url)) {
    const [, outcome, reason] = HANDLED.exec(sample) ?? [];
    if (outcome !== undefined) counts[`${outcome} ${reason ?? ''}`.trim()] = value;
  }
  return counts;
}
