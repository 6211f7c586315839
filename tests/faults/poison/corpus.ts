import { betweenStages } from './between-stages.ts';
import { brokenContract } from './broken-contract.ts';
import { brokenJson } from './broken-json.ts';
import { hostileBatches, oddRecords } from './hostile-batches.ts';
import { hostileContent } from './hostile-content.ts';
import type { Poison } from './poison.ts';

/** Every message that might hurt. */
export const corpus: readonly Poison[] = [
  ...brokenJson,
  ...brokenContract,
  ...oddRecords,
  ...hostileBatches,
  ...hostileContent,
  ...betweenStages,
];
