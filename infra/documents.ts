/**
 * Writes the documents that are made of the code: JSON Schemas, AsyncAPI and tables of the contracts, and
 * docs/configuration.md. With --check: writes nothing, exits 1 when one of them is stale.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environments } from '@wirefold/cli';
import { engineVariables } from '@wirefold/engines';

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

const configuration = `# Configuration

Made by \`npm run documents\` from the schemas that the services read their environment with; don't edit it by hand. A
service says every mistake in its configuration at once and exits with 1; an empty variable counts as absent.
\`npm start -w services/<name> -- --help\` and \`npx wirefold environment\` print the same.

${environments.map(({ reader, variables }) => `## ${reader}\n\n${table(variables)}\n`).join('\n')}
## Engines (\`up\`, \`demo\`, tests)

${table(engineVariables)}
`;

const documents = new Map<string, string>([['docs/configuration.md', configuration]]);

const check = process.argv.includes('--check');
const stale = [...documents].filter(([path, text]) => read(join(root, path)) !== text);
if (!check) {
  for (const [path, text] of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    process.stdout.write(`wrote ${path}\n`);
  }
} else if (stale.length > 0) {
  process.stdout.write(`stale: ${stale.map(([path]) => path).join(', ')}; run npm run documents\n`);
  process.exit(1);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
