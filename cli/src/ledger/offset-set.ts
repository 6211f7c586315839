/** A set of small whole numbers, a bit for each, that grows with the largest of them. */
export interface OffsetSet {
  readonly add: (number: number) => void;
  readonly size: () => number;
}

const FIRST_BYTES = 64;

export function createOffsetSet(): OffsetSet {
  let bits = new Uint8Array(FIRST_BYTES);
  let size = 0;
  return {
    add: (number) => {
      const at = Math.floor(number / 8);
      if (at >= bits.length) {
        const larger = new Uint8Array(Math.max(at + 1, bits.length * 2));
        larger.set(bits);
        bits = larger;
      }
      const bit = 1 << (number % 8);
      const byte = bits[at] ?? 0;
      if ((byte & bit) !== 0) return;
      bits[at] = byte | bit;
      size += 1;
    },
    size: () => size,
  };
}
