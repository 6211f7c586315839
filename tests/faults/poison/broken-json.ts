import { indexed, ofBytes, ofRawField, rejected, STORY, type Poison } from './poison.ts';

const malformed = (error: RegExp) => rejected('malformed-json', error);
const EMPTY = malformed(/^the value is empty; expected a JSON object$/);
const NO_UTF8 = malformed(/^not valid UTF-8$/);
const NO_JSON = malformed(/^not JSON: ./);
const NO_OBJECT = rejected('broken-contract', /^message: .*expected object/);
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

const good = (uri: string) => JSON.stringify({ uri, content: STORY });
const around = (uri: string, bytes: readonly number[]) =>
  Buffer.concat([Buffer.from(`{"uri":"${uri}","content":"`), Buffer.from(bytes), Buffer.from('"}')]);

/** Values that are no JSON object in UTF-8, or look as if they were none. */
export const brokenJson: readonly Poison[] = [
  ofBytes('no value', null, EMPTY),
  ofBytes('an empty value', '', EMPTY),
  ofBytes('a byte order mark alone', BYTE_ORDER_MARK, NO_JSON),
  ofBytes(
    'a byte order mark before good JSON',
    (uri) => Buffer.concat([BYTE_ORDER_MARK, Buffer.from(good(uri))]),
    indexed('the mark says nothing but UTF-8, which it is'),
  ),
  ofBytes('JSON that was cut', (uri) => good(uri).slice(0, -20), NO_JSON),
  ofBytes('JSON that was cut inside a character', (uri) => around(uri, [0xe2, 0x82]), NO_UTF8),
  ofBytes('Latin-1', (uri) => Buffer.from(`{"uri":"${uri}","content":"Fähre"}`, 'latin1'), NO_UTF8),
  ofBytes('UTF-16', (uri) => Buffer.from(`\ufeff${good(uri)}`, 'utf16le'), NO_UTF8),
  ofBytes('surrogates as bytes', (uri) => around(uri, [0xed, 0xa0, 0x80, 0xed, 0xb0, 0x80]), NO_UTF8),
  ofBytes('an overlong slash', (uri) => around(uri, [0xc0, 0xaf]), NO_UTF8),
  ofBytes('a bare zero byte in a string', (uri) => around(uri, [0x61, 0, 0x62]), NO_JSON),
  ofBytes('a bare line break in a string', (uri) => around(uri, [0x61, 0x0a, 0x62]), NO_JSON),
  ofRawField('NaN', '"version":NaN', NO_JSON),
  ofRawField('a comma too many', '"version":1,', NO_JSON),
  ofRawField('a comment', '"version":1/* one */', NO_JSON),
  ofBytes('two objects', (uri) => `${good(uri)}\n${good(uri)}`, NO_JSON),
  ofBytes('a page in place of JSON', '<!doctype html><p>502 Bad Gateway</p>', NO_JSON),
  ofBytes(
    'a million opened lists',
    '['.repeat(1_000_000),
    rejected('broken-contract', /^nested deeper than 64 levels/),
  ),
  ofBytes('a string of 8 MiB that is not closed', `"${'x'.repeat(8 * 1024 * 1024)}`, NO_JSON),
  ofBytes('a list', '[{"uri":"a","content":"b"}]', NO_OBJECT),
  ofBytes('a text', '"Neue Fähre"', NO_OBJECT),
  ofBytes('a number', '42', NO_OBJECT),
  ofBytes('true', 'true', NO_OBJECT),
  ofBytes('null', 'null', NO_OBJECT),
];
