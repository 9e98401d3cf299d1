/**
 * CLUSTER subcommands about who belongs to the cluster, and as what.
 * Simplified: FORGET and RESET are not there yet.
 * Source: clusterCommand (MEET, REPLICATE), src/cluster.c.
 */
import { hasSlots, isInHandshake, isMaster, isReplica } from '../cluster-state';
import { HANDSHAKE, MEET } from '../flags';
import { addHandshakeNode } from '../handshake';
import { OK, err, type Reply } from '../reply';
import { setMaster } from '../slot-claims';
import type { Turn } from '../turn';
import { withNode, type Subcommands } from './subcommand';

export const MEMBERSHIP_SUBCOMMANDS: Subcommands = {
  MEET: { arity: -4, run: (turn, [ip, port, bus]) => meet(turn, ip!, port!, bus) },
  REPLICATE: { arity: 3, run: (turn, [id]) => replicate(turn, id!) },
};

/** Replies at once; the handshake happens, or fails, later. */
function meet(turn: Turn, ip: string, portText: string, busText: string | undefined): Reply {
  if (!/^-?\d+$/.test(portText)) return err(`Invalid TCP base port specified: ${portText}`);
  if (busText !== undefined && !/^-?\d+$/.test(busText)) {
    return err(`Invalid TCP bus port specified: ${busText}`);
  }
  const port = Number(portText);
  const busPort = busText === undefined ? port + 10_000 : Number(busText);
  if (!isIpv4(ip) || !isPort(port) || !isPort(busPort)) {
    return err(`Invalid node address specified: ${ip}:${portText}`);
  }
  const running = turn.state.nodes.some(
    (node) =>
      isInHandshake(node) && node.ip === ip && node.port === port && node.busPort === busPort,
  );
  if (!running) addHandshakeNode(turn, { ip, port, busPort, flags: HANDSHAKE | MEET });
  return OK;
}

const isPort = (port: number): boolean => port > 0 && port <= 65_535;

/** Four numbers of 0 to 255, as inet_pton reads them. Simplified: no IPv6. */
const isIpv4 = (ip: string): boolean =>
  /^(\d{1,3}\.){3}\d{1,3}$/.test(ip) &&
  ip.split('.').every((part) => Number(part) <= 255 && String(Number(part)) === part);

function replicate(turn: Turn, id: string): Reply {
  return withNode(turn, id, (known) => {
    const me = turn.me;
    if (known === me.id) return err("Can't replicate myself");
    if (isReplica(turn.node(known)!)) {
      return err('I can only replicate a master, not a replica.');
    }
    const holdsData = hasSlots(me) || turn.state.keys.count > 0;
    if (isMaster(me) && holdsData) {
      return err('To set a master the node must be empty and without assigned slots.');
    }
    setMaster(turn, known);
    return OK;
  });
}
