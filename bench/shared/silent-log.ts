import type { Log } from '@wirefold/pipeline';

/** What goes wrong in a benchmark comes as an error. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
