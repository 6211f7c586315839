import { stderr } from 'node:process';
import { stageNames, type StageName } from '@wirefold/contracts';
import type { Kafka } from '@wirefold/kafka';
import { systemClock } from '@wirefold/pipeline';
import cliProgress from 'cli-progress';
import { stageLags } from '../pipeline-status.ts';
import { say } from '../terminal.ts';

const LOOK_MS = 150;

/** Handled and known messages of a stage since the bars began. */
type Counts = ReadonlyMap<StageName, { readonly handled: number; readonly known: number }>;

/**
 * Shows a progress bar for each stage: how many of the messages in its input it has handled. Away from a terminal, a
 * line when something changed.
 *
 * @returns a function that ends it
 */
export async function startStageBars(kafka: Kafka, groupPrefix: string): Promise<() => Promise<void>> {
  const admin = kafka.admin();
  await admin.connect();
  const start = await stageLags(admin, groupPrefix);
  const show = stderr.isTTY ? barsOnTerminal() : linesOnChange();
  const look = async () => {
    const now = await stageLags(admin, groupPrefix);
    const counts = new Map(
      stageNames.map((stage) => {
        const handled = (now.get(stage)?.done ?? 0) - (start.get(stage)?.done ?? 0);
        return [stage, { handled, known: handled + (now.get(stage)?.lag ?? 0) }];
      }),
    );
    show.update(counts);
  };
  const end = new AbortController();
  const looking = (async () => {
    while (!end.signal.aborted) {
      await look();
      await systemClock.sleep(LOOK_MS, end.signal);
    }
    await look();
  })();
  return async () => {
    end.abort();
    await looking;
    show.stop();
    await admin.disconnect();
  };
}

interface Show {
  readonly update: (counts: Counts) => void;
  readonly stop: () => void;
}

function barsOnTerminal(): Show {
  const bars = new cliProgress.MultiBar(
    { format: '{stage} {bar} {value}/{total}', stream: stderr, hideCursor: true, clearOnComplete: false },
    cliProgress.Presets.shades_classic,
  );
  const byStage = new Map(stageNames.map((stage) => [stage, bars.create(0, 0, { stage: stage.padEnd(10) })]));
  return {
    update: (counts) => {
      for (const [stage, { handled, known }] of counts) {
        byStage.get(stage)?.setTotal(known);
        byStage.get(stage)?.update(handled);
      }
    },
    stop: () => bars.stop(),
  };
}

function linesOnChange(): Show {
  let said = '';
  return {
    update: (counts) => {
      const line = [...counts]
        .map(([stage, { handled, known }]) => `${stage} ${handled}/${known}`)
        .join('  ');
      if (line !== said) say(line);
      said = line;
    },
    stop: () => undefined,
  };
}
