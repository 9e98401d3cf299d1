/**
 * Reading what CLUSTER NODES prints, whoever printed it.
 * Source: clusterGenNodeDescription, representClusterNodeFlags, src/cluster.c.
 */
import { CLUSTER_PORT_INCR } from '../config';
import { FAIL, HANDSHAKE, MASTER, MYSELF, NOADDR, NOFAILOVER, PFAIL, REPLICA } from '../flags';
import { SLOT_COUNT, nodeId, type Epoch, type NodeId, type Slot } from '../ids';
import { unionSlots, type SlotRanges } from '../slot-ranges';

/** One line of CLUSTER NODES. Times are Unix milliseconds, 0 for never. */
export interface NodesLine {
  readonly id: NodeId;
  readonly ip: string;
  readonly port: number;
  readonly busPort: number;
  readonly hostname: string;
  /** The bits the line has words for. */
  readonly flags: number;
  readonly masterId: NodeId | null;
  readonly pingSentUnixMs: number;
  readonly pongReceivedUnixMs: number;
  readonly configEpoch: Epoch;
  readonly connected: boolean;
  readonly slots: SlotRanges;
  readonly migratingTo: Readonly<Record<Slot, NodeId>>;
  readonly importingFrom: Readonly<Record<Slot, NodeId>>;
}

const FLAG_BITS: Readonly<Record<string, number>> = {
  myself: MYSELF,
  master: MASTER,
  slave: REPLICA,
  'fail?': PFAIL,
  fail: FAIL,
  handshake: HANDSHAKE,
  noaddr: NOADDR,
  nofailover: NOFAILOVER,
  noflags: 0,
};

/**
 * Reads the whole text, one node a line; empty lines are skipped. `source` is what the text is.
 * Throws an Error whose sentence says which line has what instead of what.
 */
export function parseClusterNodes(text: string, source = 'CLUSTER NODES'): NodesLine[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const words = line.trim().split(' ');
    const wrong = (what: string): Error =>
      new Error(`line ${index + 1} of ${source}: ${what}: "${line.trim()}"`);
    return [parseLine(words, wrong)];
  });
}

type Wrong = (what: string) => Error;

function parseLine(words: readonly string[], wrong: Wrong): NodesLine {
  if (words.length < 8) {
    throw wrong(`${words.length} fields, expected at least 8 (id, address, flags, master, …)`);
  }
  const [id, address, flags, master, ping, pong, epoch, link, ...rest] = words as [
    string,
    ...string[],
  ];
  if (!/^[a-z0-9]{40}$/.test(id)) throw wrong('the id is not 40 characters of a-z and 0-9');
  if (link !== 'connected' && link !== 'disconnected') {
    throw wrong(`the link is "${link}", expected "connected" or "disconnected"`);
  }
  const [pingMs, pongMs, configEpoch] = [ping, pong, epoch].map((word) => {
    if (!/^\d+$/.test(word!)) throw wrong(`"${word}" where a number is expected`);
    return Number(word);
  }) as [number, number, number];
  return {
    id: nodeId(id),
    ...parseAddress(address!, wrong),
    flags: parseFlags(flags!, wrong),
    masterId: master === '-' ? null : nodeId(master!),
    pingSentUnixMs: pingMs,
    pongReceivedUnixMs: pongMs,
    configEpoch,
    connected: link === 'connected',
    ...parseSlots(rest, wrong),
  };
}

/** `127.0.0.1:7001@17001`, then `,hostname` if one is announced; old files leave the bus port out. */
function parseAddress(text: string, wrong: Wrong) {
  const match = /^(.*):(\d+)(?:@(\d+))?(?:,(.*))?$/.exec(text);
  if (!match) throw wrong(`the address "${text}" is not ip:port@bus-port`);
  const [, ip, portText, busPort, hostname = ''] = match;
  const port = Number(portText);
  return { ip: ip!, port, busPort: busPort ? Number(busPort) : port + CLUSTER_PORT_INCR, hostname };
}

function parseFlags(text: string, wrong: Wrong): number {
  return text.split(',').reduce((bits, word) => {
    const bit = FLAG_BITS[word];
    if (bit === undefined) {
      throw wrong(`unknown flag "${word}", expected some of ${Object.keys(FLAG_BITS).join(', ')}`);
    }
    return bits | bit;
  }, 0);
}

/** `0-5460 9000 [93->-id] [94-<-id]`. */
function parseSlots(words: readonly string[], wrong: Wrong) {
  let slots: SlotRanges = [];
  const migratingTo: Record<Slot, NodeId> = {};
  const importingFrom: Record<Slot, NodeId> = {};
  for (const word of words) {
    const range = /^(\d+)(?:-(\d+))?$/.exec(word);
    const open = /^\[(\d+)-([<>])-([a-z0-9]{40})\]$/.exec(word);
    if (!range && !open) throw wrong(`"${word}" is not a slot, a range, or an open slot`);
    const first = Number((range ?? open)![1]);
    const last = range?.[2] === undefined ? first : Number(range[2]);
    if (last >= SLOT_COUNT || first > last) throw wrong(`"${word}" is outside 0-16383`);
    if (range) slots = unionSlots(slots, [[first, last]]);
    else (open![2] === '>' ? migratingTo : importingFrom)[first] = nodeId(open![3]!);
  }
  return { slots, migratingTo, importingFrom };
}
