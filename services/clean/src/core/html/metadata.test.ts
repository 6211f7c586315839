import { describe, expect, it } from '@jest/globals';
import type { PageMetadata } from '@wirefold/contracts';
import { parsePage } from './document.ts';
import { readElements } from './metadata-elements.ts';
import { readPageFacts, type PageFacts } from './metadata.ts';
import { readStructuredData } from './structured-data.ts';

const url = 'https://paper.example/lake/ferry';

function facts(html: string, origin: { siteName?: string; url?: string } = { url }): PageFacts {
  const elements = readElements(parsePage(html));
  const data = readStructuredData(elements.jsonLd);
  return readPageFacts(elements, data, { siteName: origin.siteName, url: origin.url });
}

const page = (head: string, body = ''): PageMetadata | undefined =>
  facts(`<html><head>${head}</head><body>${body}</body></html>`).page;
const jsonLd = (data: unknown) => `<script type="application/ld+json">${JSON.stringify(data)}</script>`;

describe('readPageFacts', () => {
  it('reads JSON-LD whose parts refer to each other (German)', () => {
    const graph = {
      '@context': 'https://schema.org',
      '@graph': [
        { '@type': 'Organization', '@id': '#verlag', name: 'Küstenbote' },
        { '@type': 'Person', '@id': '#imke', name: 'Imke Janssen' },
        {
          '@type': 'ImageObject',
          '@id': '#bild',
          contentUrl: '/bilder/faehre.jpg',
          caption: 'Die F&auml;hre am Anleger.',
          creditText: 'Heiko Brandt',
        },
        {
          '@type': ['Article', 'NewsArticle'],
          headline: 'Neue Fähre nimmt den Betrieb auf',
          author: [{ '@id': '#imke' }, { '@type': 'Person', name: 'Von Bernd Vogt' }],
          publisher: { '@id': '#verlag' },
          image: { '@id': '#bild' },
          datePublished: '2026-03-02T06:00:00+01:00',
          dateModified: '2026-03-02T09:30:00+01:00',
          articleSection: ['Inseln', 'Verkehr'],
          keywords: 'Fähre, Reederei, Fähre',
          description: 'Sie braucht <b>45</b> Minuten.',
          isAccessibleForFree: 'False',
          mainEntityOfPage: { '@id': url },
        },
      ],
    };
    expect(page(jsonLd(graph))).toEqual({
      authors: ['Imke Janssen', 'Bernd Vogt'],
      publishedAt: '2026-03-02T06:00:00+01:00',
      modifiedAt: '2026-03-02T09:30:00+01:00',
      section: 'Inseln',
      keywords: ['Fähre', 'Reederei'],
      image: {
        url: 'https://paper.example/bilder/faehre.jpg',
        caption: 'Die Fähre am Anleger.',
        credit: 'Heiko Brandt',
      },
      canonicalUrl: url,
      publisher: 'Küstenbote',
      isPaywalled: true,
      description: 'Sie braucht 45 Minuten.',
    });
  });

  it('reads microdata (Russian)', () => {
    const body = `<div itemscope itemtype="https://schema.org/NewsArticle">
      <h1 itemprop="headline">Новый паром</h1>
      <meta itemprop="datePublished" content="2026-03-02T10:00:00+03:00">
      <time itemprop="dateModified" datetime="2026-03-02T11:00:00+03:00">11:00</time>
      <span itemprop="author" itemscope itemtype="https://schema.org/Person"><a href="/olga"><b itemprop="name">Ольга Зимина</b></a></span>
      <a itemprop="articleSection" href="/ozero">Озеро</a>
      <p itemprop="publisher" itemscope itemtype="https://schema.org/Organization"><meta itemprop="name" content="Озёрный вестник"></p>
      <figure itemprop="image" itemscope><img itemprop="url contentUrl" src="parom.jpg"><i itemprop="caption">У причала</i></figure>
      <meta itemprop="keywords" content="паром; озеро"><meta itemprop="isAccessibleForFree" content="true"></div>`;
    expect(page('', body)).toEqual({
      authors: ['Ольга Зимина'],
      publishedAt: '2026-03-02T10:00:00+03:00',
      modifiedAt: '2026-03-02T11:00:00+03:00',
      section: 'Озеро',
      keywords: ['паром', 'озеро'],
      image: { url: 'https://paper.example/lake/parom.jpg', caption: 'У причала' },
      publisher: 'Озёрный вестник',
      isPaywalled: false,
    });
  });

  it('reads Open Graph (Spanish)', () => {
    const head = `<meta property="og:site_name" content="El Faro"><meta property="og:url" content="${url}">
      <meta property="og:description" content="Tarda 45&nbsp;minutos."><meta property="og:image" content="//img.example/barco.jpg">
      <meta property="article:author" content="https://social.example/lucia"><meta property="article:author" content="Por Lucía Robledo">
      <meta property="article:published_time" content="2026-03-02T06:00:00-03:00"><meta property="article:section" content="Islas">
      <meta property="article:tag" content="barco"><meta property="article:tag" content="San Martín, isla de">
      <meta property="article:content_tier" content="metered">`;
    expect(page(head)).toEqual({
      authors: ['Lucía Robledo'],
      publishedAt: '2026-03-02T06:00:00-03:00',
      section: 'Islas',
      keywords: ['barco', 'San Martín, isla de'],
      image: { url: 'https://img.example/barco.jpg' },
      canonicalUrl: url,
      publisher: 'El Faro',
      isPaywalled: true,
      description: 'Tarda 45 minutos.',
    });
  });

  it('reads other meta elements (Arabic, English)', () => {
    expect(
      page(`<meta name="DC.Creator" content="سلمى البحري"><meta name="dc.date.issued" content="2026-03-02T06:00:00+02:00">
        <meta name="DC.publisher" content="منارة البحيرة"><meta name="keywords" content="عبّارة، بحيرة">
        <meta name="description" content="تبحر منذ الاثنين.">`),
    ).toEqual({
      authors: ['سلمى البحري'],
      publishedAt: '2026-03-02T06:00:00+02:00',
      keywords: ['عبّارة', 'بحيرة'],
      publisher: 'منارة البحيرة',
      description: 'تبحر منذ الاثنين.',
    });
    expect(
      page(`<meta name="citation_author" content="Kettle, Moira"><meta name="citation_author" content="Wells, Jonah">
        <meta name="author" content="M. Kettle et al."><meta name="parsely-pub-date" content="2026-03-02T06:00:00Z">
        <meta name="parsely-section" content="Lakes"><meta name="parsely-link" content="${url}">
        <meta name="sailthru.tags" content="ferry,lake"><meta name="twitter:image" content="https://img.example/f.jpg">`),
    ).toEqual({
      authors: ['Moira Kettle', 'Jonah Wells'],
      publishedAt: '2026-03-02T06:00:00Z',
      section: 'Lakes',
      keywords: ['ferry', 'lake'],
      image: { url: 'https://img.example/f.jpg' },
      canonicalUrl: url,
    });
  });

  it('reads what the page shows, and not what it shows of others (Japanese)', () => {
    const body = `<nav><a rel="tag" href="/">総合</a></nav>
      <time datetime="2026-03-01T00:00:00+09:00">きのう</time><h1>新しい渡し船</h1>
      <p><a rel="author" href="/h">湖野花子</a>、<a rel="author" href="/y">山田波男</a></p>
      <time datetime="2026-03-02T06:00:00+09:00">3月2日</time><time class="updated" datetime="2026-03-02T07:00:00+09:00">7時</time>
      <a rel="category tag" href="/lake">湖</a><a rel="tag" href="/ferry">渡し船</a>
      <aside><a rel="author" href="/z">別人太郎</a><a rel="tag" href="/x">別の話</a></aside>
      <ul><li><a rel="author" href="/z">別人太郎</a></li></ul>`;
    expect(page('<link rel="canonical" href="/lake/ferry?id=1">', body)).toEqual({
      authors: ['湖野花子', '山田波男'],
      publishedAt: '2026-03-02T06:00:00+09:00',
      modifiedAt: '2026-03-02T07:00:00+09:00',
      section: '湖',
      keywords: ['渡し船'],
      canonicalUrl: 'https://paper.example/lake/ferry?id=1',
    });
  });

  it('reads the author’s line by its class, where nothing else names an author', () => {
    const body = `<h1>Ferry named</h1><div class="comment-author">Eve Loud</div>
      <div class="post-byline">By Moira Kettle, 2 March 2026</div><aside><b class="author">Ice Writer</b></aside>
      <p class="articleAuthor_x1">The Crew</p><span class="byline__author">By Moira Kettle</span><i class="author">Ada Byre</i>`;
    expect(page('', body)).toEqual({ authors: ['Moira Kettle'] });
    expect(page('<meta name="author" content="Jonah Wells">', body)).toEqual({ authors: ['Jonah Wells'] });
  });

  it('believes JSON-LD before microdata, Open Graph, other meta elements and the page, field by field', () => {
    const sources = [
      jsonLd({ '@type': 'NewsArticle', author: 'Ada One' }),
      '<div itemscope itemtype="http://schema.org/Article"><b itemprop="author">Ada Two</b><b itemprop="articleSection">Two</b></div>',
      '<meta property="article:author" content="Ada Three"><meta property="article:section" content="Three"><meta property="og:description" content="Three">',
      '<meta name="author" content="Ada Four"><meta name="section" content="Four"><meta name="description" content="Four"><meta name="keywords" content="four">',
      '<a rel="author">Ada Five</a><a rel="tag">five</a>',
    ];
    expect(sources.map((_, index) => page('', sources.slice(index).join(''))?.authors?.[0])).toEqual([
      'Ada One',
      'Ada Two',
      'Ada Three',
      'Ada Four',
      'Ada Five',
    ]);
    expect(page('', sources.toReversed().join(''))).toEqual({
      authors: ['Ada One'],
      section: 'Two',
      description: 'Three',
      keywords: ['four'],
    });
  });

  it('goes on to the next source where one has nothing that can be used', () => {
    const head = `${jsonLd({
      '@type': 'NewsArticle',
      author: { '@type': 'Organization', name: 'Lakeside Courier' },
      publisher: 'Lakeside Courier',
      datePublished: '2026-03-02 06:00:00',
      image: 'data:image/gif;base64,R0',
      keywords: [],
      description: ' ',
      url: 'https://paper.example/',
    })}<meta name="author" content="Moira Kettle"><meta property="article:published_time" content="2026-03-02T06:00:00+01:00">
      <meta property="og:image" content="/f.jpg"><meta name="keywords" content="ferry"><meta name="description" content="A ferry.">
      <meta property="og:url" content="${url}">`;
    expect(page(head)).toEqual({
      authors: ['Moira Kettle'],
      publishedAt: '2026-03-02T06:00:00+01:00',
      keywords: ['ferry'],
      image: { url: 'https://paper.example/f.jpg' },
      canonicalUrl: url,
      publisher: 'Lakeside Courier',
      description: 'A ferry.',
    });
  });

  it('takes the article of the page, and not a teaser', () => {
    const teaser = { '@type': 'NewsArticle', headline: 'The ice is gone', url: '/ice', author: 'Ice Writer' };
    const own = { '@type': 'NewsArticle', headline: 'Ferry named', url, author: 'Ada Byre' };
    expect(page(jsonLd([teaser, own]))?.authors).toEqual(['Ada Byre']);
    expect(page(jsonLd([teaser, { ...own, url: undefined }]), '<h1>Ferry named</h1>')?.authors).toEqual([
      'Ada Byre',
    ]);
    const marked = ['Ice Writer', 'Snow Writer'].map(
      (name) => `<div itemscope itemtype="http://schema.org/Article"><b itemprop="author">${name}</b></div>`,
    );
    expect(page('', marked.join(''))).toBeUndefined();
  });

  it('finds the caption below the same picture in another size, and tells a credit from it', () => {
    const og = '<meta property="og:image" content="https://img.example/a/ferry-at-pier-1200x630.jpg?w=1">';
    const figures = (caption: string) =>
      `<figure><img src="/x/ice.jpg"><figcaption>Ice</figcaption></figure>
       <figure><img data-src="/b/ferry-at-pier.webp"><figcaption>${caption}</figcaption></figure>`;
    expect(page(og, figures('The ferry <i>at the pier</i>'))?.image?.caption).toBe('The ferry at the pier');
    expect(page(og, figures('Photo: Jonah Wells'))?.image).toEqual({
      url: 'https://img.example/a/ferry-at-pier-1200x630.jpg?w=1',
      credit: 'Jonah Wells',
    });
    expect(page(og, figures('One') + figures('Two'))?.image).not.toHaveProperty('caption');
  });

  it('resolves addresses against <base>, and takes none but those of the web', () => {
    const base = '<base href="https://cdn.example/x/">';
    expect(page(`${base}<meta property="og:image" content="f.jpg">`)?.image?.url).toBe(
      'https://cdn.example/x/f.jpg',
    );
    const hostile = [
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'https://a:b@c.example/',
      'http://',
    ];
    for (const address of hostile)
      expect(
        page(`<link rel="canonical" href="${address}"><meta property="og:image" content="${address}">`),
      ).toBeUndefined();
    const relative = '<html><head><meta property="og:image" content="f.jpg"></head></html>';
    expect(facts(relative, {}).page).toBeUndefined();
  });

  it('says nothing where the page says nothing', () => {
    expect(page('<title>Ferry</title>', '<p>It sails.</p>')).toBeUndefined();
    expect(
      page(
        '<meta name="author"><meta content="x"><meta name="date" content="2026-03-02"><link rel="canonical">',
      ),
    ).toBeUndefined();
  });

  it('knows the site by its publisher in JSON-LD, and the title by its headline', () => {
    const data = jsonLd({ '@type': 'NewsArticle', headline: 'Ferry named', publisher: { name: 'Courier' } });
    expect(facts(`<title>Ferry named ｜Courier</title>${data}`).title).toBe('Ferry named');
    const heading = '<meta property="og:title" content="Ferry named - Courier">';
    expect(facts(`${heading}${data}`).title).toBe('Ferry named');
  });
});
