/**
 * The one PING a second whose receiver is a lot. Source: clusterCron, src/cluster.c.
 */
import type { CaptureFrame, NodeNumber } from './capture';
import type { Tally } from './tally';

/** A PING that our T/2 rule did not ask for. */
export interface Lot {
  /** Which process of the node it was, and which of its ticks. */
  readonly life: number;
  readonly tick: number;
  readonly frame: CaptureFrame;
  /** It would, if the node did not believe gossip about PONGs. */
  readonly mayBeDue: boolean;
}

const KIND = 'PING to one of five drawn';

/**
 * Lots are drawn in every tenth tick: whichever tenth fits those that can be nothing else. Returns
 * the PINGs beside it that were due, if their node did not believe gossip about PONGs.
 */
export function judgeLots(lots: readonly Lot[], node: NodeNumber, tally: Tally): CaptureFrame[] {
  const due: CaptureFrame[] = [];
  for (const life of new Set(lots.map((lot) => lot.life))) {
    const ofLife = lots.filter((lot) => lot.life === life);
    const tenth = tenthOf(ofLife);
    for (const { tick, frame, mayBeDue } of ofLife) {
      if (tick % 10 === tenth) {
        tally.agree(KIND);
        continue;
      }
      const steps = Math.abs((tick % 10) - tenth);
      const isNext = Math.min(steps, 10 - steps) === 1;
      if (mayBeDue && !isNext) due.push(frame);
      tally.disagree({
        ...{ kind: KIND, atMs: frame.atMs, node, explanation: isNext ? 'tick-count' : null },
        ours: `drawn in every tick ${tenth} of 10`,
        real: `PING to node ${frame.to} in tick ${tick % 10}`,
      });
    }
  }
  return due;
}

function tenthOf(lots: readonly Lot[]): number {
  const weights = new Map<number, number>();
  for (const { tick, mayBeDue } of lots) {
    weights.set(tick % 10, (weights.get(tick % 10) ?? 0) + (mayBeDue ? 1 : 100));
  }
  const [best] = [...weights].sort((a, b) => b[1] - a[1]);
  return best?.[0] ?? 0;
}
