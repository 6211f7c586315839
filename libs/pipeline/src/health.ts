/** Answers of a component's health: undefined when it is well, else what is wrong. */
export interface Health {
  /** Whether it still makes progress: if not, only a restart helps. */
  readonly live: () => string | undefined;
  /** Whether it can do its work now. */
  readonly ready: () => string | undefined;
}
