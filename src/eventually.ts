/** For tests of what comes in its own time: other processes, sockets, a page that renders. */
import { vi } from 'vitest';

/** Waits until a check passes; on a busy machine that takes longer than Vitest waits by itself. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 25_000, interval: 50 });
