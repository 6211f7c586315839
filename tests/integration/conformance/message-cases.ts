import type { StageName } from '@wirefold/contracts';
import { sampleMessage } from '@wirefold/testing';

/** Values that are no JSON object in UTF-8, and what is said of them. */
export const malformedValues: readonly (readonly [string, Buffer | null, RegExp])[] = [
  ['JSON that was cut', Buffer.from('{"uri":"a"'), /^not JSON: ./],
  ['no JSON at all', Buffer.from('Neue Fähre'), /^not JSON: ./],
  ['an empty value', Buffer.alloc(0), /^the value is empty; expected a JSON object$/],
  ['no value', null, /^the value is empty; expected a JSON object$/],
  ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), /^not valid UTF-8$/],
  ['UTF-16', Buffer.from('\ufeff{"uri":"a"}', 'utf16le'), /^not valid UTF-8$/],
];

/** Values that are JSON and break every contract, and what is said of them. */
export const contractBreakers: readonly (readonly [string, string, RegExp])[] = [
  ['null', 'null', /^message: .*expected object/],
  ['a list', '[1]', /^message: .*expected object/],
  ['a text', '"Neue Fähre"', /^message: .*expected object/],
  ['an empty object', '{}', /\buri: .*expected string/],
  [
    'a key that changes prototypes',
    '{"__proto__":{"admin":true}}',
    /^a key __proto__ or constructor\.prototype is not allowed$/,
  ],
  ['nesting without end', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, /^nested deeper than 64 levels$/],
];

/** A message with four mistakes, for each of which the error must have a sentence. */
export function fourMistakes(stage: StageName, uri: string): { value: object; named: RegExp[] } {
  return {
    value: sampleMessage(stage, {
      uri,
      fields: { version: -1, publishedAt: 'yesterday', pubStatus: 'deleted', byline: 5 },
    }),
    named: [
      /\bversion: Too small/,
      /\bpublishedAt: expected an ISO 8601 date and time with zone/,
      /\bpubStatus: Invalid option: expected one of "usable"\|"withheld"\|"canceled"/,
      /\bbyline: .*expected string/,
    ],
  };
}

/** Lists inside each other, so many. */
export function nested(levels: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}
