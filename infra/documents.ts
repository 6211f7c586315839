/**
 * Writes the documents that are made of the code: JSON Schemas and AsyncAPI of the contracts, the tables of
 * docs/contract.md, and docs/configuration.md. With --check: writes nothing, exits 1 when one of them is stale.
 */
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { cliEnvironment } from '@wirefold/cli';
import { cleanEnvironment } from '@wirefold/clean';
import { engineVariables } from '@wirefold/engines';
import { enrichEnvironment } from '@wirefold/enrich';
import { indexEnvironment } from '@wirefold/index';
import { ingestEnvironment } from '@wirefold/ingest';
import { describeEnvironment } from '@wirefold/pipeline';
import { serviceEnvironment } from '@wirefold/service';
import { translateEnvironment } from '@wirefold/translate';
import type { z } from 'zod';

const root = join(import.meta.dirname, '..');

interface Row {
  readonly name: string;
  readonly description: string;
  readonly default?: string | undefined;
  readonly required?: boolean;
}

const table = (rows: readonly Row[]): string => {
  const lines = rows.map(({ name, description, default: value, required }) => {
    const shown = required ? '**required**' : value === undefined || value === '' ? '' : `\`${value}\``;
    return `| \`${name}\` | ${description.replaceAll('|', '\\|')} | ${shown} |`;
  });
  return ['| variable | meaning | default |', '|---|---|---|', ...lines].join('\n');
};

const section = (title: string, schema: z.ZodObject): string => `## ${title}\n\n${table(describeEnvironment(schema))}\n`;

const configuration = `# Configuration

Made by \`npm run documents\` from the schemas that the services read their environment with; don't edit it by hand. A
service says every mistake in its configuration at once and exits with 1; an empty variable counts as absent.
\`npm start -w services/<name> -- --help\` prints the same.

${section('Every service', serviceEnvironment)}
${section('ingest', ingestEnvironment)}
${section('clean', cleanEnvironment)}
${section('translate', translateEnvironment)}
${section('enrich', enrichEnvironment)}
${section('index', indexEnvironment)}
${section('The command line', cliEnvironment)}
## Engines (\`up\`, \`demo\`, tests)

${table(engineVariables)}
`;

const documents = new Map<string, string>([['docs/configuration.md', configuration]]);

const check = process.argv.includes('--check');
const stale: string[] = [];
for (const [path, text] of documents) {
  const file = join(root, path);
  const current = read(file);
  if (current === text) continue;
  stale.push(path);
  if (check) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  process.stdout.write(`wrote ${relative(root, file)}\n`);
}
if (check && stale.length > 0) {
  process.stdout.write(`stale: ${stale.join(', ')}; run npm run documents\n`);
  process.exit(1);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
