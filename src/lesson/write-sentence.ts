/**
 * A stream of writes: `write 5/s for 20s`, `write 10/s for 1s from c2`. Each SET waits for the
 * answer to the last, so the rate is the most there can be.
 */
import type { Input } from '../kernel/inputs';
import type { SentenceReader } from './sentence-reader';
import { printDuration } from './sentence-units';

type Write = Extract<Input, { type: 'write' }>;

/** A client of its own, so that the terminal's client stays free. */
export const WRITER = 'w1';

/** Reads what follows `write`. */
export function readWrite(reader: SentenceReader): Write {
  const perSecond = reader.rate();
  reader.oneOf('length', ['for']);
  const durationMs = reader.duration();
  const client = reader.take('from') ? reader.client() : WRITER;
  return { type: 'write', client, perSecond, durationMs };
}

/** The sentence that makes the input. */
export function printWrite({ client, perSecond, durationMs }: Write): string {
  const from = client === WRITER ? '' : ` from ${client}`;
  return `write ${perSecond}/s for ${printDuration(durationMs)}${from}`;
}
