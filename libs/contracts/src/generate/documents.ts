import { asyncApiDocument } from './asyncapi.ts';
import { ninjsExamples, scrapedExamples, type Example } from './examples.ts';
import { jsonSchema, schemaNames, type SchemaName } from './json-schemas.ts';
import { fieldTable, reasonTable, topicTable } from './tables.ts';

/** A file that comes out of the contracts. */
export interface GeneratedDocument {
  /** From the repository's root. */
  readonly path: string;
  readonly text: string;
}

/** Where the written contract is; it has parts that are generated, see {@link fillMarkers}. */
export const WRITTEN_CONTRACT = 'docs/contract.md';

/**
 * All documents of the contracts, as they should be.
 *
 * @param written the text of {@link WRITTEN_CONTRACT} as it is
 */
export function contractDocuments(written: string): GeneratedDocument[] {
  return [
    ...schemaNames.map((name) => ({
      path: `docs/contract/schemas/${name}.schema.json`,
      text: jsonText(jsonSchema(name)),
    })),
    { path: 'docs/contract/asyncapi.json', text: jsonText(asyncApiDocument()) },
    { path: WRITTEN_CONTRACT, text: fillMarkers(written) },
  ];
}

const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const MARKED = /<!-- generated: (\S+)(?: (\S+))? -->\n[\s\S]*?<!-- end -->/g;

/**
 * Fills what stands between `<!-- generated: KIND NAME -->` and `<!-- end -->`: tables of fields, topics and reasons, and
 * examples.
 *
 * @throws Error that names a marker that it does not know
 */
export function fillMarkers(markdown: string): string {
  return markdown.replace(MARKED, (_all, kind: string, name: string | undefined) => {
    const marker = name === undefined ? kind : `${kind} ${name}`;
    return `<!-- generated: ${marker} -->\n\n${generated(kind, name)}\n\n<!-- end -->`;
  });
}

const examples: Readonly<Record<string, Example>> = { ...scrapedExamples, ...ninjsExamples };

function generated(kind: string, name = ''): string {
  if (kind === 'topics') return topicTable();
  if (kind === 'reasons') return reasonTable();
  if (kind === 'fields' && schemaNames.includes(name as SchemaName)) return fieldTable(name as SchemaName);
  const example = examples[name];
  if (kind === 'example' && example !== undefined)
    return `${example.summary}:\n\n\`\`\`json\n${JSON.stringify(example.payload, null, 2)}\n\`\`\``;
  throw new Error(`nothing is generated for the marker "${kind} ${name}"`);
}
