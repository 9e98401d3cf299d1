/**
 * CLUSTER subcommands about who belongs to the cluster, and as what.
 * Source: clusterCommand (MEET, FORGET, REPLICATE, RESET), clusterStartHandshake, src/cluster.c.
 */
import { ban } from '../messages/blacklist';
import { hasSlots, isInHandshake, isMaster, isReplica } from '../cluster-state';
import { resetCluster } from '../messages/cluster-reset';
import { HANDSHAKE, MEET } from '../flags';
import { addHandshakeNode } from '../messages/handshake';
import { normalIp } from '../ip-address';
import { OK, err, type Reply } from '../reply';
import { setMaster } from '../slots/slot-claims';
import { deleteNode } from '../table';
import type { Turn } from '../turn';
import { parseInteger } from './command';
import { withNode, type Subcommands } from './subcommand';

export const MEMBERSHIP_SUBCOMMANDS: Subcommands = {
  MEET: { arity: -4, most: 5, run: (turn, [ip, port, bus]) => meet(turn, ip!, port!, bus) },
  FORGET: { arity: 3, run: (turn, [id]) => forget(turn, id!) },
  REPLICATE: { arity: 3, run: (turn, [id]) => replicate(turn, id!) },
  RESET: { arity: -2, most: 3, run: (turn, [mode]) => reset(turn, mode) },
};

/** Replies at once; the handshake happens, or fails, later. */
function meet(turn: Turn, address: string, portText: string, busText: string | undefined): Reply {
  const port = parseInteger(portText);
  if (port === null) return err(`Invalid TCP base port specified: ${portText}`);
  const bus = busText === undefined ? port + 10_000n : parseInteger(busText);
  if (bus === null) return err(`Invalid TCP bus port specified: ${busText}`);
  const ip = normalIp(address);
  const to = { port: asInt(port), busPort: asInt(bus) };
  if (ip === null || !isPort(to.port) || !isPort(to.busPort)) {
    return err(`Invalid node address specified: ${address}:${portText}`);
  }
  if (!isBeingMet(turn, { ip, ...to })) {
    addHandshakeNode(turn, { ip, ...to, flags: HANDSHAKE | MEET });
  }
  return OK;
}

/** A port goes through a C int on its way: 4294976197 is 8901. */
const asInt = (port: bigint): number => Number(BigInt.asIntN(32, port));

const isPort = (port: number): boolean => port > 0 && port <= 65_535;

/** Source: clusterHandshakeInProgress. */
function isBeingMet(
  turn: Turn,
  to: { readonly ip: string; readonly port: number; readonly busPort: number },
): boolean {
  return turn.state.nodes.some(
    (node) =>
      isInHandshake(node) &&
      node.ip.toLowerCase() === to.ip.toLowerCase() &&
      node.port === to.port &&
      node.busPort === to.busPort,
  );
}

/** Here only, and for a minute: the others still know the node, and would gossip it back. */
function forget(turn: Turn, id: string): Reply {
  return withNode(turn, id, (known) => {
    const { me } = turn;
    if (known === me.id) return err("I tried hard but I can't forget myself...");
    if (isReplica(me) && me.masterId === known) return err("Can't forget my master!");
    ban(turn, known);
    deleteNode(turn, known);
    turn.doBeforeSleep({ updateState: true, saveConfig: true });
    return OK;
  });
}

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
    turn.doBeforeSleep({ updateState: true, saveConfig: true });
    return OK;
  });
}

function reset(turn: Turn, mode = 'soft'): Reply {
  const word = mode.toLowerCase();
  if (word !== 'hard' && word !== 'soft') return err('syntax error');
  if (isMaster(turn.me) && turn.state.keys.count > 0) {
    return err("CLUSTER RESET can't be called with master nodes containing keys");
  }
  resetCluster(turn, word);
  return OK;
}
