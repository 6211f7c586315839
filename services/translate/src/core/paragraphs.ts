/** Paragraphs of a body, which are separated by empty lines; none is blank. */
export function splitParagraphs(body: string): string[] {
  return body.split(/\n(?:[^\S\n]*\n)+/u).filter((paragraph) => paragraph.trim() !== '');
}

/** The inverse of {@link splitParagraphs}: a translated paragraph with empty lines in it stays one paragraph. */
export function joinParagraphs(paragraphs: readonly string[]): string {
  return paragraphs.map((paragraph) => paragraph.trim().replace(/\n\s*\n/gu, '\n')).join('\n\n');
}
