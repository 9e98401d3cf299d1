/** How fast virtual time runs, as the transport says it. */

/** Virtual seconds a second; `beat` plays to the next beat and stops. */
export type Speed = number | 'beat';

/** The ones with a button of their own. */
export const SPEEDS_AT_HAND: readonly number[] = [1 / 4, 1, 4];

const FRACTIONS: Readonly<Record<number, string>> = { 0.125: '⅛', 0.25: '¼', 0.5: '½' };

/** `¼`, `16`: how many times as fast as a wall clock. */
export function timesOf(speed: number): string {
  return FRACTIONS[speed] ?? String(speed);
}
