/**
 * What a real node printed of its table while it ran, held against the table of our machine. When a
 * node was pinged and when it answered are taken over: they depend on lots nobody saw.
 */
import { printClusterNodes } from '../protocol/commands/cluster-texts';
import { isInHandshake, myself, nameOf, type ClusterState } from '../protocol/cluster-state';
import { CLOCK_ORIGIN_MS } from '../protocol/config';
import { FAIL, HANDSHAKE, MASTER, MIGRATE_TO, PFAIL, REPLICA, printFlags } from '../protocol/flags';
import { parseClusterNodes, type NodesLine } from '../protocol/slots/nodes-text';
import { printSlots } from '../protocol/slot-ranges';
import { EDGE_MS, ON_ITS_WAY_MS } from './explanations';
import type { DivergenceField, Differences } from './live-differences';
import type { LiveView } from './live-events';
import { setFailingRight } from './live-headers';
import type { LiveNode } from './live-node';

/** A view may be judged when this has passed. */
export const VIEW_JUDGED_AFTER_MS = ON_ITS_WAY_MS;

type Field = Exclude<DivergenceField, 'currentEpoch' | 'state' | 'nodes' | 'log' | 'message'>;

const SHOWN = MASTER | REPLICA | PFAIL | FAIL;

const FIELDS: Readonly<Record<Field, (line: NodesLine) => string>> = {
  address: ({ ip, port, busPort, hostname }) => `${ip}:${port}@${busPort} ${hostname}`.trim(),
  flags: ({ flags }) => printFlags(flags & SHOWN),
  master: ({ masterId }) => masterId ?? 'none',
  configEpoch: ({ configEpoch }) => String(configEpoch),
  link: ({ connected }) => (connected ? 'connected' : 'disconnected'),
  slots: ({ slots, migratingTo, importingFrom }) =>
    [printSlots(slots), ...marks('->', migratingTo), ...marks('<-', importingFrom)].join(' ') ||
    'none',
};
const NAMES = Object.keys(FIELDS) as Field[];

const marks = (arrow: string, slots: Readonly<Record<number, string>>): string[] =>
  Object.entries(slots).map(([slot, id]) => `[${slot}${arrow}${id}]`);

/** A table as CLUSTER NODES prints it, with times of the run. */
export function readTable(text: string, originMs: number): NodesLine[] {
  const shiftMs = CLOCK_ORIGIN_MS - originMs;
  const shifted = (unixMs: number): number => (unixMs === 0 ? 0 : unixMs + shiftMs);
  return parseClusterNodes(text).map((line) => ({
    ...line,
    pingSentUnixMs: shifted(line.pingSentUnixMs),
    pongReceivedUnixMs: shifted(line.pongReceivedUnixMs),
  }));
}

/** What stands in CLUSTER INFO or INFO under a name; null: it does not. */
export function infoField(info: string, name: string): string | null {
  const found = new RegExp(`^${name}:(.*)$`, 'm').exec(info);
  return found ? found[1]!.trim() : null;
}

export interface ViewJudge {
  readonly ours: LiveNode;
  readonly differences: Differences;
  readonly originMs: number;
  /** The shadow begins again with what was printed. */
  readonly reseed: (lines: readonly NodesLine[]) => void;
}

/** Holds one view against our machine; sets ours right where they have parted. */
export function judgeView(judge: ViewJudge, view: LiveView, nowMs: number): void {
  const { ours, differences, originMs } = judge;
  const { number, port } = ours.node;
  const fromMs = view.askedMs - ON_ITS_WAY_MS;
  const states = ours.statesBetween(fromMs, view.atMs + ON_ITS_WAY_MS);
  judgeInfo(judge, view.info, states, nowMs);
  if (view.nodes === '') return;
  const lines = readTable(view.nodes, originMs).filter(({ flags }) => !(flags & HANDSHAKE));
  const about = { node: number, about: String(port), field: 'nodes' } as const;
  const [real, mine] = [lines.map(({ id }) => id), states.map(knownIds)];
  if (!mine.some((ids) => ids.size === real.length && real.every((id) => ids.has(id)))) {
    differences.differ(nowMs, {
      ...about,
      ...{ ours: [...mine[0]!].join(' '), real: real.join(' ') },
      setRight: () => judge.reseed(lines),
    });
    return;
  }
  differences.agree(about);
  const tables = states.map(tableOfState);
  for (const line of lines) judgeLine(judge, line, tables, nowMs);
  for (const line of lines) adoptTimes(judge, line, view);
}

const knownIds = ({ nodes }: ClusterState): ReadonlySet<string> =>
  new Set(nodes.filter((node) => !isInHandshake(node)).map(({ id }) => id));

const tables = new WeakMap<ClusterState, ReadonlyMap<string, NodesLine>>();

function tableOfState(state: ClusterState): ReadonlyMap<string, NodesLine> {
  let table = tables.get(state);
  if (!table) {
    const lines = parseClusterNodes(printClusterNodes(state));
    tables.set(state, (table = new Map(lines.map((line) => [line.id, line]))));
  }
  return table;
}

function judgeLine(
  { ours, differences }: ViewJudge,
  line: NodesLine,
  states: readonly ReadonlyMap<string, NodesLine>[],
  nowMs: number,
): void {
  const node = ours.node.number;
  const about = String(line.port);
  for (const field of NAMES) {
    const print = FIELDS[field];
    const real = print(line);
    const held = states.map((table) => table.get(line.id)).filter((one) => one !== undefined);
    if (held.some((one) => print(one) === real)) {
      differences.agree({ node, about, field });
      continue;
    }
    const setRight = (): void => setLineRight(ours, line, field, nowMs);
    const mine = held[0] ? print(held[0]) : 'unknown';
    differences.differ(nowMs, { node, about, field, ours: mine, real, setRight });
  }
}

function setLineRight(ours: LiveNode, line: NodesLine, field: Field, atMs: number): void {
  const entry = ours.entry(line.id);
  if (!entry) return;
  const { ip, port, busPort, hostname, slots, masterId } = line;
  switch (field) {
    case 'address':
      return ours.adoptEntry(atMs, line.id, { ip, port, busPort, hostname });
    case 'master':
      return ours.do(atMs, { type: 'master', id: line.id, masterId });
    case 'configEpoch': {
      const id = entry.masterId ?? line.id;
      return ours.adoptEntry(atMs, id, { configEpoch: line.configEpoch });
    }
    case 'flags': {
      const role = line.flags & (MASTER | REPLICA);
      const kept = entry.flags & ~(MASTER | REPLICA);
      const migrateTo = role & REPLICA ? kept & ~MIGRATE_TO : kept;
      if (!(entry.flags & role)) ours.adoptEntry(atMs, line.id, { flags: migrateTo | role });
      return setFailingRight(ours, line.id, line.flags & (PFAIL | FAIL), atMs);
    }
    case 'link':
      // A link comes and goes with its connection, and with the next tick.
      if (!line.connected) ours.do(atMs, { type: 'rule', rule: 'drop', id: line.id });
      return;
    case 'slots':
      ours.adoptEntry(atMs, line.id, { slots });
      if (line.id === ours.state.myId) {
        const { migratingTo, importingFrom } = line;
        ours.adopt(atMs, { migratingTo, importingFrom });
      }
      return ours.adopt(atMs, { todo: { ...ours.state.todo, updateState: true } });
  }
}

/** When a node was pinged and heard, unless something has happened since it was printed. */
function adoptTimes({ ours, differences }: ViewJudge, line: NodesLine, view: LiveView): void {
  const entry = ours.entry(line.id);
  if (!entry || line.id === ours.state.myId) return;
  const pongMs = line.pongReceivedUnixMs === 0 ? 0 : line.pongReceivedUnixMs - CLOCK_ORIGIN_MS;
  const pingMs = line.pingSentUnixMs === 0 ? 0 : line.pingSentUnixMs - CLOCK_ORIGIN_MS;
  const sinceMs = view.askedMs - ON_ITS_WAY_MS;
  if (entry.pongReceivedMs > sinceMs || entry.pingSentMs > sinceMs) return;
  const isSamePing = (entry.pingSentMs === 0) === (pingMs === 0);
  const isSame = isSamePing && Math.abs(entry.pongReceivedMs - pongMs) <= EDGE_MS;
  if (isSame || pongMs > sinceMs || pingMs > sinceMs) return;
  differences.explain('pings-and-pongs');
  ours.adoptEntry(view.atMs, line.id, { pongReceivedMs: pongMs, pingSentMs: pingMs });
}

function judgeInfo(
  { ours, differences }: ViewJudge,
  info: string,
  states: readonly ClusterState[],
  nowMs: number,
): void {
  const node = ours.node.number;
  const about = nameOf(myself(ours.state));
  const judge = (field: 'state' | 'currentEpoch', name: string, set: (real: string) => void) => {
    const real = infoField(info, name);
    if (real === null) return;
    const print = (state: ClusterState): string => String(state[field]);
    if (states.some((state) => print(state) === real)) differences.agree({ node, about, field });
    else {
      const setRight = (): void => set(real);
      differences.differ(nowMs, { node, about, field, ours: print(states[0]!), real, setRight });
    }
  };
  judge('state', 'cluster_state', (real) =>
    ours.adopt(nowMs, { state: real === 'ok' ? 'ok' : 'fail' }),
  );
  judge('currentEpoch', 'cluster_current_epoch', (real) =>
    ours.adopt(nowMs, { currentEpoch: Number(real) }),
  );
}
