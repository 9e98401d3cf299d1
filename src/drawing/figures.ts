/** Figures as the stage prints them: tabular, with a thin space between thousands. */

/** 16384 as `16 384`. */
export function thousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u2009');
}

/** Milliseconds as seconds with one decimal, `7.2`. */
export function tenthsOfSeconds(ms: number): string {
  return (Math.max(0, ms) / 1000).toFixed(1);
}

/** Milliseconds as seconds to the millisecond, `11.306`. */
export function exactSeconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** What fits on a disc: the whole port, its last two digits, or nothing. */
export function discLabel(name: string, radiusPx: number): string {
  if (radiusPx < 8) return '';
  return radiusPx < 14 ? name.slice(-2) : name;
}
