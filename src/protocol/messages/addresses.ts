/**
 * Where nodes are: our own address, and the addresses of others when they change.
 * Source: nodeIp2String, nodeUpdateAddressIfNeeded, the PING and MEET part of
 * clusterProcessPacket, src/cluster.c; cluster-announce-ip.
 */
import type { HeartbeatMessage } from '../bus-message';
import { isReplica, type ClusterNode } from '../cluster-state';
import { NOADDR } from '../flags';
import type { NodeId } from '../ids';
import { PEER_IP } from '../ip-address';
import { dropLink } from './links';
import { setReplicationMaster } from '../replication/replication';
import type { Turn } from '../turn';

/** What the sender announces, or else the address of the socket. Source: nodeIp2String. */
export function senderIp(turn: Turn, message: HeartbeatMessage): string {
  return message.ip || turn.peerIp;
}

/**
 * A node does not know its own address: it is the local one of the socket on which others find it.
 */
export function learnMyAddress(turn: Turn, message: HeartbeatMessage): void {
  const { me, state } = turn;
  if (state.config.announceIp || (message.type !== 'MEET' && me.ip !== '')) return;
  const ip = state.config.interfaceIp ?? PEER_IP;
  if (me.ip === ip) return;
  turn.edit(me.id).ip = ip;
  turn.log('warning', `IP address for this node updated to ${ip}`);
  turn.doBeforeSleep({ saveConfig: true });
}

/** The sender lives where it says now; our link to its old address goes. */
export function updateAddress(turn: Turn, senderId: NodeId, message: HeartbeatMessage): void {
  const node = turn.node(senderId)!;
  const ip = senderIp(turn, message);
  if (node.ip === ip && node.port === message.port && node.busPort === message.busPort) return;
  const edited = turn.edit(senderId);
  edited.ip = ip;
  edited.port = message.port;
  edited.busPort = message.busPort;
  dropLink(turn, senderId);
  edited.flags &= ~NOADDR;
  turn.log('warning', `Address updated for node ${senderId}, now ${ip}:${message.port}`);
  const { me } = turn;
  if (isReplica(me) && me.masterId === senderId) setReplicationMaster(turn, message.port, ip);
  turn.doBeforeSleep({ saveConfig: true, updateState: true });
}

/** Someone else answers where we thought this node was: we do not know where it is. */
export function forgetAddress(turn: Turn, linked: ClusterNode): void {
  turn.log(
    'debug',
    `PONG contains mismatching sender ID. About node ${linked.id} added ` +
      `${turn.nowMs - linked.createdMs} ms ago, having flags ${linked.flags}`,
  );
  const node = turn.edit(linked.id);
  node.flags |= NOADDR;
  node.ip = '';
  node.port = 0;
  node.busPort = 0;
  dropLink(turn, linked.id);
  turn.doBeforeSleep({ saveConfig: true });
}
