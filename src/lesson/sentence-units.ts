/** How lengths of time are written in sentences. */

/** `10s` for whole seconds, else `1500ms`. */
export function printDuration(durationMs: number): string {
  return durationMs % 1000 === 0 ? `${durationMs / 1000}s` : `${durationMs}ms`;
}
