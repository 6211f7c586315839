import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { LanguageDetection, LanguageGuess } from '../core/language.ts';

/**
 * Language detection for worker threads, answered by the main thread: the detector's n-grams take 20 MB and more in each thread that
 * has them. A thread that asks stands still until it has its answer.
 */
export interface Asked {
  /** The thread's end of the channel. */
  readonly port: MessagePort;
  /** One 32-bit number, counting answers: what the thread waits on. */
  readonly answers: SharedArrayBuffer;
  readonly knownLanguages: ReadonlySet<string>;
}

/** Answers, in the main thread, what a worker thread asks of a detector. */
export function answerThread(
  port: MessagePort,
  answers: SharedArrayBuffer,
  detector: LanguageDetection,
): void {
  const count = new Int32Array(answers);
  port.on('message', (text: string) => {
    port.postMessage(detector.detectLanguage(text));
    Atomics.add(count, 0, 1);
    Atomics.notify(count, 0);
  });
}

/** The detector of a worker thread. */
export function askedDetector({ port, answers, knownLanguages }: Asked): LanguageDetection {
  const count = new Int32Array(answers);
  return {
    knownLanguages,
    detectLanguage: (text) => {
      const before = Atomics.load(count, 0);
      port.postMessage(text);
      Atomics.wait(count, 0, before);
      return receiveMessageOnPort(port)?.message as LanguageGuess | undefined;
    },
  };
}
