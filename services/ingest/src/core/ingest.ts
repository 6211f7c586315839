import { createHash } from 'node:crypto';
import {
  documentId,
  limits,
  ninjsItem,
  parseMessage,
  scrapedArticle,
  type IngestedArticle,
  type NinjsItem,
  type ScrapedArticle,
} from '@wirefold/contracts';
import { BadMessage, type Delivery } from '@wirefold/pipeline';
import { configure } from 'safe-stable-stringify';
import { canonicalUrl } from './canonical-url.ts';
import { decodeContent } from './decode-content.ts';
import { fromNinjs, isNinjsItem } from './ninjs-mapping.ts';
import type { Candidate, KnownVersion } from './version-order.ts';

/** A message on the way in: our contract, or a ninjs item. */
export type Incoming = ScrapedArticle | NinjsItem;

/** The contract by which a scraped message is read. */
export const incomingContract = (json: unknown) => (isNinjsItem(json) ? ninjsItem : scrapedArticle);

/** A message that fits the limits, ready for the decision about its version. */
export interface Prepared {
  readonly article: ScrapedArticle;
  readonly candidate: Candidate;
}

/** Times of versions must fit the contract: a producer may write any time into a record. */
const LATEST_RECORD_MS = Date.UTC(2099, 11, 31);
const recordTimeMs = (timestampMs: number) => Math.min(Math.max(0, timestampMs), LATEST_RECORD_MS);

/**
 * Brings an incoming message into one form: bytes become text, ninjs is mapped, its content type told.
 *
 * @throws BadMessage where the content is no text, or a ninjs item has no body
 */
export function prepare(delivery: Delivery<Incoming>): Prepared {
  const article = isNinjsItem(delivery.article)
    ? fromNinjs(delivery.article)
    : unwrapNinjs(asText(delivery.article as ScrapedArticle));
  requireText(article);
  const created = article.versionCreated ?? article.fetchedAt;
  return {
    article,
    candidate: {
      version: article.version,
      createdMs: created === undefined ? recordTimeMs(delivery.timestampMs) : Date.parse(created),
      explicit: article.versionCreated !== undefined,
      canceled: article.pubStatus === 'canceled',
      hasText: article.content !== undefined && article.content.trim() !== '',
      contentHash: contentHash(article),
      origin: delivery.origin,
    },
  };
}

/**
 * The accepted article, under the version that was decided.
 *
 * @param versionFrom who says that it is newer than what was known
 */
export function accept(
  { article, candidate }: Prepared,
  { version, second, createdMs }: KnownVersion,
  versionFrom: 'publisher' | 'scrape' = 'publisher',
): IngestedArticle {
  // What a scraper calls story would tell the index whom a kill reaches.
  const { content = '', contentType: _told, url, story: _forged, ...rest } = article;
  const canonical = shortEnough(canonicalUrl(url ?? article.uri), limits.urlCharacters);
  const host = shortEnough(canonical && new URL(canonical).hostname, limits.shortTextCharacters);
  const versionMs = Math.floor(createdMs / 1000) === second ? createdMs : second * 1000;
  return {
    ...rest,
    id: documentId(article.uri),
    ...(canonical === undefined ? {} : { url: canonical }),
    ...(host === undefined || article.source?.domain !== undefined
      ? {}
      : { source: { ...article.source, domain: host } }),
    content,
    contentType: isHtml(article) ? 'text/html' : 'text/plain',
    pubStatus: article.pubStatus ?? 'usable',
    version,
    versionCreated: new Date(versionMs).toISOString(),
    versionFrom,
    contentHash: candidate.contentHash,
    origin: candidate.origin,
    steps: [],
  };
}

/**
 * Text that came after its kill, as that kill: with its content, by which copies of it are found; nothing of it is indexed. As
 * no publisher says so, the version is one of a scrape.
 */
export function acceptAsKill(prepared: Prepared, kill: KnownVersion): IngestedArticle {
  return { ...accept(prepared, kill, 'scrape'), pubStatus: 'canceled' };
}

/** An address can grow by being made canonical: percent-encoding triples a letter. */
const shortEnough = (text: string | undefined, characters: number): string | undefined =>
  text === undefined || text.length > characters ? undefined : text;

/** Content that was sent as bytes, as text: nothing behind this knows how it came, nor does the hash of the content. */
function asText({ contentEncoding, charset, ...article }: ScrapedArticle): ScrapedArticle {
  if (contentEncoding === undefined || article.content === undefined) return article;
  const content = decodeContent(Buffer.from(article.content, contentEncoding), charset);
  if (Buffer.byteLength(content) <= limits.contentBytes) return { ...article, content };
  throw new BadMessage(
    'too-large',
    `content: as text it has more than ${limits.contentBytes} bytes of UTF-8`,
  );
}

/** Content that is itself a ninjs item, as text. What stands beside it wins over what is in it. */
function unwrapNinjs(article: ScrapedArticle): ScrapedArticle {
  if (article.contentType !== 'application/ninjs+json' || article.content === undefined) return article;
  const parsed = parseMessage(ninjsItem, Buffer.from(article.content));
  if ('problem' in parsed)
    throw new BadMessage('broken-contract', `content is not a ninjs item: ${parsed.problem.message}`);
  const { content: _content, contentType: _contentType, ...beside } = article;
  // A kill is a kill, whatever it wraps.
  const { pubStatus = parsed.value.pubStatus } = beside;
  return { ...fromNinjs({ ...parsed.value, ...(pubStatus && { pubStatus }) }), ...beside };
}

function requireText({ content, pubStatus = 'usable' }: ScrapedArticle): void {
  if (pubStatus !== 'usable') return;
  if (content === undefined || content.trim() === '')
    throw new BadMessage('unprocessable', 'content is empty');
  if (!content.isWellFormed())
    throw new BadMessage('unprocessable', 'content has broken surrogates: it was cut inside a character');
}

const HTML_SIGNS =
  /<(?:!doctype|html|head|body|article|main|section|div|p|h[1-6]|br|span|figure|img|a)\b[^>]*>/i;
const SNIFF_CHARACTERS = 16_384;

function isHtml({ contentType, content = '' }: ScrapedArticle): boolean {
  if (contentType !== undefined) return contentType === 'text/html';
  return HTML_SIGNS.test(content.slice(0, SNIFF_CHARACTERS));
}

const stringify = configure({ deterministic: true, maximumDepth: limits.jsonDepth });

/** Hash of all that the publisher wrote: the same content scraped again has the same hash. */
function contentHash(article: ScrapedArticle): string {
  const { version: _version, versionCreated: _created, fetchedAt: _fetched, ...written } = article;
  return createHash('sha256')
    .update(stringify(written) ?? '')
    .digest('base64url')
    .slice(0, 22);
}
