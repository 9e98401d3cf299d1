/**
 * The values conditions are made of: what a node holds of itself and of another, what a client
 * has been told. Numbers are bigint because that is what an integer is in CEL.
 */
import type { FrameClient, FrameNode, FrameRow } from '../protocol/cluster-frame';
import type { NodeName } from '../protocol/ids';
import type { NoteOf, RecordedNote } from '../protocol/notes';
import { slotCount } from '../protocol/slot-ranges';

/** The port that names a node; 0 for nobody. */
export function portOf(name: NodeName | null): bigint {
  return name === null ? 0n : BigInt(name);
}

/** What nobody knows of a real process is no count: -1. */
const known = (value: number | null): bigint => BigInt(value ?? -1);

/** `self(8904)`: what a node holds of itself, and what its process does. */
export class SelfFact {
  static readonly fields = {
    process: 'string',
    role: 'string',
    master: 'int',
    state: 'string',
    size: 'int',
    quorum: 'int',
    slots: 'int',
    currentEpoch: 'int',
    configEpoch: 'int',
    lastVoteEpoch: 'int',
    offset: 'int',
    keys: 'int',
    openSlots: 'int',
    link: 'string',
    phase: 'string',
    handover: 'string',
    rank: 'int',
    votes: 'int',
    delay: 'int',
  };
  readonly process: string;
  readonly role: string;
  readonly master: bigint;
  readonly state: string;
  readonly size: bigint;
  readonly quorum: bigint;
  readonly slots: bigint;
  readonly currentEpoch: bigint;
  readonly configEpoch: bigint;
  readonly lastVoteEpoch: bigint;
  readonly offset: bigint;
  readonly keys: bigint;
  /** Slots it is migrating or importing. */
  readonly openSlots: bigint;
  readonly link: string;
  readonly phase: string;
  readonly handover: string;
  readonly rank: bigint;
  readonly votes: bigint;
  readonly delay: bigint;

  constructor({ name, process, view }: FrameNode) {
    const own = view.rows.find((row) => row.name === name);
    this.process = process;
    this.role = view.role;
    this.master = portOf(view.master);
    this.state = view.clusterState;
    this.size = BigInt(view.size);
    this.quorum = BigInt(Math.floor(view.size / 2) + 1);
    this.slots = BigInt(own ? slotCount(own.slots) : 0);
    this.currentEpoch = BigInt(view.currentEpoch);
    this.configEpoch = BigInt(view.configEpoch);
    this.lastVoteEpoch = known(view.lastVoteEpoch);
    this.offset = known(view.offsetBytes);
    this.keys = known(view.keyCount);
    this.openSlots = BigInt(view.openSlots.length);
    this.link = view.replication.link;
    this.phase = view.failover.phase;
    this.handover = view.handover;
    this.rank = BigInt(view.failover.rank);
    this.votes = BigInt(view.failover.voteCount);
    this.delay = BigInt(Math.round(view.failover.delayMs));
  }
}

/** `sees(8904, 8901)`: one line of one node's table; all empty when it does not know the other. */
export class RowFact {
  static readonly fields = {
    known: 'bool',
    pfail: 'bool',
    fail: 'bool',
    flags: 'list<string>',
    master: 'int',
    configEpoch: 'int',
    slots: 'int',
    reports: 'list<int>',
    linkUp: 'bool',
    pingSent: 'int',
    pongReceived: 'int',
  };
  readonly known: boolean;
  readonly pfail: boolean;
  readonly fail: boolean;
  readonly flags: readonly string[];
  readonly master: bigint;
  readonly configEpoch: bigint;
  readonly slots: bigint;
  /** Who reported it, of reports that are still valid. */
  readonly reports: readonly bigint[];
  readonly linkUp: boolean;
  readonly pingSent: bigint;
  readonly pongReceived: bigint;

  constructor(row: FrameRow | undefined, nowMs: number) {
    const reports = row?.failReports.filter((report) => report.expiresAtMs >= nowMs) ?? [];
    this.known = row !== undefined;
    this.flags = row?.flags ?? [];
    this.pfail = this.flags.includes('pfail');
    this.fail = this.flags.includes('fail');
    this.master = portOf(row?.master ?? null);
    this.configEpoch = BigInt(row?.configEpoch ?? 0);
    this.slots = BigInt(row ? slotCount(row.slots) : 0);
    this.reports = reports.map((report) => portOf(report.by));
    this.linkUp = row?.linkConnected ?? false;
    this.pingSent = BigInt(Math.round(row?.pingSentMs ?? 0));
    this.pongReceived = BigInt(Math.round(row?.pongReceivedMs ?? 0));
  }
}

/** `client("c1")`: what a client holds; all empty before its first command. */
export class ClientFact {
  static readonly fields = {
    redirects: 'int',
    knows: 'int',
    acknowledged: 'int',
    connected: 'list<int>',
  };
  readonly redirects: bigint;
  /** How many slots it has an owner for. */
  readonly knows: bigint;
  /** Writes of its stream that were answered OK. */
  readonly acknowledged: bigint;
  readonly connected: readonly bigint[];

  constructor(client: FrameClient | undefined) {
    const entries = client?.slotMap ?? [];
    this.redirects = BigInt(client?.redirects ?? 0);
    this.knows = BigInt(entries.reduce((sum, entry) => sum + slotCount(entry.slots), 0));
    this.acknowledged = BigInt(client?.stream?.acknowledged ?? 0);
    this.connected = client?.connectedTo.map(portOf) ?? [];
  }
}

/** One of `replies("c1")`: what was asked of whom, and what came back. */
export class ReplyFact {
  static readonly fields = {
    node: 'int',
    kind: 'string',
    text: 'string',
    command: 'string',
    verb: 'string',
    keys: 'list<string>',
    atMs: 'int',
  };
  readonly node: bigint;
  readonly kind: string;
  readonly text: string;
  readonly command: string;
  /** The first word, in capitals. */
  readonly verb: string;
  readonly keys: readonly string[];
  /** When the client had it. */
  readonly atMs: bigint;

  constructor(reply: NoteOf<'reply'> & Pick<RecordedNote, 'atMs'>, argv: readonly string[]) {
    this.node = portOf(reply.node);
    this.kind = reply.kind;
    this.text = reply.text;
    this.command = reply.command;
    this.verb = (argv[0] ?? '').toUpperCase();
    this.keys = keysOf(this.verb, argv.slice(1));
    this.atMs = BigInt(Math.round(reply.atMs));
  }
}

const EVERY_WORD = ['MGET', 'DEL', 'EXISTS', 'UNLINK', 'TOUCH'];
const FIRST_WORD = ['GET', 'SET', 'INCR', 'DECR', 'APPEND', 'STRLEN', 'TYPE', 'TTL', 'EXPIRE'];

function keysOf(verb: string, args: readonly string[]): readonly string[] {
  if (verb === 'MSET' || verb === 'MSETNX') return args.filter((_, i) => i % 2 === 0);
  if (EVERY_WORD.includes(verb)) return args;
  return FIRST_WORD.includes(verb) ? args.slice(0, 1) : [];
}
