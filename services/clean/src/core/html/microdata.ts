import { isArticleType, isPageType, type SchemaObject } from './metadata-schema.ts';
import { startOfText } from './metadata-text.ts';
import type { DomElement } from './dom.ts';

/** Articles and pages in a page's microdata, made in the course of a walk through its elements. */
export interface MicrodataReader {
  readonly enter: (element: DomElement) => void;
  readonly leave: (element: DomElement) => void;
  readonly articles: readonly SchemaObject[];
  readonly pages: readonly SchemaObject[];
}

interface Scope {
  readonly element: DomElement;
  readonly properties: Record<string, unknown[]>;
}

/** Properties of a page that are read; lists of teasers have hundreds. */
const MAX_PROPERTIES = 1000;
const TEXT_CHARACTERS = 600;
/** What is asked for: an article's text is read elsewhere, and is long. */
const PROPERTIES = new Set([
  'articleSection',
  'author',
  'caption',
  'contentUrl',
  'copyrightHolder',
  'creator',
  'creditText',
  'dateModified',
  'datePublished',
  'description',
  'headline',
  'image',
  'isAccessibleForFree',
  'keywords',
  'mainEntityOfPage',
  'name',
  'publisher',
  'thumbnailUrl',
  'url',
]);
/** Properties whose value is an address, where an element has both an address and a text. */
const ADDRESSES = new Set(['contentUrl', 'image', 'mainEntityOfPage', 'thumbnailUrl', 'url']);

export function microdataReader(): MicrodataReader {
  const open: Scope[] = [];
  const articles: SchemaObject[] = [];
  const pages: SchemaObject[] = [];
  let properties = 0;

  return {
    articles,
    pages,
    enter: (element) => {
      const isScope = element.getAttribute('itemscope') !== null;
      // Each attribute is looked for in a list: outside of items there is nothing to look for.
      const names =
        open.length > 0 ? (element.getAttribute('itemprop')?.slice(0, 200).split(/\s+/) ?? []) : [];
      const type = isScope ? (element.getAttribute('itemtype')?.trim().split(/\s+/).slice(0, 5) ?? []) : [];
      const scope: Scope | undefined = isScope
        ? {
            element,
            properties: Object.assign(Object.create(null), { '@type': type }) as Scope['properties'],
          }
        : undefined;
      for (const name of names) {
        const owner = open.at(-1);
        if (!owner || !PROPERTIES.has(name) || properties === MAX_PROPERTIES) continue;
        properties += 1;
        const value = scope?.properties ?? valueOf(element, ADDRESSES.has(name));
        if (value !== undefined) (owner.properties[name] ??= []).push(value);
      }
      if (!scope) return;
      open.push(scope);
      if (isArticleType(type)) articles.push(scope.properties);
      else if (isPageType(type)) pages.push(scope.properties);
    },
    leave: (element) => {
      if (open.at(-1)?.element === element) open.pop();
    },
  };
}

function valueOf(element: DomElement, isAddress: boolean): string | undefined {
  const given = element.getAttribute('content') ?? element.getAttribute('datetime');
  if (given !== null) return given;
  const address =
    element.getAttribute('href') ?? element.getAttribute('src') ?? element.getAttribute('data-src');
  if (address !== null && isAddress) return address;
  return startOfText(element, TEXT_CHARACTERS) || undefined;
}
