/** Slots of one master, both ends included. */
export interface SlotRange {
  readonly first: number;
  readonly last: number;
  readonly master: string;
}

/** Slots of a Redis Cluster. */
export const SLOTS = 16_384;

/**
 * A key on each master. Where the prefix has a hash tag of its own, all keys are on one master, and so is the only key here.
 */
export function probeKeys(prefix: string, ranges: readonly SlotRange[]): string[] {
  const masters = new Set(ranges.map(({ master }) => master));
  const keys = new Map<string, string>();
  for (let number = 0; number < SLOTS && keys.size < masters.size; number += 1) {
    const key = `${prefix}:probe:${number}`;
    const slot = slotOf(key);
    const owner = ranges.find(({ first, last }) => first <= slot && slot <= last);
    if (owner !== undefined && !keys.has(owner.master)) keys.set(owner.master, key);
  }
  return [...keys.values()];
}

/** The slot of a key: CRC-16/XMODEM of its hash tag, else of all of it. https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#key-distribution-model */
export function slotOf(key: string): number {
  // Of the first opening brace only, and never an empty one.
  const hashed = /^[^{]*\{([^}]+)\}/.exec(key)?.[1] ?? key;
  let crc = 0;
  for (const byte of Buffer.from(hashed)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80_00 ? ((crc << 1) ^ 0x10_21) & 0xff_ff : crc << 1;
  }
  return crc % SLOTS;
}
