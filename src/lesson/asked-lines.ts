/** The lines of the log that a question is about, as short as they can be read. */
import { readLogLine } from '../node-log/log-line';
import type { NodeLog } from '../node-log/node-log';
import type { Lesson } from './lesson';

export type ReadLog = NodeLog;

export interface AskedLine {
  /** From 1. */
  readonly number: string;
  readonly atUnixMs: number;
  /** Names in place of ids, and without the empty brackets behind them. */
  readonly text: string;
}

const NODE_ID = /([0-9a-f]{40})(?: \(\))?/g;

/** All lines of a log that are redis-server's, with their numbers. */
export function askedLines({ lines, members }: ReadLog): AskedLine[] {
  const names = new Map(Object.entries(members).map(([name, { id }]) => [id as string, name]));
  return lines.flatMap((line, i) => {
    const read = readLogLine(line);
    if (!read) return [];
    const named = read.text.replace(NODE_ID, (_, id: string) => names.get(id) ?? id.slice(0, 8));
    // 7.2 writes “:replica” where its brackets end; 7.0 leaves a space.
    const text = named.replace(/:(?=replica|master)/, ': ');
    return [{ number: String(i + 1), atUnixMs: read.atUnixMs, text }];
  });
}

/** The log that is read in a step, if one is. */
export function logOfStep(
  { steps, scenes }: Pick<Lesson, 'steps' | 'scenes'>,
  stepId: string,
): ReadLog | undefined {
  const here = steps.findIndex(({ id }) => id === stepId);
  const opened = steps.findLast((step, i) => i <= here && step.scene !== null);
  return opened?.scene ? scenes[opened.scene]?.scene.log : undefined;
}

/** What a chosen line is to the proof, or one that was not chosen. */
export type LineRole = 'needed' | 'missing' | 'spare';

/** Chosen lines and those of the proof that comes nearest, in the order of the log. */
export function judgedLines(
  proofs: readonly (readonly string[])[],
  chosen: readonly string[],
): { readonly number: string; readonly role: LineRole }[] {
  const found = (proof: readonly string[]) => proof.filter((one) => chosen.includes(one)).length;
  const nearest = proofs.toSorted((a, b) => found(b) - found(a))[0] ?? [];
  const all = [...new Set([...nearest, ...chosen])].toSorted((a, b) => Number(a) - Number(b));
  return all.map((number) => {
    if (!nearest.includes(number)) return { number, role: 'spare' };
    return { number, role: chosen.includes(number) ? 'needed' : 'missing' };
  });
}
