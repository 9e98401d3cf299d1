/**
 * CLUSTER subcommands.
 * Simplified: SETSLOT, FORGET, FAILOVER, RESET, REPLICAS, SHARDS, LINKS and HELP are not there yet.
 * Source: clusterCommand, src/cluster.c; src/commands/cluster-*.json.
 */
import {
  hasSlots,
  isInHandshake,
  isMaster,
  isReplica,
  lookupNode,
  slotOwner,
} from '../cluster-state';
import { countFailReports } from '../failure-detection';
import { HANDSHAKE, MEET } from '../flags';
import { SLOT_COUNT, type NodeId, type Slot } from '../ids';
import { keySlot } from '../key-slot';
import { addHandshakeNode } from '../packet';
import { OK, err, type Reply } from '../reply';
import { bumpConfigEpoch, setMaster } from '../slot-claims';
import { slotsOf } from '../slot-ranges';
import { bindSlots, unbindSlots } from '../table';
import type { Turn } from '../turn';
import { arityFits, type CommandSpec } from './command';
import { printClusterInfo, printClusterNodes, clusterSlots } from './cluster-texts';

type Subcommand = {
  /** Counts CLUSTER and the subcommand's own name. */
  readonly arity: number;
  readonly run: (turn: Turn, args: readonly string[]) => Reply;
};

const integer = (value: number): Reply => ({ type: 'integer', value });

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  MYID: { arity: 2, run: (turn) => ({ type: 'bulk', text: turn.state.myId }) },
  KEYSLOT: { arity: 3, run: (_, [key]) => integer(keySlot(key!)) },
  NODES: { arity: 2, run: (turn) => ({ type: 'bulk', text: printClusterNodes(turn.state) }) },
  INFO: { arity: 2, run: (turn) => ({ type: 'bulk', text: printClusterInfo(turn.state) }) },
  SLOTS: { arity: 2, run: (turn) => clusterSlots(turn.state) },
  'COUNT-FAILURE-REPORTS': {
    arity: 3,
    run: (turn, [id]) => withNode(turn, id!, (known) => integer(countFailReports(turn, known))),
  },
  COUNTKEYSINSLOT: { arity: 3, run: (turn, [slot]) => countKeysInSlot(turn, slot!) },
  MEET: { arity: -4, run: (turn, [ip, port, bus]) => meet(turn, ip!, port!, bus) },
  ADDSLOTS: { arity: -3, run: (turn, slots) => addSlots(turn, slots.map(Number)) },
  ADDSLOTSRANGE: { arity: -4, run: (turn, bounds) => addSlotsRange(turn, bounds) },
  DELSLOTS: { arity: -3, run: (turn, slots) => deleteSlots(turn, slots.map(Number)) },
  'SET-CONFIG-EPOCH': { arity: 3, run: (turn, [epoch]) => setConfigEpoch(turn, epoch!) },
  BUMPEPOCH: { arity: 2, run: bumpEpoch },
  REPLICATE: { arity: 3, run: (turn, [id]) => replicate(turn, id!) },
};

export const CLUSTER_COMMAND: CommandSpec = {
  arity: -2,
  isWrite: false,
  keys: () => [],
  run: (turn, { args }) => {
    const [name, ...rest] = args;
    const subcommand = SUBCOMMANDS[name!.toUpperCase()];
    if (!subcommand) return err(`unknown subcommand '${name}'. Try CLUSTER HELP.`);
    if (!arityFits(subcommand.arity, args.length + 1)) {
      return err(`wrong number of arguments for 'cluster|${name!.toLowerCase()}' command`);
    }
    return subcommand.run(turn, rest);
  },
};

function withNode(turn: Turn, id: string, use: (known: NodeId) => Reply): Reply {
  const node = lookupNode(turn.state, id as NodeId);
  return node ? use(node.id) : err(`Unknown node ${id}`);
}

function countKeysInSlot(turn: Turn, text: string): Reply {
  if (!/^-?\d+$/.test(text)) return err('value is not an integer or out of range');
  const slot = Number(text);
  if (!isSlot(slot)) return err('Invalid slot');
  return integer(Object.keys(turn.state.keys).filter((key) => keySlot(key) === slot).length);
}

const isSlot = (slot: number): slot is Slot =>
  Number.isInteger(slot) && slot >= 0 && slot < SLOT_COUNT;

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

function addSlots(turn: Turn, slots: readonly number[]): Reply {
  const problem = slotProblem(slots, (slot) =>
    slotOwner(turn.state, slot) ? `Slot ${slot} is already busy` : null,
  );
  if (problem) return problem;
  bindSlots(turn, turn.state.myId, slotsOf(slots));
  turn.doBeforeSleep({ updateState: true, saveConfig: true });
  return OK;
}

function addSlotsRange(turn: Turn, bounds: readonly string[]): Reply {
  if (bounds.length % 2 === 1) {
    return err("wrong number of arguments for 'cluster|addslotsrange' command");
  }
  const slots: number[] = [];
  for (let i = 0; i < bounds.length; i += 2) {
    const [first, last] = [Number(bounds[i]), Number(bounds[i + 1])];
    if (!isSlot(first) || !isSlot(last)) return err('Invalid or out of range slot');
    if (first > last) {
      return err(`start slot number ${first} is greater than end slot number ${last}`);
    }
    for (let slot = first; slot <= last; slot++) slots.push(slot);
  }
  return addSlots(turn, slots);
}

/** Local only: nobody else is told, and the others keep sending clients here. */
function deleteSlots(turn: Turn, slots: readonly number[]): Reply {
  const problem = slotProblem(slots, (slot) =>
    slotOwner(turn.state, slot) ? null : `Slot ${slot} is already unassigned`,
  );
  if (problem) return problem;
  unbindSlots(turn, slotsOf(slots));
  turn.doBeforeSleep({ updateState: true, saveConfig: true });
  return OK;
}

/** All or nothing: the first thing wrong with a list of slots, or null. */
function slotProblem(slots: readonly number[], check: (slot: Slot) => string | null): Reply | null {
  if (!slots.every(isSlot)) return err('Invalid or out of range slot');
  const seen = new Set<Slot>();
  for (const slot of slots) {
    const text = check(slot) ?? (seen.has(slot) ? `Slot ${slot} specified multiple times` : null);
    if (text) return err(text);
    seen.add(slot);
  }
  return null;
}

function setConfigEpoch(turn: Turn, text: string): Reply {
  if (!/^-?\d+$/.test(text)) return err('value is not an integer or out of range');
  const epoch = Number(text);
  const { state } = turn;
  if (epoch < 0) return err(`Invalid config epoch specified: ${epoch}`);
  if (state.nodes.length > 1) {
    return err(
      'The user can assign a config epoch only when the node does not know any other node.',
    );
  }
  if (turn.me.configEpoch !== 0) return err('Node config epoch is already non-zero');
  turn.edit(state.myId).configEpoch = epoch;
  state.currentEpoch = Math.max(state.currentEpoch, epoch);
  turn.log('warning', `configEpoch set to ${epoch} via CLUSTER SET-CONFIG-EPOCH`);
  turn.doBeforeSleep({ updateState: true, saveConfig: true });
  return OK;
}

function bumpEpoch(turn: Turn): Reply {
  const bumped = bumpConfigEpoch(turn);
  return { type: 'status', text: `${bumped ? 'BUMPED' : 'STILL'} ${turn.me.configEpoch}` };
}

function replicate(turn: Turn, id: string): Reply {
  return withNode(turn, id, (known) => {
    const me = turn.me;
    if (known === me.id) return err("Can't replicate myself");
    if (isReplica(turn.node(known)!)) {
      return err('I can only replicate a master, not a replica.');
    }
    const holdsData = hasSlots(me) || Object.keys(turn.state.keys).length > 0;
    if (isMaster(me) && holdsData) {
      return err('To set a master the node must be empty and without assigned slots.');
    }
    setMaster(turn, known);
    return OK;
  });
}
