/**
 * Two strangers become acquainted: MEET, an entry under a random name, and the first PONG.
 * Source: createClusterNode, clusterRenameNode, the handshake part of clusterProcessPacket,
 * src/cluster.c.
 */
import { forgetAddress, senderIp, updateAddress } from './addresses';
import type { HeartbeatMessage } from '../bus-message';
import { blankNode, isInHandshake } from '../cluster-state';
import { PURPOSE, drawHex } from '../draw';
import { HANDSHAKE, MASTER, REPLICA } from '../flags';
import { nodeId, type NodeId } from '../ids';
import { deleteNode } from '../table';
import type { Turn } from '../turn';

/** A node we know by address only: its name is random until its first PONG. */
export function addHandshakeNode(
  turn: Turn,
  entry: {
    readonly ip: string;
    readonly port: number;
    readonly busPort: number;
    readonly flags: number;
  },
): void {
  const { state } = turn;
  const name = drawHex(40, state.seed, PURPOSE.handshakeName, state.port, state.nextHandshake++);
  turn.addNode(blankNode({ ...entry, id: nodeId(name), createdMs: turn.nowMs }));
}

/** Someone we do not know says MEET: we shall call it back. */
export function takeInStranger(turn: Turn, message: HeartbeatMessage): void {
  const { port, busPort } = message;
  addHandshakeNode(turn, { ip: senderIp(turn, message), port, busPort, flags: HANDSHAKE });
  turn.doBeforeSleep({ saveConfig: true });
}

export type Introduction =
  /** Nothing new: the node we dialled is the one that answers. */
  | 'acquainted'
  /** Its name is known from now on. */
  | 'renamed'
  /** The link is gone, and with it the rest of the message. */
  | 'parted';

/** Who answers on our own link: the node we took it for, or one we had not met? */
export function introduce(
  turn: Turn,
  outboundId: NodeId,
  arrival: { readonly senderId: NodeId | null; readonly message: HeartbeatMessage },
): Introduction {
  const linked = turn.node(outboundId)!;
  const { senderId, message } = arrival;
  if (isInHandshake(linked)) {
    if (senderId) {
      turn.log(
        'verbose',
        `Handshake: we already know node ${senderId}, updating the address if needed.`,
      );
      updateAddress(turn, senderId, message);
      deleteNode(turn, linked.id);
      return 'parted';
    }
    rename(turn, linked.id, message);
    return 'renamed';
  }
  if (linked.id === message.sender) return 'acquainted';
  forgetAddress(turn, linked);
  return 'parted';
}

function rename(turn: Turn, id: NodeId, message: HeartbeatMessage): void {
  turn.log('debug', `Renaming node ${id} into ${message.sender}`);
  turn.renameNode(id, message.sender);
  turn.log('debug', `Handshake with node ${message.sender} completed.`);
  const node = turn.edit(message.sender);
  node.flags = (node.flags & ~HANDSHAKE) | (message.flags & (MASTER | REPLICA));
  turn.doBeforeSleep({ saveConfig: true });
}
