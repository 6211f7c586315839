/** Where a component says what it does: fields first, then a sentence. pino's loggers fit. */
export interface Log {
  readonly debug: (fields: object, sentence: string) => void;
  readonly info: (fields: object, sentence: string) => void;
  readonly warn: (fields: object, sentence: string) => void;
  readonly error: (fields: object, sentence: string) => void;
}

/** For those to whom what matters comes as an error: commands, benchmarks, tests. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
