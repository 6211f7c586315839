import { pino, type Logger } from 'pino';
import sonicBoom from 'sonic-boom';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;

/** Lines that wait for a reader who is slow, in bytes; what is beyond is dropped, as the work must not wait for its log. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;
/** Attempts at the end, 100 ms apart, at a pipe that takes nothing. */
const LAST_ATTEMPTS = 10;

/** The log of a service: one JSON line for each sentence. Article text and secrets have no place in it. */
export function createLog(service: string, level: (typeof logLevels)[number]): Logger {
  const options = { level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime };
  return pino(options, standardOutput());
}

/**
 * Standard output, written to beside the work. Not pino's own destination: where the reader has gone, that one tries the same
 * write for ever when the process ends (sonic-boom 4.2.1, flushSync), so that it never does.
 */
function standardOutput(): sonicBoom.SonicBoom {
  let attemptsLeft = Infinity;
  const output = new sonicBoom.SonicBoom({
    fd: process.stdout.fd,
    sync: false,
    maxLength: MAX_WAITING_BYTES,
    retryEAGAIN: () => (attemptsLeft -= 1) > 0,
  });
  output.on('error', (error: NodeJS.ErrnoException) => {
    // Nobody reads any more: that is no reason to end.
    if (error.code === 'EPIPE') output.write = () => true;
  });
  process.on('exit', () => {
    attemptsLeft = LAST_ATTEMPTS;
    try {
      output.flushSync();
    } catch {
      // There is nobody to tell.
    }
  });
  return output;
}
