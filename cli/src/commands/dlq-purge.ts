import { stageNames } from '@wirefold/contracts';
import type { Command } from 'commander';
import { connectKafka, readConfig } from '../connection.ts';
import type { LetterStatus } from '../dead-letters/fold-letters.ts';
import { purgeLetters } from '../dead-letters/purge.ts';
import { readLetters } from '../dead-letters/read-letters.ts';
import { createRedriver } from '../dead-letters/redrive.ts';
import { parseLetterId, selectLetters } from '../dead-letters/select-letters.ts';
import { printJson, say } from '../terminal.ts';
import {
  filtered,
  letterFilter,
  requireKnown,
  requireSelection,
  sayDone,
  statusOption,
  type FilterOptions,
} from './letter-options.ts';

interface PurgeOptions extends FilterOptions {
  readonly all?: boolean;
  readonly status: LetterStatus | 'all';
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function purgeCommand(dlq: Command): void {
  filtered(
    dlq
      .command('purge')
      .argument('[ids...]', 'which letters, as `dlq list` prints them')
      .description('give dead letters up for good, and delete from the broker what is done with'),
  )
    .addOption(statusOption())
    .option('--all', 'all that wait; needed where neither an id nor a filter is given')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--json', 'print JSON Lines')
    .action(purge);
}

async function purge(ids: readonly string[], options: PurgeOptions): Promise<void> {
  requireSelection(ids, options);
  const { status, dryRun, json } = options;
  const filter = { ...letterFilter(options), ids, ...(status === 'all' ? {} : { status }) };
  const config = readConfig(process.env);
  const kafka = connectKafka(config);
  const letters = await readLetters(kafka, stageNames);
  requireKnown(ids, letters);
  const chosen = selectLetters(letters, filter);
  if (dryRun) {
    for (const letter of chosen) sayDone('would be purged', letter, json);
    say(`${chosen.length} would be purged`);
    return;
  }
  const redriver = await createRedriver(kafka, config.KAFKA_COMPRESSION);
  try {
    const named = filter.stage === undefined ? ids.map((id) => parseLetterId(id).stage) : [filter.stage];
    const stages = named.length > 0 ? [...new Set(named)] : stageNames;
    const waiting = chosen.filter((letter) => letter.status === 'waiting');
    const deletedRecords = await purgeLetters(kafka, redriver, stages, waiting);
    for (const letter of chosen) sayDone('purged', letter, json);
    if (json) printJson({ purged: chosen.length, deletedRecords });
    say(`${chosen.length} purged; ${deletedRecords} records deleted from the broker`);
  } finally {
    await redriver.close();
  }
}
