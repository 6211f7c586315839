import { isDeepStrictEqual } from 'node:util';
import { errors, type Client } from '@elastic/elasticsearch';
import { articleIndex, type ArticleIndex, type ArticleIndexOptions } from './definition.ts';
import { articleMapping, TEMPLATE_VERSION } from './mapping.ts';

/** What applying the index found and did. */
export interface AppliedIndex {
  readonly templateName: string;
  /** `newer`: a newer Wirefold's, which was left alone. */
  readonly template: 'created' | 'updated' | 'unchanged' | 'newer';
  /** The index that is written to. */
  readonly indexName: string;
  readonly index: 'created' | 'updated' | 'unchanged' | 'newer';
  readonly aliases: 'created' | 'repaired' | 'unchanged';
}

/** What is in Elasticsearch does not go together with this version of Wirefold; trying again won't help. */
export class IncompatibleIndex extends Error {
  override readonly name = 'IncompatibleIndex';
}

/**
 * Brings template, first index and aliases to where they should be. Idempotent; several processes may do it at once.
 *
 * @throws IncompatibleIndex when what is there can't be brought there without a rebuild, or has one of our names
 * @throws the client's errors when Elasticsearch does not answer or refuses
 */
export async function applyIndex(client: Client, options: ArticleIndexOptions = {}): Promise<AppliedIndex> {
  const wanted = articleIndex(options);
  const template = await applyTemplate(client, wanted);
  const existing = await writeIndex(client, wanted);
  const created = existing === undefined && (await createFirstIndex(client, wanted));
  // Whoever lost the race to create it finds it here, with its aliases.
  const indexName = existing ?? (await writeIndex(client, wanted)) ?? wanted.firstIndex;
  const common = { templateName: wanted.templateName, template, indexName };
  if (created) return { ...common, index: 'created', aliases: 'created' };
  return {
    ...common,
    index: await applyMapping(client, indexName),
    aliases: await applyAliases(client, wanted, indexName),
  };
}

async function applyTemplate(client: Client, wanted: ArticleIndex): Promise<AppliedIndex['template']> {
  const name = wanted.templateName;
  const found = await orNothing(404, client.indices.getIndexTemplate({ name }));
  const version = found?.index_templates[0]?.index_template.version;
  if (version !== undefined && version > TEMPLATE_VERSION) return 'newer';
  const put = () => client.indices.putIndexTemplate({ name, ...wanted.template });
  await put();
  if (found === undefined) return 'created';
  const now = await client.indices.getIndexTemplate({ name });
  return isDeepStrictEqual(found.index_templates, now.index_templates) ? 'unchanged' : 'updated';
}

/** The index that the write alias writes to; undefined where there is no such alias. */
async function writeIndex(client: Client, wanted: ArticleIndex): Promise<string | undefined> {
  const found = await orNothing(404, client.indices.getAlias({ name: wanted.writeAlias }));
  const indexes = Object.entries(found ?? {});
  const writable = indexes.find(([, { aliases }]) => aliases[wanted.writeAlias]?.is_write_index);
  const index = writable ?? (indexes.length === 1 ? indexes[0] : undefined);
  if (index === undefined && indexes.length > 0) {
    throw new IncompatibleIndex(
      `The alias ${wanted.writeAlias} has ${indexes.length} indexes and none of them is its write index: set is_write_index on one of them`,
    );
  }
  return index?.[0];
}

async function createFirstIndex(client: Client, wanted: ArticleIndex): Promise<boolean> {
  try {
    await client.indices.create({ index: wanted.firstIndex, aliases: wanted.aliases });
    return true;
  } catch (error) {
    switch (errorType(error)) {
      case 'resource_already_exists_exception':
        return false;
      case 'invalid_alias_name_exception':
        throw new IncompatibleIndex(
          `There is an index named ${wanted.writeAlias} or ${wanted.readAlias}, where an alias should be: delete it, or choose another prefix`,
          { cause: error },
        );
      default:
        throw error;
    }
  }
}

async function applyMapping(client: Client, index: string): Promise<AppliedIndex['index']> {
  const mapping = async () => (await client.indices.getMapping({ index }))[index]?.mappings;
  const before = await mapping();
  const { _meta: meta } = before ?? {};
  const version: unknown = meta?.['version'];
  if (typeof version === 'number' && version > TEMPLATE_VERSION) return 'newer';
  try {
    // Elasticsearch is the one that knows which changes an index can take.
    await client.indices.putMapping({ index, ...articleMapping });
  } catch (error) {
    if (!(error instanceof errors.ResponseError) || error.statusCode !== 400) throw error;
    throw new IncompatibleIndex(
      `The index ${index} can't take the mapping of this version (${error.message.slice(0, 300)}): rebuild it under a new name`,
      { cause: error },
    );
  }
  return isDeepStrictEqual(before, await mapping()) ? 'unchanged' : 'updated';
}

async function applyAliases(
  client: Client,
  wanted: ArticleIndex,
  index: string,
): Promise<AppliedIndex['aliases']> {
  const found = await orNothing(404, client.indices.getAlias({ name: wanted.readAlias }));
  // While an index is rebuilt, what is searched is not what is written: every index of the read alias gets the filter.
  const searched = Object.keys(found ?? {});
  const filter = wanted.aliases[wanted.readAlias]?.filter;
  const unfiltered = (searched.length > 0 ? searched : [index]).filter(
    (name) => !isDeepStrictEqual(found?.[name]?.aliases[wanted.readAlias]?.filter, filter),
  );
  const written = await orNothing(404, client.indices.getAlias({ name: wanted.writeAlias }));
  const isWriteIndex = written?.[index]?.aliases[wanted.writeAlias]?.is_write_index === true;
  const actions = [
    ...unfiltered.map((name) => ({
      add: { index: name, alias: wanted.readAlias, ...(filter && { filter }) },
    })),
    ...(isWriteIndex ? [] : [{ add: { index, alias: wanted.writeAlias, is_write_index: true } }]),
  ];
  if (actions.length === 0) return 'unchanged';
  try {
    await client.indices.updateAliases({ actions });
  } catch (error) {
    if (errorType(error) !== 'invalid_alias_name_exception') throw error;
    throw new IncompatibleIndex(
      `There is an index named ${wanted.writeAlias} or ${wanted.readAlias}, where an alias should be: delete it, or choose another prefix`,
      { cause: error },
    );
  }
  return 'repaired';
}

function errorType(error: unknown): string | undefined {
  if (!(error instanceof errors.ResponseError)) return undefined;
  const body = error.body as { error?: { type?: string } } | undefined;
  return body?.error?.type;
}

async function orNothing<Value>(status: number, request: Promise<Value>): Promise<Value | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof errors.ResponseError && error.statusCode === status) return undefined;
    throw error;
  }
}
