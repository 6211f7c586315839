import {
  limits,
  parseValue,
  scrapedArticle,
  versionNumber,
  type NinjsItem,
  type ScrapedArticle,
} from '@wirefold/contracts';
import { BadMessage } from '@wirefold/pipeline';

/**
 * Whether a message is a ninjs item and not our own contract: it has no content, and bodies, headlines or a version in
 * text (a kill may have nothing more).
 */
export const isNinjsItem = (json: unknown): boolean => {
  if (typeof json !== 'object' || json === null || Object.hasOwn(json, 'content')) return false;
  const { bodies, headlines, version } = json as Record<string, unknown>;
  return Array.isArray(bodies) || Array.isArray(headlines) || typeof version === 'string';
};

type NinjsText = NonNullable<NinjsItem['bodies']>[number];

/**
 * Maps a ninjs 3 item to a scraped article. What Wirefold does not read is kept under its own name.
 *
 * @throws BadMessage where a usable item has no body of text, such as a picture, or a field of ours that is not as in
 *   our contract
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
  const title = mainText(headlines)?.value?.slice(0, limits.titleCharacters);
  const number = versionNumber.safeParse(
    typeof version === 'string' && /^\d+$/.test(version) ? Number(version) : version,
  );
  const publishedAt = published ?? item.contentCreated ?? item.firstCreated;
  const embargoedUntil = item.embargoedUntil ?? embargoed;
  const source = infoSources?.find(({ name }) => name !== undefined)?.name;
  return checked({
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
  });
}

/** What ninjs leaves open may be a field of ours, and goes on as one. */
function checked(article: Record<string, unknown>): ScrapedArticle {
  const parsed = parseValue(scrapedArticle, article);
  if ('problem' in parsed) throw new BadMessage(parsed.problem.reason, parsed.problem.message);
  return parsed.value;
}

const isHtml = ({ contentType = '' }: NinjsText): boolean => /x?html/i.test(contentType);
const isText = (text: NinjsText): boolean =>
  text.value !== undefined &&
  (text.contentType === undefined || isHtml(text) || text.contentType.startsWith('text/plain'));

/** The text whose role is main, else the first. */
const mainText = (texts: readonly NinjsText[]): NinjsText | undefined =>
  texts.find(({ role }) => role === 'main') ?? texts[0];
