import { limits } from '@wirefold/contracts';
import { indexed, ofBytes, ofFields, ofRawField, rejected, STORY, type Poison } from './poison.ts';

const breaks = (error: RegExp) => rejected('broken-contract', error);
const FORBIDDEN_KEY = breaks(/^a key __proto__ or constructor\.prototype is not allowed$/);
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const manyKeys = (count: number) => Array.from({ length: count }, (_, n) => `"k${n}":1`).join(',');

/** Articles that are JSON and not what the contract says, or are so in spite of their looks. */
export const brokenContract: readonly Poison[] = [
  ofBytes('no uri', JSON.stringify({ content: STORY }), breaks(/^uri: .*expected string/)),
  ofFields('a uri that is a number', { uri: 5 }, breaks(/^uri: .*expected string/)),
  ofFields('an empty uri', { uri: '' }, breaks(/^uri: Too small/)),
  ofFields(
    'a uri of 3,000 bytes',
    { uri: `urn:${'ü'.repeat(1498)}` },
    breaks(/^uri: expected at most 2048 bytes/),
  ),
  ofFields(
    'a uri with a line break',
    { uri: 'urn:a\nb' },
    breaks(/^uri: expected no white space or control/),
  ),
  ofFields('a uri of half a character', { uri: 'urn:\ud83d' }, breaks(/^uri: expected no broken surrogates/)),
  ofFields('no content', { content: undefined }, breaks(/^content: required/)),
  ofFields('content that is a list', { content: [STORY] }, breaks(/^content: .*expected string/)),
  ofFields('a title that is a number', { title: 5 }, breaks(/^title: .*expected string/)),
  ofFields('a source that is a text', { source: 'dpa' }, breaks(/^source: .*expected object/)),
  ofFields(
    'four mistakes',
    { title: [], byline: 5, pubStatus: 'deleted', url: 'javascript:alert(1)' },
    breaks(/url: .*title: .*pubStatus: .*byline: /),
  ),
  ofFields(
    'an unknown type of content',
    { contentType: 'application/pdf' },
    breaks(/^contentType: .*text\/html/),
  ),
  ofFields('a language that is no tag', { language: 'Deutsch (DE)' }, breaks(/^language: expected a BCP 47/)),
  ofFields(
    'the year 9999',
    { publishedAt: '9999-12-31T23:59:59Z' },
    breaks(/^publishedAt: expected a date from 1800/),
  ),
  ofFields(
    '30 February',
    { publishedAt: '2026-02-30T12:00:00Z' },
    breaks(/^publishedAt: expected an ISO 8601/),
  ),
  ofFields(
    'a time without a zone',
    { versionCreated: '2026-01-31T12:00:00' },
    breaks(/^versionCreated: expected an ISO/),
  ),
  ofFields('a version below zero', { version: -1 }, breaks(/^version: Too small/)),
  ofFields('half a version', { version: 1.5 }, breaks(/^version: .*expected int/)),
  ofFields('a version in words', { version: 'two' }, breaks(/^version: .*expected number/)),
  ofFields('version 2^60', { version: 2 ** 60 }, breaks(/^version: /)),
  ofRawField('version 1e400', '"version":1e400', breaks(/^version: /)),
  ofRawField('the key __proto__', '"__proto__":{"admin":true}', FORBIDDEN_KEY),
  ofRawField('the key __proto__ with an escape', '"\\u005f_proto__":{"admin":true}', FORBIDDEN_KEY),
  ofRawField(
    'the keys constructor and prototype',
    '"constructor":{"prototype":{"admin":true}}',
    FORBIDDEN_KEY,
  ),
  ofRawField('100,000 levels of lists', `"deep":${nested(100_000)}`, breaks(/^nested deeper than 64 levels/)),
  ofRawField('a million keys', manyKeys(1_000_000), rejected('too-large', /^more than 100000 values/)),
  ofFields(
    '2 MiB and a byte of content',
    { content: 'x'.repeat(limits.contentBytes + 1) },
    rejected('too-large', /^content: expected at most 2097152 bytes/),
  ),
  ofFields(
    'content that is too large only in bytes',
    { content: 'ü'.repeat(limits.contentBytes / 2 + 1) },
    rejected('too-large', /^content: expected at most 2097152 bytes/),
  ),
  ofFields('a title of 3,000 characters', { title: 'x'.repeat(3000) }, breaks(/^title: Too big/)),
  ofFields(
    'an unknown field that fills the topic',
    { blob: 'x'.repeat(16 * 1024 * 1024 - 2000) },
    rejected('output-too-large', /^the result has \d+ bytes; news\.article\.ingested\.v1 takes/),
  ),
  ofFields(
    'white space alone',
    { content: ' \n'.repeat(100_000) },
    rejected('unprocessable', /^content is empty/),
  ),
  ofFields(
    'content that was cut inside a character',
    { content: `${STORY}\ud83d` },
    rejected('unprocessable', /^content has broken surrogates/),
  ),
  ofBytes(
    'a ninjs item without a body',
    (uri) => JSON.stringify({ uri, type: 'picture', bodies: [] }),
    rejected('unprocessable', /^the ninjs item has no body/),
  ),
  ofFields(
    'content that should be a ninjs item',
    { contentType: 'application/ninjs+json' },
    breaks(/^content is not a ninjs item: not JSON/),
  ),

  ofRawField(
    'the key constructor',
    '"constructor":"Bob","toString":1,"hasOwnProperty":[]',
    indexed('names of unknown fields are the scraper’s; they change no prototype'),
  ),
  ofRawField(
    'a key that is there twice',
    '"title":5,"title":"Ferry"',
    indexed('the last one counts, as in every JSON reader'),
  ),
  ofRawField(
    'a number beyond all numbers in an unknown field',
    '"reads":1e400',
    indexed('Wirefold does not read the field'),
  ),
  ofFields(
    'half a character in an unknown field, title and byline',
    { note: 'a\ud83d', title: 'Ferry \udc00', byline: '\ud83d' },
    indexed('no text that is searched by is lost'),
  ),
  ofFields(
    'zero bytes in texts',
    { title: 'New\0 ferry', byline: '\0', content: `\0${STORY}\0` },
    indexed('they are invisible, and cut'),
  ),
];
