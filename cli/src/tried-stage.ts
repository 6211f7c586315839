import { parseMessage, type Contract, type Parsed } from '@wirefold/contracts';
import {
  asError,
  systemClock,
  type Clock,
  type Delivery,
  type Environment,
  type Stage,
} from '@wirefold/pipeline';

/** A stage that takes lines: for each JSON line its output, or `{"error": …}`. */
export interface TriedStage {
  readonly run: (lines: readonly string[]) => Promise<object[]>;
  /** An output for people; absent where there is nothing to explain. */
  readonly explain?: (output: object) => string;
  readonly close: () => Promise<void>;
}

/** What could not be done with a line. */
export interface LineError {
  readonly error: string;
}

export const isLineError = (output: object): output is LineError => Object.keys(output).join() === 'error';

export interface TryOptions {
  readonly environment: Environment;
  /** Of folding: what is remembered is kept under this name; absent: a fresh one, forgotten at the end. */
  readonly namespace?: string | undefined;
}

interface Assembled<Input> {
  readonly stage: Stage<Input, object>;
  readonly close: () => Promise<void>;
}

export function tried<Input>(
  { stage, close }: Assembled<Input>,
  read: (line: string, clock: Clock) => Input,
): TriedStage {
  return {
    close,
    run: async (lines) => {
      const outputs: object[] = [];
      const deliveries: Delivery<Input>[] = [];
      const places: number[] = [];
      lines.forEach((line, index) => {
        try {
          const article = read(line, systemClock);
          // A key of its own: lines are independent of each other, even with one uri.
          deliveries.push({
            article,
            key: String(index),
            origin: `line/${index}`,
            timestampMs: systemClock.nowMs(),
          });
          places.push(index);
        } catch (error) {
          outputs[index] = { error: asError(error).message };
        }
      });
      const results = await stage.handle(deliveries, { signal: new AbortController().signal });
      results.forEach((result, index) => {
        outputs[places[index] as number] = outputOf(result);
      });
      return outputs;
    },
  };
}

type Result = Awaited<ReturnType<Stage<never, object>['handle']>>[number];

function outputOf(result: Result): object {
  switch (result.kind) {
    case 'pass':
      return result.output;
    case 'reject':
      return { error: `${result.reason}: ${result.error}` };
    case 'outage':
      return { error: `${result.outage.dependency} is down: ${result.outage.message}` };
    case 'unexpected':
      return { error: `${result.error.name}: ${result.error.message}` };
    default:
      return { error: `ended as ${result.kind}` };
  }
}

export function valueOf<Value>(contract: Contract<Value>, line: string): Value {
  const parsed: Parsed<Value> = parseMessage(contract, Buffer.from(line));
  if ('problem' in parsed) throw new Error(`${parsed.problem.reason}: ${parsed.problem.message}`);
  return parsed.value;
}
