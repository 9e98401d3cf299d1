/**
 * Commands that nobody told of, from the first message that proves them: somebody else sent them to
 * a node that is being watched.
 */
import type { BusMessage } from '../protocol/bus-message';
import { printClusterNodes } from '../protocol/commands/cluster-texts';
import type { ClusterState } from '../protocol/cluster-state';
import { parseClusterNodes, type NodesLine } from '../protocol/slots/nodes-text';
import { slotCount, withoutSlots } from '../protocol/slot-ranges';
import type { Capture, CaptureFrame, CaptureNode, Deed } from './capture';
import { inferredDeeds } from './inferred-deeds';

/** What is known around the message at hand; nothing of it lies far away. */
export interface Circumstances {
  readonly moment: Capture;
  readonly node: CaptureNode;
  /** What our machine holds, a moment before. */
  readonly state: ClusterState;
  /** What the node said before; null: nothing yet. */
  readonly previous: CaptureFrame | null;
  readonly frame: CaptureFrame;
}

type Command = Deed & { readonly type: 'command' };

/** The commands that this message, and no earlier one, proves. */
export function commandsBehind(around: Circumstances): Command[] {
  const { moment, node, previous, frame, state } = around;
  if (!mayProveOne(previous?.message ?? null, frame.message, state)) return [];
  const before = new Map([[node.number, linesOf(state, previous)]]);
  const all = (frames: readonly CaptureFrame[]): Command[] =>
    inferredDeeds({ ...moment, before, frames }, node);
  const known = previous ? all([previous]).map(keyOf) : [];
  return all(previous ? [previous, frame] : [frame]).filter(
    (deed) => !known.includes(keyOf(deed)) && !isUnderWay(deed, state),
  );
}

const keyOf = ({ atMs, argv }: Command): string => `${atMs} ${argv.join(' ')}`;

/** A manual failover asks for votes as one that was forced does. */
function isUnderWay({ argv }: Command, { manualFailover }: ClusterState): boolean {
  return argv[1]?.toUpperCase() === 'FAILOVER' && manualFailover.endMs !== 0;
}

/** A look that costs nothing: most messages prove none. */
function mayProveOne(
  previous: BusMessage | null,
  message: BusMessage,
  { nodes }: ClusterState,
): boolean {
  if (nodes.length === 1 || !previous) return true;
  if (!('gossip' in message)) return message.type !== 'FAIL' && message.type !== 'UPDATE';
  if (message.type === 'MEET' || message.masterId !== previous.masterId) return true;
  if (message.extensions.length > 0 || ('extensions' in previous && previous.extensions.length > 0))
    return true;
  const isSame = message.slots === previous.slots;
  return !isSame && slotCount(withoutSlots(message.slots, previous.slots)) > 0;
}

/** Its table, with the slots it has claimed last. */
function linesOf(state: ClusterState, previous: CaptureFrame | null): NodesLine[] {
  const lines = parseClusterNodes(printClusterNodes(state));
  const claimed = previous && previous.message.masterId === null ? previous.message.slots : null;
  return lines.map((line) =>
    line.id === state.myId && claimed ? { ...line, slots: claimed } : line,
  );
}
