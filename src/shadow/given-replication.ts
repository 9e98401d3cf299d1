/**
 * What does not travel on the bus, taken as given: how far a node's data has come, and whether it
 * hears its master.
 */
import { lookupNode, isReplica, myself, type ReplicationState } from '../protocol/cluster-state';
import type { Capture, CaptureFrame, Deed } from './capture';
import { virtualMs } from './capture-time';
import type { ShadowNode } from './shadow-node';

/** Puts the replication link of a shadow where the real one must be: up while the master runs. */
export function giveReplication(capture: Capture, shadow: ShadowNode, atMs: number): void {
  const { state } = shadow;
  const me = myself(state);
  if (!isReplica(me) || me.masterId === null || !lookupNode(state, me.masterId)) return;
  const master = capture.nodes.find(({ id }) => id === me.masterId);
  const last = master && lastProcessDeed(capture.deeds, master.number, atMs);
  const masterPort = lookupNode(state, me.masterId)!.port;
  const nowMs = virtualMs(capture, atMs);
  const { replication } = state;
  let change: Partial<ReplicationState>;
  if (!last || last.type === 'start' || last.type === 'continue') {
    change = { link: 'up', connection: 'given', lastInteractionMs: nowMs, masterPort };
  } else {
    const lostMs = virtualMs(capture, last.atMs);
    change =
      last.type === 'stop'
        ? { link: 'up', connection: 'given', lastInteractionMs: lostMs, masterPort }
        : { link: 'down', connection: null, downSinceMs: lostMs, masterPort };
  }
  const said = nextWords(capture, shadow, atMs);
  const offsetBytes = said?.message.offsetBytes ?? replication.offsetBytes;
  shadow.adopt(atMs, { replication: { ...replication, ...change, offsetBytes } });
}

/** What the node says next tells how far its data goes now. */
function nextWords({ frames }: Capture, { node }: ShadowNode, atMs: number): CaptureFrame | null {
  return (
    frames.find((frame) => frame.atMs >= atMs && frame.from === node.number && frame.sent) ?? null
  );
}

function lastProcessDeed(deeds: readonly Deed[], node: number, atMs: number): Deed | null {
  const past = deeds.filter(
    (deed) => deed.node === node && deed.type !== 'command' && deed.atMs <= atMs,
  );
  return past.at(-1) ?? null;
}
