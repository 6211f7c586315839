import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Finds a file of an installed package. */
export type ResolvePackageFile = (specifier: string) => string | undefined;

export const resolvePackageFile: ResolvePackageFile = (specifier) => {
  try {
    return require.resolve(specifier);
  } catch {
    return undefined;
  }
};

/** A JSON file of a package, not kept by the module cache; undefined where there is none. */
export function readPackageJson(specifier: string, resolve = resolvePackageFile): unknown {
  const path = resolve(specifier);
  return path === undefined ? undefined : JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * Reads the large array that a CommonJS package builds when it is loaded, and gives its memory back.
 *
 * @param read must not keep the array; its result may keep items
 */
export function readPackageArray<Item, Result>(
  specifier: string,
  read: (items: readonly Item[]) => Result,
): Result {
  const path = require.resolve(specifier);
  const items = require(specifier) as Item[];
  const result = read(items);
  Reflect.deleteProperty(require.cache, path);
  // Its own dependencies still know the module as their parent, and so the array. A loader that did not forget the module
  // (Jest's) would hand the emptied array out again.
  if (!(path in require.cache)) items.length = 0;
  return result;
}
