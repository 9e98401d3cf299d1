/** What if this message had been lost, held back, late, or had come twice? */
import type { Input } from '../../kernel/inputs';
import type { MessageTrace } from '../../timeline/cluster-source';
import type { Change, ComparedPair } from './compared-pair';
import { knownTrace } from '../telling/known-message';
import type { Session } from '../session.svelte';

export type MessageChange = Exclude<Change, 'other'>;

export const MESSAGE_CHANGES: readonly MessageChange[] = ['lost', 'held', 'late', 'twice'];

/** How late “late” is, in node timeouts: enough to be suspected for. */
const LATE_TIMEOUTS = 0.5;

/** How late a message comes in the other future, in milliseconds. */
export function lateMs({ scene }: Session): number {
  return Math.round(scene.nodeTimeoutMs * LATE_TIMEOUTS);
}

/** What became of a message, as far as the run is known; null if there is none of this number. */
export function traceOf({ source }: Session, message: number): MessageTrace | null {
  return knownTrace(source, message);
}

/** Only what was read, or still may be, has consequences to take away. */
export function mayBeChanged({ fate }: MessageTrace): boolean {
  return fate === 'delivered' || fate === 'flying';
}

/** The run as it was, beside the same with one message changed just before it arrives. */
export function whatIf(session: Session, trace: MessageTrace, change: MessageChange): ComparedPair {
  session.pause();
  const { source } = session;
  const left = source.cursor.branch;
  const right = source.whatIf(trace.deliverAtMs, inputOf(session, trace.id, change));
  const known = source.branches.find(({ id }) => id === right)!;
  const message = `${trace.type} ${trace.from} → ${trace.to}`;
  session.refresh();
  const { forkedAtMs: forkMs } = known;
  const atMs = Math.max(session.cursor.atMs, forkMs);
  return { left, right, forkMs, atMs, change, message };
}

function inputOf(session: Session, message: number, change: MessageChange): Input {
  switch (change) {
    case 'lost':
      return { type: 'drop-message', message };
    case 'held':
      return { type: 'hold-message', message };
    case 'late':
      return { type: 'delay-message', message, addMs: lateMs(session) };
    case 'twice':
      return { type: 'duplicate-message', message };
  }
}

/** Two futures that are there already, from where they parted. */
export function pairOf(session: Session, left: number, right: number): ComparedPair {
  session.pause();
  const forkMs = partedMs(session, left, right);
  const atMs = Math.max(session.cursor.atMs, forkMs);
  return { left, right, forkMs, atMs, change: 'other', message: '' };
}

/** When two branches had their last moment in common. */
function partedMs({ source }: Session, left: number, right: number): number {
  const line = (id: number): { id: number; leftMs: number }[] => {
    const branch = source.branches.find((one) => one.id === id);
    if (branch === undefined || branch.parent === null) return [{ id, leftMs: Infinity }];
    const above = line(branch.parent);
    return [
      { id, leftMs: Infinity },
      ...above.map((one, i) => ({
        ...one,
        leftMs: i === 0 ? branch.forkedAtMs : Math.min(one.leftMs, branch.forkedAtMs),
      })),
    ];
  };
  const others = line(right);
  for (const one of line(left)) {
    const same = others.find(({ id }) => id === one.id);
    if (same) return Math.min(one.leftMs, same.leftMs, source.computedUntilMs);
  }
  return 0;
}
