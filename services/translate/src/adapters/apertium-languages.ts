/** A translation direction as Apertium-APy lists it, in its own codes. */
export interface ApertiumPair {
  readonly sourceLanguage: string;
  readonly targetLanguage: string;
}

/**
 * Apertium's code as a BCP 47 tag: ISO 639-3 with an optional variant after `_` or `@` (`spa`, `por_BR`, `oci@aran`).
 * Undefined where it is neither.
 */
export function languageTagOf(code: string): string | undefined {
  const [language, region] = code.split(/[_@]/u);
  try {
    const base = Intl.getCanonicalLocales(language)[0];
    if (base === undefined || region === undefined) return base;
    return /^[A-Z]{2}$/u.test(region) ? `${base}-${region}` : `${base}-x-${region.slice(0, 8)}`;
  } catch {
    return undefined;
  }
}

/** The directions into English, by the tag of their source; plain `eng` before its variants. */
export function pairsIntoEnglish(pairs: readonly ApertiumPair[]): ReadonlyMap<string, string> {
  const byTag = new Map<string, string>();
  const intoEnglish = pairs.filter((pair) => /^eng([_@]|$)/u.test(pair.targetLanguage));
  for (const { sourceLanguage, targetLanguage } of intoEnglish) {
    const tag = languageTagOf(sourceLanguage)?.toLowerCase();
    if (tag !== undefined && (!byTag.has(tag) || targetLanguage === 'eng'))
      byTag.set(tag, `${sourceLanguage}|${targetLanguage}`);
  }
  return byTag;
}

/** Finds a tag or, by cutting its last subtags, the nearest one that is known (RFC 4647, lookup). */
export function lookUpTag(byTag: ReadonlyMap<string, string>, tag: string): string | undefined {
  const subtags = tag.toLowerCase().split('-');
  for (; subtags.length > 0; subtags.pop()) {
    const found = byTag.get(subtags.join('-'));
    if (found !== undefined) return found;
  }
  return undefined;
}
