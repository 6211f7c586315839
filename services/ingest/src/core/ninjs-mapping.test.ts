import { describe, expect, it } from '@jest/globals';
import { limits, ninjsItem, type NinjsItem } from '@wirefold/contracts';
import { BadMessage } from '@wirefold/pipeline';
import { fromNinjs, isNinjsItem } from './ninjs-mapping.ts';

const item = (fields: object): NinjsItem => ninjsItem.parse({ uri: 'urn:newsml:example.org:1', ...fields });
const text = { role: 'main', contentType: 'text/plain', value: 'Plain.' };
const html = { role: 'main', contentType: 'text/html; charset=utf-8', value: '<p>HTML.</p>' };

describe('isNinjsItem', () => {
  it.each([
    [{ uri: 'a', bodies: [] }, true],
    [{ uri: 'a', headlines: [] }, true],
    [{ uri: 'a', version: '2', pubStatus: 'canceled' }, true],
    [{ uri: 'a', version: 2, pubStatus: 'canceled' }, false],
    [{ uri: 'a', content: 'x', bodies: [] }, false],
    [{ uri: 'a' }, false],
    [[], false],
    [null, false],
    ['bodies', false],
  ])('%j: %p', (json, expected) => {
    expect(isNinjsItem(json)).toBe(expected);
  });
});

describe('fromNinjs', () => {
  it('maps what Wirefold reads, and keeps the rest', () => {
    const mapped = fromNinjs(
      item({
        type: 'text',
        version: '3',
        versionCreated: '2026-01-31T12:00:00+01:00',
        firstCreated: '2026-01-30T12:00:00Z',
        language: 'de',
        by: 'Von Erika Muster',
        copyrightNotice: '© Example',
        headlines: [
          { role: 'sub', value: 'Darunter' },
          { role: 'main', value: 'Überschrift' },
        ],
        bodies: [text, html],
        infoSources: [{ uri: 'x' }, { name: 'Beispiel-Agentur' }],
        embargoed: '2026-02-01T00:00:00Z',
        subjects: [{ uri: 'medtop:20000065' }],
      }),
    );
    expect(mapped).toEqual({
      uri: 'urn:newsml:example.org:1',
      type: 'text',
      title: 'Überschrift',
      content: '<p>HTML.</p>',
      contentType: 'text/html',
      language: 'de',
      version: 3,
      versionCreated: '2026-01-31T12:00:00+01:00',
      firstCreated: '2026-01-30T12:00:00Z',
      publishedAt: '2026-01-30T12:00:00Z',
      byline: 'Von Erika Muster',
      copyrightNotice: '© Example',
      source: { name: 'Beispiel-Agentur' },
      embargoedUntil: '2026-02-01T00:00:00Z',
      subjects: [{ uri: 'medtop:20000065' }],
    });
  });

  it.each([
    ['HTML before text', [text, html], '<p>HTML.</p>'],
    ['text where there is no HTML', [text], 'Plain.'],
    ['a body without a type', [{ value: 'As it is.' }], 'As it is.'],
    ['no body of another type', [{ ...html, contentType: 'application/nitf+xml' }, text], 'Plain.'],
    ['the main role before others', [{ ...html, role: 'teaser', value: '<p>T</p>' }, html], '<p>HTML.</p>'],
  ])('takes %s', (_what, bodies, content) => {
    expect(fromNinjs(item({ bodies })).content).toBe(content);
  });

  it.each(['1.2', 'b', '-1', '99999999999', ''])(
    'leaves out a version that is no number of ours: %p',
    (version) => {
      expect(fromNinjs(item({ bodies: [text], version }))).not.toHaveProperty('version');
    },
  );

  it('takes a kill without a body', () => {
    expect(fromNinjs(item({ pubStatus: 'canceled', version: '2' }))).toEqual({
      uri: 'urn:newsml:example.org:1',
      pubStatus: 'canceled',
      version: 2,
    });
  });

  it('cuts a headline at the limit', () => {
    const value = 'x'.repeat(limits.titleCharacters + 1);
    expect(fromNinjs(item({ bodies: [text], headlines: [{ value }] })).title).toHaveLength(
      limits.titleCharacters,
    );
  });

  it.each([
    ['a picture', { bodies: [], type: 'picture' }, 'unprocessable'],
    ['a body over the limit', { bodies: [{ value: 'ü'.repeat(limits.contentBytes / 2 + 1) }] }, 'too-large'],
    ['a title that is no text', { bodies: [text], title: 5 }, 'broken-contract'],
    ['a source that is no object', { bodies: [text], source: 'dpa' }, 'broken-contract'],
    ['a time of scraping that is none', { bodies: [text], fetchedAt: 'now' }, 'broken-contract'],
  ])('refuses %s', (_what, fields, reason) => {
    let thrown: unknown;
    try {
      fromNinjs(item(fields));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(BadMessage);
    expect((thrown as BadMessage).reason).toBe(reason);
  });
});
