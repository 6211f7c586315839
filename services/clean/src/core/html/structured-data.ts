import { isArticleType, isPageType, type SchemaObject, type SchemaObjects } from './metadata-schema.ts';

/** What a page says in JSON-LD (schema.org). */
export interface StructuredData extends SchemaObjects {
  /** The longest that one of the articles has. */
  readonly articleBody: string | undefined;
  readonly description: string | undefined;
}

const MAX_SCRIPTS = 30;
/** Two articles of the largest size; a page's data of all its teasers stays below. */
const MAX_CHARACTERS = 4_000_000;
/** Marks that begin an object or a list: more are no article's data, and would take long to parse. */
const MAX_MARKS = 20_000;
const MAX_DEPTH = 8;
const MAX_OBJECTS = 5000;
/** Where articles, and the objects that they refer to, are. */
const INNER = [
  '@graph',
  'mainEntity',
  'mainEntityOfPage',
  'hasPart',
  'author',
  'publisher',
  'image',
] as const;

/** Reads the texts of a page's scripts of JSON-LD. Never throws. */
export function readStructuredData(scripts: readonly string[]): StructuredData {
  const roots: unknown[] = [];
  let characters = 0;
  let marks = 0;
  for (const script of scripts.slice(0, MAX_SCRIPTS)) {
    characters += script.length;
    marks += countMarks(script);
    if (characters > MAX_CHARACTERS || marks > MAX_MARKS) break;
    roots.push(parse(script));
  }
  const objects = objectsIn(roots);
  const articles = objects.filter((object) => isArticleType(object['@type']));
  const bodies = articles.flatMap((article) => stringOf(article['articleBody']));
  const byId = new Map<string, SchemaObject>();
  for (const object of objects) {
    const id = object['@id'];
    if (typeof id === 'string' && !isReference(object) && !byId.has(id)) byId.set(id, object);
  }
  return {
    articleBody: bodies.toSorted((a, b) => b.length - a.length)[0],
    description: articles.flatMap((article) => stringOf(article['description']))[0],
    articles,
    pages: objects.filter((object) => isPageType(object['@type'])),
    resolve: (value) => (isReference(value) ? (byId.get(value['@id']) ?? value) : value),
  };
}

function countMarks(text: string): number {
  let marks = 0;
  for (const mark of ['{', '['])
    for (let at = text.indexOf(mark); at >= 0 && marks <= MAX_MARKS; at = text.indexOf(mark, at + 1))
      marks += 1;
  return marks;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\s*(?:<!--|\/\/<!\[CDATA\[)|(?:-->|\/\/\]\]>)\s*$/g, ''));
  } catch {
    // Line breaks within strings are the common mistake.
    try {
      return JSON.parse(text.replace(/[\n\r\t]+/g, ' '));
    } catch {
      return undefined;
    }
  }
}

/** Objects of all scripts, those further out first. */
function objectsIn(roots: readonly unknown[]): SchemaObject[] {
  const objects: SchemaObject[] = [];
  let layer = roots;
  for (let depth = 0; depth <= MAX_DEPTH && layer.length > 0; depth += 1) {
    const next: unknown[] = [];
    for (const value of layer) {
      if (typeof value !== 'object' || value === null) continue;
      if (Array.isArray(value)) {
        for (const one of value.slice(0, MAX_OBJECTS)) next.push(one);
      } else {
        if (objects.length === MAX_OBJECTS) return objects;
        const object = value as SchemaObject;
        objects.push(object);
        for (const name of INNER) if (Object.hasOwn(object, name)) next.push(object[name]);
      }
    }
    layer = next;
  }
  return objects;
}

/** `{"@id": "#author"}`, perhaps with a type: what it stands for is elsewhere. */
function isReference(value: unknown): value is { readonly '@id': string } {
  if (typeof value !== 'object' || value === null || !('@id' in value)) return false;
  return (
    typeof value['@id'] === 'string' && Object.keys(value).every((name) => name === '@id' || name === '@type')
  );
}

const stringOf = (value: unknown): string[] =>
  typeof value === 'string' && value.trim() !== '' ? [value] : [];
