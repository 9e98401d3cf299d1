/**
 * What one of our machines is told, one after the other: enough to bring it again where it was.
 * Every decision has been taken before; here nothing is decided.
 */
import type { BusMessage } from '../protocol/bus-message';
import type { ClusterState } from '../protocol/cluster-state';
import type { NodeEffect, NodeEvent } from '../protocol/effects';
import type { NodeId } from '../protocol/ids';
import { dialNode, dropLink } from '../protocol/messages/links';
import { nodeStepper, type NodeSnapshot } from '../protocol/node.machine';
import { sendPing } from '../protocol/messages/send';
import { setMasterOf } from '../protocol/table';
import { Turn } from '../protocol/turn';
import { tableOf, wholeEntries, type WholeEntry } from '../protocol/whole-entries';

export type EventWithoutTime = NodeEvent extends infer E
  ? E extends NodeEvent
    ? Omit<E, 'nowMs'>
    : never
  : never;

export type LiveOp =
  | { readonly type: 'event'; readonly event: EventWithoutTime }
  /** Message number `frame` of the recording. */
  | { readonly type: 'heard'; readonly frame: number; readonly connection: string }
  /** What the real node is known to hold. */
  | { readonly type: 'state'; readonly change: Partial<ClusterState> }
  | { readonly type: 'entry'; readonly id: NodeId; readonly change: Partial<WholeEntry> }
  | { readonly type: 'master'; readonly id: NodeId; readonly masterId: NodeId | null }
  | { readonly type: 'rename'; readonly from: NodeId; readonly to: NodeId }
  /** A rule that only chance kept our machine from running. */
  | { readonly type: 'rule'; readonly rule: 'ping' | 'dial' | 'drop'; readonly id: NodeId };

export type MessageOf = (frame: number) => BusMessage | null;

const RULES = { ping: sendPing, dial: dialNode, drop: dropLink } as const;
const NONE: readonly NodeEffect[] = [];

/** The machine after one thing it was told at `nowMs`, and what it asks for. */
export function applyOp(
  snapshot: NodeSnapshot,
  op: LiveOp,
  nowMs: number,
  messageOf: MessageOf,
): readonly [NodeSnapshot, readonly NodeEffect[]] {
  switch (op.type) {
    case 'event':
      return nodeStepper.step(snapshot, { ...op.event, nowMs });
    case 'heard': {
      const message = messageOf(op.frame);
      if (!message) return [snapshot, NONE];
      const { connection } = op;
      return nodeStepper.step(snapshot, { type: 'BUS_MESSAGE', nowMs, connection, message });
    }
    case 'state':
      return [adopted(snapshot, op.change), NONE];
    case 'entry':
      return [adopted(snapshot, withEntry(snapshot.context, op.id, op.change)), NONE];
    case 'master':
      return byRule(snapshot, nowMs, (turn) => setMasterOf(turn, op.id, op.masterId));
    case 'rename':
      return byRule(snapshot, nowMs, (turn) => rename(turn, op.from, op.to));
    case 'rule':
      return byRule(snapshot, nowMs, (turn) => RULES[op.rule](turn, op.id));
  }
}

/** What is adopted comes from outside: nobody foresaw it, so the next tick looks at everything. */
const adopted = (snapshot: NodeSnapshot, change: Partial<ClusterState>): NodeSnapshot => ({
  ...snapshot,
  context: { ...snapshot.context, ...change, quietUntilMs: 0 },
});

function withEntry(
  state: ClusterState,
  id: NodeId,
  change: Partial<WholeEntry>,
): Partial<ClusterState> {
  const entries = wholeEntries(state);
  return tableOf(entries.map((node) => (node.id === id ? { ...node, ...change } : node)));
}

function byRule(
  snapshot: NodeSnapshot,
  nowMs: number,
  rule: (turn: Turn) => void,
): readonly [NodeSnapshot, readonly NodeEffect[]] {
  const turn = new Turn(snapshot.context, nowMs);
  rule(turn);
  const state: ClusterState = turn.state;
  return [{ ...snapshot, context: { ...state, quietUntilMs: 0 } }, turn.effects];
}

function rename(turn: Turn, from: NodeId, to: NodeId): void {
  turn.renameNode(from, to);
  if (turn.state.myId === from) turn.state.myId = to;
}
