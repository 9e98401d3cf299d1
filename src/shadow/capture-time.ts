/** Between the three clocks: of the recording, of Unix, and of our machines. */
import { CLOCK_ORIGIN_MS } from '../protocol/config';
import type { Capture } from './capture';

/** Virtual milliseconds, whole as redis-server's mstime(), at `atMs` of a recording. */
export function virtualMs(capture: Pick<Capture, 'epochMs'>, atMs: number): number {
  return Math.floor(capture.epochMs + atMs) - CLOCK_ORIGIN_MS;
}

/** Virtual milliseconds of a Unix time in milliseconds; 0 stays 0, never. */
export function virtualOfUnix(unixMs: number): number {
  return unixMs === 0 ? 0 : unixMs - CLOCK_ORIGIN_MS;
}

/** The Unix time in milliseconds of virtual milliseconds. */
export const unixOfVirtual = (ms: number): number => ms + CLOCK_ORIGIN_MS;
