/** Jobs side by side, a few at a time, in the order of the list. */

/** Runs every job, `lanes` of them at once; returns their results in order. */
export async function runInLanes<T>(
  jobs: readonly (() => Promise<T>)[],
  lanes: number,
): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (;;) {
      const mine = next++;
      const job = jobs[mine];
      if (!job) return;
      results[mine] = await job();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
