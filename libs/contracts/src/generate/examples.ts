/** Messages as a scraper may publish them; docs/contract.md and the AsyncAPI document show them, a test checks them. */
export interface Example {
  readonly name: string;
  readonly summary: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

const uri = 'https://inselpost.example/2026/faehre';

export const scrapedExamples = {
  least: {
    name: 'least',
    summary: 'No more than is required',
    payload: { uri, content: 'Die neue Fähre fährt seit Montag. Sie braucht 45 Minuten.' },
  },
  text: {
    name: 'text',
    summary: 'Plain text, with all that a scraper may know',
    payload: {
      uri,
      url: `${uri}?utm_source=feed`,
      title: 'Neue Fähre nimmt den Betrieb auf',
      contentType: 'text/plain',
      content:
        'Die neue Fähre fährt seit Montag. Sie braucht 45 Minuten.\n\nIm Sommer rechnet die Reederei mit 80.000 Fahrten.',
      language: 'de',
      publishedAt: '2026-03-02T06:00:00+01:00',
      fetchedAt: '2026-03-02T05:10:00Z',
      source: { name: 'Inselpost', domain: 'inselpost.example' },
      version: 1,
      versionCreated: '2026-03-02T06:00:00+01:00',
      byline: 'Von Imke Janssen',
      copyrightNotice: '© Inselpost 2026',
    },
  },
  page: {
    name: 'page',
    summary: 'A page as it was fetched: the story is found in it',
    payload: {
      uri,
      url: uri,
      contentType: 'text/html',
      content:
        '<!doctype html><title>Neue Fähre | Inselpost</title><nav>Start</nav><article><h1>Neue Fähre</h1><p>Die neue Fähre fährt seit Montag.</p></article>',
      fetchedAt: '2026-03-02T05:10:00Z',
    },
  },
  bytes: {
    name: 'bytes',
    summary: 'A page as its bytes came, in windows-1251, as its Content-Type header said',
    payload: {
      uri: 'https://ostrov.example/2026/parom',
      contentType: 'text/html',
      contentEncoding: 'base64',
      charset: 'windows-1251',
      content: 'PHA+ze7i++kg7+Dw7uwg9e7k6PIg8SDv7u3l5OXr/O3o6uAuPC9wPg==',
    },
  },
  correction: {
    name: 'correction',
    summary: 'A newer version of the same article',
    payload: {
      uri,
      title: 'Neue Fähre nimmt den Betrieb auf',
      content: 'Die neue Fähre fährt seit Montag. Sie braucht 50 Minuten.',
      version: 2,
      versionCreated: '2026-03-02T09:30:00+01:00',
      signal: 'correction',
    },
  },
  embargo: {
    name: 'embargo',
    summary: 'Not to be found before a time',
    payload: {
      uri: 'urn:newsml:inselpost.example:20260303:haushalt',
      title: 'Gemeinde legt Haushalt vor',
      content: 'Der Haushalt der Gemeinde hat ein Volumen von zwölf Millionen Euro.',
      embargoedUntil: '2026-03-03T12:00:00+01:00',
    },
  },
  withhold: {
    name: 'withhold',
    summary: 'The article is not to be found for now',
    payload: { uri, version: 3, versionCreated: '2026-03-02T10:00:00+01:00', pubStatus: 'withheld' },
  },
  kill: {
    name: 'kill',
    summary: 'The article is not to be used any more: its text is wiped',
    payload: { uri, version: 4, versionCreated: '2026-03-02T11:00:00+01:00', pubStatus: 'canceled' },
  },
} as const satisfies Record<string, Example>;

export const ninjsExamples = {
  ninjs: {
    name: 'ninjs',
    summary: 'An IPTC ninjs 3 item, as it is',
    payload: {
      uri: 'urn:newsml:inselpost.example:20260302:faehre',
      type: 'text',
      language: 'de',
      version: '1',
      versionCreated: '2026-03-02T06:00:00+01:00',
      pubStatus: 'usable',
      by: 'Von Imke Janssen',
      headlines: [{ role: 'main', value: 'Neue Fähre nimmt den Betrieb auf' }],
      bodies: [{ role: 'main', contentType: 'text/html', value: '<p>Die neue Fähre fährt seit Montag.</p>' }],
      infoSources: [{ name: 'Inselpost' }],
    },
  },
} as const satisfies Record<string, Example>;
