/**
 * A node of a settled cluster, for tests: masters 8901 to 8903, replicas 8904 to 8906, each link
 * up.
 * Source: none; the state is what `redis-cli --cluster create` leaves after a while.
 */
import type { BusHeader, BusMessage } from './bus-message';
import { blankNode, type ClusterNode, type ClusterState } from './cluster-state';
import { CLUSTER_PORT_INCR, DEFAULT_CONFIG } from './config';
import type { NodeEffect } from './effects';
import { MASTER, MIGRATE_TO, MYSELF, REPLICA } from './flags';
import { freshState } from './fresh-state';
import { nodeId, type NodeId, type NodeName } from './ids';
import { NO_SIGNS } from './vitals';
import type { NoteEvent, NoteOf } from './notes';
import { NO_SLOTS, type SlotRanges } from './slot-ranges';
import { createBacklog } from './replication-backlog';
import { NO_REPLICATION, type AttachedReplica } from './replication-state';
import { tableOf, wholeEntry, wholeEntries, type Table, type WholeEntry } from './whole-entries';
import { Turn } from './turn';
import { EMPTY_BUFFER } from './send-buffer';

export const T_MS = 5_000;
/** The moment most tests happen at: long after the start, on a whole second. */
export const NOW_MS = 100_000;

const SLOTS: Readonly<Record<NodeName, SlotRanges>> = {
  '8901': [[0, 5460]],
  '8902': [[5461, 10922]],
  '8903': [[10923, 16383]],
};
const NAMES = ['8901', '8902', '8903', '8904', '8905', '8906'];

/** A readable id: the port, then zeros. Ids sort as ports do. */
export const idOf = (name: NodeName): NodeId => nodeId(name.padEnd(40, '0'));

const masterOf = (name: NodeName): NodeName | null =>
  Number(name) > 8903 && Number(name) <= 8906 ? String(Number(name) - 3) : null;

/** The connection on which `from` dialled `to`. */
export const connectionOf = (from: NodeName, to: NodeName): string => `${from}#${to}`;

function entry(me: NodeName, name: NodeName): WholeEntry {
  const master = masterOf(name);
  const port = Number(name);
  const own = name === me;
  return {
    ...blankNode({
      id: idOf(name),
      flags: (master ? REPLICA : MASTER | MIGRATE_TO) | (own ? MYSELF : 0),
      createdMs: 0,
      port,
      busPort: port + CLUSTER_PORT_INCR,
      ip: '127.0.0.1',
    }),
    configEpoch: port - 8900,
    slots: SLOTS[name] ?? NO_SLOTS,
    masterId: master ? idOf(master) : null,
    ...NO_SIGNS,
    pongReceivedMs: own ? 0 : NOW_MS - 400,
    dataReceivedMs: own ? 0 : NOW_MS - 300,
    link: own
      ? null
      : {
          connection: connectionOf(me, name),
          createdMs: 1_000,
          connected: true,
          buffer: EMPTY_BUFFER,
        },
    inbound: own ? null : { connection: connectionOf(name, me), createdMs: 1_100 },
  };
}

/** The state of `me`, then of the changes asked for. */
export function settledNode(me: NodeName, change: Partial<ClusterState> = {}): ClusterState {
  const config = { ...DEFAULT_CONFIG, nodeTimeoutMs: T_MS };
  const master = masterOf(me);
  const table = tableOf(NAMES.map((name) => entry(me, name)));
  return {
    ...freshState({ name: me, seed: 1, config }),
    myId: idOf(me),
    ...table,
    saved: { ...table, currentEpoch: 6, lastVoteEpoch: 0, migratingTo: {}, importingFrom: {} },
    currentEpoch: 6,
    state: 'ok',
    size: 3,
    firstUpdateMs: 100,
    cronIteration: 500,
    replication: {
      ...NO_REPLICATION,
      id: 'a'.repeat(40),
      offsetBytes: 100,
      ...(master
        ? {
            link: 'up',
            connection: `${me}#r`,
            masterPort: Number(master),
            masterIp: '127.0.0.1',
          }
        : { replicas: [attachedReplica(Number(me) + 3)], selected: true }),
      backlog: createBacklog(100),
      lastInteractionMs: NOW_MS - 1_000,
    },
    ...change,
  };
}

/** A replica whose stream flows and that has acknowledged all of it a second ago. */
export function attachedReplica(port: number): AttachedReplica {
  return {
    connection: `${port}#r`,
    port,
    state: 'online',
    askedMs: 1_000,
    heldFromBytes: null,
    ackOffsetBytes: 100,
    ackMs: NOW_MS - 1_000,
  };
}

/** The state with one entry changed. */
export function withEntry(
  state: ClusterState,
  name: NodeName,
  change: Partial<WholeEntry>,
): ClusterState {
  const id = idOf(name);
  const entries = wholeEntries(state);
  return {
    ...state,
    ...tableOf(entries.map((node) => (node.id === id ? { ...node, ...change } : node))),
  };
}

/** The state with other entries, of which nothing was ever heard, behind its own. */
export function knowing(state: ClusterState, more: readonly ClusterNode[]): ClusterState {
  const unheard = more.map((node) => ({ ...node, ...NO_SIGNS }));
  return { ...state, ...tableOf([...wholeEntries(state), ...unheard]) };
}

/** The state without one entry. */
export function withoutEntry(state: ClusterState, name: NodeName): ClusterState {
  const entries = wholeEntries(state).filter((node) => node.id !== idOf(name));
  return { ...state, ...tableOf(entries) };
}

/** The state in which some flags of one entry are set as well. */
export function flagged(state: ClusterState, name: NodeName, flags: number): ClusterState {
  return withEntry(state, name, { flags: entryOf(state, name).flags | flags });
}

/** The entry about `name`; throws if there is none. */
export function entryOf(state: Table, name: NodeName): WholeEntry {
  const node = wholeEntry(state, idOf(name));
  if (!node) throw new Error(`no entry about ${name}`);
  return node;
}

/** A turn of the event loop from `state`. */
export function turnOf(state: ClusterState, nowMs: number = NOW_MS): Turn {
  return new Turn(state, nowMs);
}

/** What a node in the settled cluster would write into a header now, then the changes asked for. */
export function headerFrom(name: NodeName, change: Partial<BusHeader> = {}): BusHeader {
  const master = masterOf(name);
  const port = Number(name);
  return {
    sender: idOf(name),
    currentEpoch: 6,
    configEpoch: (master ? Number(master) : port) - 8900,
    offsetBytes: 100,
    slots: SLOTS[master ?? name] ?? NO_SLOTS,
    masterId: master ? idOf(master) : null,
    ip: '',
    port,
    busPort: port + CLUSTER_PORT_INCR,
    flags: (master ? REPLICA : MASTER) | MYSELF,
    clusterState: 'ok',
    paused: false,
    forceAck: false,
    ...change,
  };
}

/** A PING, PONG or MEET without gossip. */
export function heartbeat(
  type: 'PING' | 'PONG' | 'MEET',
  name: NodeName,
  change: Partial<BusHeader> = {},
): BusMessage {
  return { ...headerFrom(name, change), type, gossip: [], extensions: [] };
}

/** The bus messages a turn has sent, with the connection each was written to. */
export function sentIn(
  turn: Pick<Turn, 'effects'>,
): { readonly connection: string; readonly message: BusMessage }[] {
  return turn.effects.flatMap((effect) =>
    effect.type === 'send' && effect.payload.channel === 'bus'
      ? [{ connection: effect.connection, message: effect.payload.message }]
      : [],
  );
}

/** The notes of one kind. */
export function notesIn<E extends NoteEvent>(
  { effects }: { readonly effects: readonly NodeEffect[] },
  event: E,
): NoteOf<E>[] {
  return effects.flatMap((effect) =>
    effect.type === 'note' && effect.note.event === event ? [effect.note as NoteOf<E>] : [],
  );
}

/** The lines of the log. */
export const logIn = (turn: Pick<Turn, 'effects'>): string[] =>
  notesIn(turn, 'log').map(({ text }) => text);

/** A command as a client's connection brings it. */
export const callOf = (text: string, change: { readonly client?: string } = {}) => ({
  client: 'c1',
  command: 1,
  argv: text.split(' '),
  ...change,
});
