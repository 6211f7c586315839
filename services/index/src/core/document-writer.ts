import type { BulkLines } from './bulk-lines.ts';
import type { Verdict } from './verdict.ts';

/** Writes documents and says of each, in order, what became of it. Never throws. */
export type BulkWriter = (lines: readonly BulkLines[], signal: AbortSignal) => Promise<Verdict[]>;
