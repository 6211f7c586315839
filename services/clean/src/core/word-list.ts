/** Words or phrases written one after the other: separated by commas, in as many lines as it takes. */
export function wordList(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter(Boolean);
}
