import { expect, it } from '@jest/globals';
import { limits, scrapedArticle } from '@wirefold/contracts';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { jsonSchema } from '../../libs/contracts/src/generate/json-schemas.ts';

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
addFormats.default(ajv);
const schema = ajv.compile(jsonSchema('scraped-article'));
const base64 = (bytes: number): string => Buffer.alloc(bytes, 0xe4).toString('base64');

it.each([
  ['a page as bytes', true, { content: base64(10), charset: 'koi8-r' }],
  ['the largest page as bytes', true, { content: base64(limits.contentBytes) }],
  ['a larger one', false, { content: base64(limits.contentBytes + 3) }],
  ['what is no base64', false, { content: 'Die neue Fähre' }],
  ['base64 in lines', false, { content: 'SGFs\nbG8=' }],
  [
    'text as long as bytes may be',
    false,
    { content: base64(limits.contentBytes), contentEncoding: undefined },
  ],
  ['another encoding', false, { content: base64(3), contentEncoding: 'base64url' }],
  ['a withdrawn page without content', true, { pubStatus: 'withheld' }],
])('contract and schema agree about %s', (_what, isGood, fields) => {
  const message = JSON.parse(
    JSON.stringify({ uri: 'urn:a', contentEncoding: 'base64', ...fields }),
  ) as unknown;
  expect({ zod: scrapedArticle.safeParse(message).success, schema: schema(message) }).toEqual({
    zod: isGood,
    schema: isGood,
  });
});
