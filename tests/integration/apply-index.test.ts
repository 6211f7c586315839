import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { applyIndex, articleIndex, elasticsearchClient, IncompatibleIndex } from '@wirefold/article-index';
import { testEngines } from '@wirefold/testing';

const engines = await testEngines(['elasticsearch']);
const { elasticsearchUrl } = engines;

jest.setTimeout(60_000);

const client = elasticsearchClient({ urls: [elasticsearchUrl], requestTimeoutMs: 30_000 });
const prefixes: string[] = [];

const newPrefix = () => {
  const made = `test-${randomUUID().slice(0, 8)}`;
  prefixes.push(made);
  return made;
};

afterAll(async () => {
  for (const prefix of prefixes) {
    const { indexPattern, templateName } = articleIndex({ prefix });
    const found = Object.keys(await client.indices.get({ index: indexPattern }));
    if (found.length > 0) await client.indices.delete({ index: found });
    await client.indices.deleteIndexTemplate({ name: templateName }, { ignore: [404] });
  }
  await client.close();
  await engines.stop();
});

describe('applyIndex', () => {
  it('may be called by many at once: one index, every alias', async () => {
    const own = newPrefix();
    const reports = await Promise.all(Array.from({ length: 8 }, () => applyIndex(client, { prefix: own })));
    const names = articleIndex({ prefix: own });
    expect(new Set(reports.map(({ indexName }) => indexName))).toEqual(new Set([names.firstIndex]));
    expect(reports.filter(({ index }) => index === 'created')).toHaveLength(1);
    expect(Object.keys(await client.indices.getAlias({ name: names.readAlias }))).toEqual([names.firstIndex]);
  });

  it('changes nothing the second time', async () => {
    const own = newPrefix();
    await applyIndex(client, { prefix: own });
    expect(await applyIndex(client, { prefix: own })).toMatchObject({
      template: 'unchanged',
      index: 'unchanged',
      aliases: 'unchanged',
    });
  });

  it('repairs a read alias that lost its filter', async () => {
    const own = newPrefix();
    const names = articleIndex({ prefix: own });
    await applyIndex(client, { prefix: own });
    await client.indices.putAlias({
      index: names.firstIndex,
      name: names.readAlias,
      filter: { match_all: {} },
    });
    expect(await applyIndex(client, { prefix: own })).toMatchObject({ aliases: 'repaired' });
    const found = await client.indices.getAlias({ name: names.readAlias });
    expect(found[names.firstIndex]?.aliases[names.readAlias]?.filter).toEqual(
      names.aliases[names.readAlias]?.filter,
    );
  });

  it('adds fields to an older index', async () => {
    const own = newPrefix();
    const names = articleIndex({ prefix: own });
    await client.indices.create({
      index: names.firstIndex,
      aliases: names.aliases,
      mappings: { dynamic: false, properties: { uri: { type: 'keyword' } } },
    });
    expect(await applyIndex(client, { prefix: own })).toMatchObject({
      index: 'updated',
      aliases: 'unchanged',
    });
    expect(await applyIndex(client, { prefix: own })).toMatchObject({ index: 'unchanged' });
  });

  it('refuses an index whose mapping can only be rebuilt', async () => {
    const own = newPrefix();
    const names = articleIndex({ prefix: own });
    await client.indices.create({
      index: names.firstIndex,
      aliases: names.aliases,
      mappings: { properties: { uri: { type: 'text' } } },
    });
    await expect(applyIndex(client, { prefix: own })).rejects.toThrow(IncompatibleIndex);
    await expect(applyIndex(client, { prefix: own })).rejects.toThrow(/uri.*rebuild/);
  });

  it('refuses where an index has the name of an alias', async () => {
    const own = newPrefix();
    const names = articleIndex({ prefix: own });
    await client.indices.create({ index: names.writeAlias });
    try {
      await expect(applyIndex(client, { prefix: own })).rejects.toThrow(/where an alias should be/);
    } finally {
      await client.indices.delete({ index: names.writeAlias });
    }
  });

  it('leaves a newer template and index alone', async () => {
    const own = newPrefix();
    const names = articleIndex({ prefix: own });
    const mappings = {
      dynamic: false,
      _meta: { version: 99 },
      properties: { uri: { type: 'text' } },
    } as const;
    await client.indices.putIndexTemplate({
      name: names.templateName,
      index_patterns: [names.indexPattern],
      priority: 500,
      version: 99,
      template: { mappings },
    });
    await client.indices.create({ index: names.firstIndex, aliases: names.aliases });
    expect(await applyIndex(client, { prefix: own })).toMatchObject({ template: 'newer', index: 'newer' });
    expect(await client.indices.getMapping({ index: names.firstIndex })).toMatchObject({
      [names.firstIndex]: { mappings: { properties: { uri: { type: 'text' } } } },
    });
  });

  it('keeps what is searched while another index is written, and gives both the filter', async () => {
    const own = newPrefix();
    const names = articleIndex({ prefix: own });
    await applyIndex(client, { prefix: own });
    const rebuilt = `${names.firstIndex.slice(0, -1)}2`;
    await client.indices.create({ index: rebuilt });
    await client.indices.updateAliases({
      actions: [
        { add: { index: names.firstIndex, alias: names.writeAlias, is_write_index: false } },
        { add: { index: rebuilt, alias: names.writeAlias, is_write_index: true } },
      ],
    });
    expect(await applyIndex(client, { prefix: own })).toMatchObject({
      indexName: rebuilt,
      aliases: 'unchanged',
    });
    expect(Object.keys(await client.indices.getAlias({ name: names.readAlias }))).toEqual([names.firstIndex]);
  });
});
