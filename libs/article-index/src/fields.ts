/** The contracts take more digits of a second than Elasticsearch does. */
export const utc = (instant: string) => new Date(instant).toISOString();

/** Without the properties that are undefined. */
export function given<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: NonNullable<Fields[Key]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
