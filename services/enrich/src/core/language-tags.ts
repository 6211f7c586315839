/** The language of a BCP 47 tag; `und` for what is none. */
export function languageOf(tag: string): string {
  try {
    // Newer engines give undefined for `und`.
    const language: string | undefined = new Intl.Locale(tag).language;
    return language ?? 'und';
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
    // Maximized, `und` would be English.
    if (languageOf(tag) === 'und') return [];
    const { language, script } = locale.maximize();
    const candidates = [locale.baseName, `${language}-${script ?? ''}`, language];
    return [...new Set(candidates)].filter((candidate) => !candidate.endsWith('-'));
  } catch {
    return [];
  }
}
