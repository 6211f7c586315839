import type { StageName } from '@wirefold/contracts';
import { letterId, type Letter, type LetterPlace, type LetterRecord } from './letter.ts';

export const letterStatuses = ['waiting', 'redriven', 'purged'] as const;
export type LetterStatus = (typeof letterStatuses)[number];

/** A dead letter with what was done about it. */
export interface DeadLetter extends Letter {
  readonly id: string;
  readonly status: LetterStatus;
  /** All records of it that have no mark: a redelivery may write a letter twice. */
  readonly unmarked: readonly LetterPlace[];
  /** Ids of all records of it, its own first. */
  readonly ids: readonly string[];
}

/** The dead letters of one stage. */
export interface LetterFold {
  /** Takes a record; those of a partition in their order. */
  readonly add: (place: LetterPlace, record: LetterRecord) => void;
  /** Each letter once, however often it was written, in the order of the topic. */
  readonly letters: () => DeadLetter[];
  /** For each partition the first offset that must stay: all before it are marks, and letters that are done with. */
  readonly keepFrom: () => LetterPlace[];
}

interface Group {
  readonly letter: Letter;
  readonly places: LetterPlace[];
}

const keyOf = ({ partition, offset }: LetterPlace): string => `${partition}/${offset}`;

/** Folds letters and marks of one stage's dead letter topic. */
export function createLetterFold(stage: StageName): LetterFold {
  const groups = new Map<string, Group>();
  const marks = new Map<string, LetterStatus>();
  /** By partition, in order: the letters, marks as `done`, and what is neither. */
  const order = new Map<number, { offset: number; what: Group | 'done' | 'unknown' }[]>();

  const note = ({ partition, offset }: LetterPlace, what: Group | 'done' | 'unknown') => {
    const entries = order.get(partition) ?? [];
    entries.push({ offset, what });
    order.set(partition, entries);
  };
  const statusOf = ({ places }: Group): LetterStatus => {
    const found = places.map((place) => marks.get(keyOf(place)));
    // Two operators at once: what was published again is redriven, whatever else was said of it.
    return found.includes('redriven') ? 'redriven' : found.includes('purged') ? 'purged' : 'waiting';
  };

  return {
    add: (place, record) => {
      if (record === undefined) {
        note(place, 'unknown');
      } else if ('mark' in record) {
        const key = keyOf(record.mark.marked);
        if (marks.get(key) !== 'redriven') marks.set(key, record.mark.kind);
        note(place, 'done');
      } else {
        const { letter } = record;
        const identity = `${letter.origin} ${letter.redrives}`;
        const group = groups.get(identity) ?? { letter, places: [] };
        groups.set(identity, group);
        group.places.push({ partition: place.partition, offset: place.offset });
        note(place, group);
      }
    },
    letters: () =>
      [...groups.values()].map((group) => ({
        ...group.letter,
        id: letterId(stage, group.letter),
        status: statusOf(group),
        unmarked: group.places.filter((place) => !marks.has(keyOf(place))),
        ids: group.places.map((place) => letterId(stage, place)),
      })),
    keepFrom: () =>
      [...order].flatMap(([partition, entries]) => {
        const isDone = ({ what }: (typeof entries)[number]) =>
          what === 'done' || (what !== 'unknown' && statusOf(what) !== 'waiting');
        const last = entries.at(-1);
        if (last === undefined) return [];
        return [{ partition, offset: entries.find((entry) => !isDone(entry))?.offset ?? last.offset + 1 }];
      }),
  };
}
