/**
 * Remembers what is made for a key, and forgets the key that was not asked for the longest: language tags come from outside
 * and are without number.
 *
 * @param size number of keys that are remembered
 */
export function createBoundedCache<Value>(
  size: number,
  make: (key: string) => Value,
): (key: string) => Value {
  const cache = new Map<string, { readonly value: Value }>();
  return (key) => {
    const known = cache.get(key) ?? { value: make(key) };
    cache.delete(key);
    cache.set(key, known);
    const [oldest] = cache.keys();
    if (cache.size > size && oldest !== undefined) cache.delete(oldest);
    return known.value;
  };
}
