const SLAB_BYTES = 1024 * 1024;
/** UTF-8 takes at most so many bytes for a UTF-16 code unit. */
const MOST_BYTES = 3;

/**
 * Makes a function that turns texts into UTF-8, many into one piece of memory: `Buffer.from` counts the bytes of each first, and
 * takes memory for each that is larger than a few kilobytes. A slab is freed with the last of its texts.
 */
export function textSlabs(): (text: string) => Buffer {
  let slab = Buffer.alloc(0);
  let used = 0;
  return (text) => {
    const mostBytes = text.length * MOST_BYTES;
    if (slab.length - used < mostBytes) {
      slab = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, mostBytes));
      used = 0;
    }
    const from = used;
    used += slab.write(text, from);
    return slab.subarray(from, used);
  };
}
