/**
 * Asks again and again until the answer is there.
 *
 * @param ask gives undefined while there is no answer; what it throws is tried again, and thrown at the end
 * @throws Error after `withinMs`
 */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined> | Answer | undefined,
  withinMs = 20_000,
): Promise<Answer> {
  const giveUpAt = Date.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > giveUpAt) throw new Error(`${what}: not within ${withinMs} ms`, { cause: last });
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}
