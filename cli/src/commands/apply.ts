import { applyIndex } from '@wirefold/article-index';
import { allTopics } from '@wirefold/contracts';
import { applyTopics, withAdmin } from '@wirefold/kafka';
import type { Command } from 'commander';
import { connectElasticsearch, connectKafka, readConfig } from '../connection.ts';
import { print, printJson } from '../terminal.ts';

interface ApplyOptions {
  readonly json?: boolean;
}

/** `topics apply` and `index apply`: make broker and index what the code says they are. */
export function applyCommands(program: Command): void {
  program
    .command('topics')
    .description("the pipeline's topics")
    .command('apply')
    .description('create what is missing, add partitions, change settings; never deletes')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: ApplyOptions) => {
      const config = readConfig(process.env);
      const changes = await withAdmin(connectKafka(config), (admin) =>
        applyTopics(admin, allTopics, config.KAFKA_REPLICATION_FACTOR),
      );
      if (json) printJson(changes);
      else
        for (const { topic, change, details } of changes)
          print(`${change.padEnd(10)} ${topic}  ${details.join(', ')}`.trimEnd());
    });
  program
    .command('index')
    .description('the Elasticsearch index')
    .command('apply')
    .description('put the template and create index and aliases where they are missing')
    .option('--json', 'print one JSON document')
    .action(async ({ json }: ApplyOptions) => {
      const config = readConfig(process.env);
      const applied = await applyIndex(connectElasticsearch(config), { prefix: config.INDEX_PREFIX });
      if (json) printJson(applied);
      else for (const [what, how] of Object.entries(applied)) print(`${what}: ${String(how)}`);
    });
}
