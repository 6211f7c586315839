import { pino, type Logger } from 'pino';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;

/** The log of a service: one JSON line for each sentence. Article text and secrets have no place in it. */
export function createLog(service: string, level: (typeof logLevels)[number]): Logger {
  return pino({ level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime });
}
