import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/*
 * The supervisor: a shell that runs the program and watches a pipe from the launcher. However the launcher ends, be it
 * by SIGKILL, the pipe closes; then the program gets SIGTERM and, if it still runs after the grace time, SIGKILL.
 * It is in a session of its own, so that Ctrl-C in the terminal reaches the launcher only, which then stops things
 * in order. File descriptor 0 is the pipe, 3 is where the program's process id is told.
 */
const SUPERVISOR = `
grace_s=$1; shift
exec 4<&0 </dev/null
"$@" 3>&- 4<&- &
program=$!
echo "$program" >&3
exec 3>&-
(
  while read -r ignored <&4; do :; done
  kill -TERM "$program" && kill -CONT "$program"
  tenths=$((grace_s * 10))
  while [ "$tenths" -gt 0 ] && kill -0 "$program"; do sleep 0.1; tenths=$((tenths - 1)); done
  kill -KILL "$program"
) >/dev/null 2>&1 &
watch=$!
exec 4<&-
trap 'kill -TERM "$program" 2>/dev/null' TERM INT HUP
while :; do
  wait "$program"; status=$?
  kill -0 "$program" 2>/dev/null || break
done
kill "$watch" 2>/dev/null
exit "$status"
`;

/** A child process that does not outlive this one. */
export interface SupervisedProcess {
  /** The program's process id, not the supervisor's. */
  readonly pid: number;
  /** Set once the program has ended; 128 + n after signal n. */
  readonly exitCode: number | undefined;
  /** Settles with the exit code when the program has ended. */
  readonly exited: Promise<number>;
  kill(signal: NodeJS.Signals): void;
  /** SIGTERM, then SIGKILL after the grace time; resolves when the program has ended. */
  stop(): Promise<void>;
}

export interface SupervisedCommand {
  command: string;
  arguments: readonly string[];
  environment: Readonly<Record<string, string | undefined>>;
  workingDirectory: string;
  /** Standard output and error are appended to it. */
  logFile: string;
  /** How long the program may take to end after SIGTERM, whole seconds. */
  graceS: number;
}

/**
 * Starts a program under the supervisor. It keeps neither this process alive nor itself once this process has ended.
 * @throws Error when the supervisor cannot be started.
 */
export async function startSupervised(command: SupervisedCommand): Promise<SupervisedProcess> {
  const log = openSync(command.logFile, 'a');
  const child = spawn(
    '/bin/sh',
    ['-c', SUPERVISOR, 'wirefold-supervisor', String(command.graceS), command.command, ...command.arguments],
    {
      cwd: command.workingDirectory,
      env: { ...command.environment },
      stdio: ['pipe', log, log, 'pipe'],
      detached: true,
    },
  );
  closeSync(log);
  const pipe = child.stdin as Socket;
  const tells = child.stdio[3] as Socket;
  // Closing the pipe is a signal, and writing to it never happens: a broken one is no error.
  pipe.on('error', () => undefined);

  let exitCode: number | undefined;
  let pid = 0;
  const exited = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      // The supervisor itself was killed: nobody else is left to end the program.
      if (signal !== null) signalProcess(pid, 'SIGKILL');
      exitCode = code ?? 137;
      resolve(exitCode);
    });
  });
  exited.catch(() => undefined);

  pid = await Promise.race([
    readPid(tells),
    exited.then((code) =>
      Promise.reject(new Error(`the supervisor of ${command.command} ended with ${code}`)),
    ),
  ]);
  tells.destroy();
  child.unref();
  pipe.unref();

  return {
    pid,
    get exitCode() {
      return exitCode;
    },
    exited,
    kill(signal) {
      if (exitCode === undefined) signalProcess(pid, signal);
    },
    async stop() {
      pipe.destroy();
      // The child is not referenced: without a timer, a process with nothing else to do would end here.
      const ended = new AbortController();
      const alive = delay((command.graceS + 5) * 1000, undefined, { signal: ended.signal }).catch(
        () => undefined,
      );
      await Promise.race([exited, alive]);
      ended.abort();
      if (exitCode === undefined) signalProcess(pid, 'SIGKILL');
    },
  };
}

function readPid(stream: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    stream.setEncoding('utf8');
    stream.once('error', reject);
    stream.on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) resolve(Number.parseInt(text, 10));
    });
  });
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  if (pid <= 0) return;
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
