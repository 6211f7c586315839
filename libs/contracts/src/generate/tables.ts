import { rejectReason, type RejectReason } from '../receipt.ts';
import { allTopics } from '../topology.ts';
import { jsonSchema, type JsonSchema, type SchemaName } from './json-schemas.ts';

const MIB = 1024 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A Markdown table of the fields of a contract; fields of objects in it have their path. */
export function fieldTable(name: SchemaName): string {
  return table(['field', 'type', 'required', 'meaning'], fieldRows(jsonSchema(name), ''));
}

function fieldRows(schema: JsonSchema, prefix: string): string[][] {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  const required = (schema['required'] ?? []) as string[];
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const items = (field['items'] ?? {}) as JsonSchema;
    return [
      [
        `\`${path}\``,
        typeOf(field),
        required.includes(name) ? 'yes' : '',
        String(field['description'] ?? items['description'] ?? ''),
      ],
      ...fieldRows(field, `${path}.`),
      ...fieldRows(items, `${path}[].`),
    ];
  });
}

function typeOf(field: JsonSchema): string {
  if (Array.isArray(field['enum'])) return field['enum'].map((value) => `\`${String(value)}\``).join(', ');
  if (field['const'] !== undefined) return `\`${String(field['const'])}\``;
  if (Array.isArray(field['anyOf']))
    return field['anyOf'].map((one) => typeOf(one as JsonSchema)).join(' or ');
  if (field['type'] === 'array') return `list of ${typeOf(field['items'] as JsonSchema)}`;
  if (field['format'] === 'date-time') return 'date and time';
  const max = field['maxLength'];
  const limit = typeof max === 'number' ? `, ≤ ${max.toLocaleString('en')} characters` : '';
  return `${String(field['type'] ?? 'any')}${limit}`;
}

/** A Markdown table of the topics. */
export function topicTable(): string {
  const rows = allTopics.map(
    ({ name, description, partitions, retentionMs, maxMessageBytes, writers, readers }) => [
      `\`${name}\``,
      description,
      writers.join(', '),
      readers.join(', '),
      String(partitions),
      `${retentionMs / DAY_MS} days`,
      `${maxMessageBytes / MIB} MiB`,
    ],
  );
  return table(['topic', 'what', 'written by', 'read by', 'partitions', 'kept', 'largest message'], rows);
}

const reasonMeanings: Record<RejectReason, string> = {
  'malformed-json': 'The value is empty, no UTF-8 or no JSON. Mend the writer.',
  'broken-contract': 'A field is missing or wrong; the error names each. Mend it and publish again.',
  'unknown-version': 'The header `ce_type` names a version that the topic does not take.',
  'too-large': 'The content has more than 2 MiB, as bytes or as text.',
  undecodable:
    'The batch of records could not be unpacked, or unpacks to more than 64 MiB. The first dead letter of a batch has the packed bytes.',
  'over-budget': 'It took longer, or more memory, than one article may.',
  unprocessable: 'Well-formed, but nothing can be made of it, such as content of nothing but spaces.',
  unexpected: 'An error of Wirefold itself, several times over. Report it; publish again after it is mended.',
  'output-too-large': 'What was made of it is larger than the next topic, or the index, takes.',
  'mapping-conflict': 'The index refused the document.',
};

/** A Markdown table of the reasons why a message is rejected. */
export const reasonTable = (): string =>
  table(
    ['reason', 'what it means'],
    rejectReason.options.map((reason) => [`\`${reason}\``, reasonMeanings[reason]]),
  );

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
