import type { Client } from '@elastic/elasticsearch';
import {
  applyIndex,
  articleIndex,
  IncompatibleIndex,
  type ArticleIndexOptions,
} from '@wirefold/article-index';
import { Outage } from '@wirefold/pipeline';
import { classifyFailure } from '../core/classify-failure.ts';
import { APPLY_HINT, DEPENDENCY } from '../core/verdict.ts';

export interface IndexReadiness {
  /** Applies template, index and aliases, once; resolves at once afterwards. @throws Outage */
  readonly ensure: () => Promise<void>;
  /** Whether the cluster answers, the write alias exists, its shards work and nothing blocks writing. @throws Outage */
  readonly check: () => Promise<void>;
}

export function createIndexReadiness(
  client: Client,
  options: ArticleIndexOptions & { readonly applyOnStart: boolean },
): IndexReadiness {
  const { writeAlias } = articleIndex(options);
  let applied: Promise<void> | undefined;

  const ensure = async () => {
    if (!options.applyOnStart) return;
    applied ??= applyIndex(client, options).then(() => undefined);
    try {
      await applied;
    } catch (error) {
      applied = undefined;
      throw toOutage(error);
    }
  };

  const check = async () => {
    await ensure();
    try {
      const aliases = await client.indices.getAlias({ name: writeAlias }, { ignore: [404] });
      const indexes = Object.keys(aliases).filter((name) => aliases[name]?.aliases?.[writeAlias]);
      if (indexes.length === 0)
        throw new Outage(DEPENDENCY, 'NO_INDEX', `There is no alias ${writeAlias}: ${APPLY_HINT}`);
      const [health, state] = await Promise.all([
        client.cluster.health({ index: indexes }, { ignore: [408] }),
        client.cluster.state({ metric: 'blocks', filter_path: 'blocks' }),
      ]);
      if (health.status === 'red')
        throw new Outage(DEPENDENCY, 'RED', 'Elasticsearch is there, but shards of the index are not');
      const blocks = writeBlocks(state, indexes);
      if (blocks.length > 0)
        throw new Outage(DEPENDENCY, 'BLOCKED', `Elasticsearch does not take writes: ${blocks.join(', ')}`);
    } catch (error) {
      throw toOutage(error);
    }
  };
  return { ensure, check };
}

interface Blocks {
  readonly global?: Record<string, Block>;
  readonly indices?: Record<string, Record<string, Block>>;
}
interface Block {
  readonly description: string;
  readonly levels: readonly string[];
}

function writeBlocks(state: unknown, indexes: readonly string[]): string[] {
  const { global = {}, indices = {} } = (state as { blocks?: Blocks }).blocks ?? {};
  return [global, ...indexes.map((index) => indices[index] ?? {})]
    .flatMap((blocks) => Object.values(blocks))
    .filter(({ levels }) => levels.includes('write'))
    .map(({ description }) => description);
}

function toOutage(error: unknown): Outage {
  if (error instanceof Outage) return error;
  if (error instanceof IncompatibleIndex)
    return new Outage(DEPENDENCY, 'INCOMPATIBLE', error.message, { cause: error });
  const failure = classifyFailure(error);
  if (failure.kind === 'outage') return failure.outage;
  return new Outage(DEPENDENCY, 'UNKNOWN', `The index can't be prepared: ${String(error)}`, { cause: error });
}
