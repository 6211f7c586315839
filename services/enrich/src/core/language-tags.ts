/** The language of a BCP 47 tag; `und` for what is none. */
export function languageOf(tag: string): string {
  try {
    return new Intl.Locale(tag).language;
  } catch {
    return 'und';
  }
}

/**
 * Tags to look data up by, the nearest first: as it is, with its likely script (zh-TW: zh-Hant), the language alone.
 */
export function lookupTags(tag: string): string[] {
  try {
    const locale = new Intl.Locale(tag);
    const { language, script } = locale.maximize();
    const candidates = [locale.baseName, `${language}-${script ?? ''}`, language];
    return [...new Set(candidates)].filter((candidate) => candidate !== 'und' && !candidate.endsWith('-'));
  } catch {
    return [];
  }
}
