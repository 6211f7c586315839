import { limits, versionNumber, type NinjsItem, type ScrapedArticle } from '@wirefold/contracts';
import { BadMessage } from '@wirefold/pipeline';

/** Whether a message is a ninjs item and not our own contract: it has bodies or headlines, and no content. */
export const isNinjsItem = (json: unknown): boolean =>
  typeof json === 'object' &&
  json !== null &&
  !Object.hasOwn(json, 'content') &&
  ['bodies', 'headlines'].some((field) => Array.isArray((json as Record<string, unknown>)[field]));

type NinjsText = NonNullable<NinjsItem['bodies']>[number];

/**
 * Maps a ninjs 3 item to a scraped article. What Wirefold does not read is kept under its own name.
 *
 * @throws BadMessage where a usable item has no body of text, such as a picture
 */
export function fromNinjs(item: NinjsItem): ScrapedArticle {
  const { bodies = [], headlines = [], by, embargoed, infoSources, version, published, ...rest } = item;
  const body = mainText(
    bodies.filter(isText).toSorted((one, other) => Number(isHtml(other)) - Number(isHtml(one))),
  );
  if (body === undefined && (item.pubStatus ?? 'usable') === 'usable') {
    throw new BadMessage('unprocessable', 'the ninjs item has no body of text or HTML');
  }
  const content = body?.value;
  if (content !== undefined && Buffer.byteLength(content) > limits.contentBytes) {
    throw new BadMessage('too-large', `the body has more than ${limits.contentBytes} bytes of UTF-8`);
  }
  const title = mainText(headlines)?.value?.slice(0, limits.titleCharacters);
  const number = versionNumber.safeParse(
    typeof version === 'string' && /^\d+$/.test(version) ? Number(version) : version,
  );
  const publishedAt = published ?? item.contentCreated ?? item.firstCreated;
  const embargoedUntil = item.embargoedUntil ?? embargoed;
  const source = infoSources?.find(({ name }) => name !== undefined)?.name;
  return {
    ...rest,
    ...(content === undefined
      ? {}
      : { content, contentType: isHtml(body ?? {}) ? 'text/html' : 'text/plain' }),
    ...(title === undefined ? {} : { title }),
    ...(by === undefined ? {} : { byline: by }),
    ...(number.success ? { version: number.data } : {}),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(embargoedUntil === undefined ? {} : { embargoedUntil }),
    ...(source === undefined ? {} : { source: { name: source } }),
  };
}

const isHtml = ({ contentType = '' }: NinjsText): boolean => /x?html/i.test(contentType);
const isText = (text: NinjsText): boolean =>
  text.value !== undefined &&
  (text.contentType === undefined || isHtml(text) || text.contentType.startsWith('text/plain'));

/** The text whose role is main, else the first. */
const mainText = (texts: readonly NinjsText[]): NinjsText | undefined =>
  texts.find(({ role }) => role === 'main') ?? texts[0];
