/**
 * Who has a lane. One a node while they fit; of nine and more, those of shards in play, the rest
 * folded; from seventeen on one a shard, a thread for each of its nodes; in a crowd only those whom
 * the moment is about, below a curve of how many know.
 */
import type { FrameNode } from '../../protocol/cluster-frame';
import { isCrowd, scaleOf } from './scale';
import type { Player } from './space-time-players';

export interface Lane {
  readonly key: string;
  readonly y: number;
  readonly heightPx: number;
  /** Whose lane it is, or who leads the shard it is of; null for the lane of folded nodes. */
  readonly node: LaneNode | null;
  /** The client whose lane it is; absent where it is nodes'. */
  readonly client?: string;
  /** Where its lines run, from the middle: one, or one for each node of the shard. */
  readonly threads: readonly number[];
  /** Whether there is room for its name. */
  readonly isNamed: boolean;
  /** Why a lane of a crowd is here; null elsewhere. */
  readonly part: Player['part'] | null;
}

export interface LaneNode {
  readonly name: string;
  readonly shard: number;
  readonly role: 'master' | 'replica';
}

export interface Lanes {
  readonly lanes: readonly Lane[];
  readonly folded: { readonly count: number; readonly replicasOnly: boolean } | null;
  readonly topPx: number;
  readonly bottomPx: number;
  /** Vertical position of a node's line; a folded node shares the last lane. */
  readonly yOf: ReadonlyMap<string, number>;
  readonly foldedNames: ReadonlySet<string>;
  /** Whether several lines share a lane: then only what decides something is drawn between them. */
  readonly isDense: boolean;
  /** Height of a band of belief, and of a stop, in pixels. */
  readonly bandPx: number;
  readonly stopPx: number;
  /** Where the curve of how many know stands; null where every node has its own line. */
  readonly curve: { readonly topPx: number; readonly bottomPx: number } | null;
  /** The line of the client that speaks; null where it has none. */
  readonly clientY: number | null;
}

/** Room to the right of the lanes. */
export const LANES_RIGHT_PX = 24;
const TALLEST_PX = 17.6;
const SHORTEST_PX = 13;
/** Below this height of a lane, only some of the names have room. */
const NAME_PX = 10.5;
const MOST_THREAD_PX = 2.9;
const CROWD_LANE_PX = 12.4;
const CURVE_SHARE = 0.52;
export const FOLD_KEY = 'folded';

interface Room {
  readonly topPx: number;
  readonly heightPx: number;
  /** Whom the moment is about, the foremost first. */
  readonly players: readonly Player[];
  /** A client that has a lane above the nodes', while every node has its own. Default none. */
  readonly client?: string | null;
}

/** What the lanes show of a node. */
export function laneNode(node: FrameNode): LaneNode {
  return { name: node.name, shard: node.shard, role: node.view.role };
}

/** Lays out lanes for `nodes`. */
export function lanesOf(nodes: readonly LaneNode[], room: Room): Lanes {
  if (isCrowd(nodes.length)) return lanesOfCrowd(nodes, room);
  return scaleOf(nodes.length) === 'shards'
    ? lanesOfShards(nodes, room)
    : lanesOfNodes(nodes, room);
}

/** Folds replicas first, then masters, but never a node in play. */
function lanesOfNodes(nodes: readonly LaneNode[], room: Room): Lanes {
  const { client = null } = room;
  const most = Math.max(2, Math.floor(room.heightPx / SHORTEST_PX) - (client === null ? 0 : 1));
  const shown = nodes.length <= most ? nodes : foremost(nodes, room.players, most - 1);
  const hidden = nodes.filter((node) => !shown.includes(node));
  const first = client === null ? 0 : 1;
  const laneCount = first + shown.length + (hidden.length > 0 ? 1 : 0);
  const heightPx = Math.min(TALLEST_PX, room.heightPx / Math.max(1, laneCount));
  const yAt = (index: number) => room.topPx + heightPx * (first + index + 0.5);
  const lane = { heightPx, threads: [0], isNamed: true, part: null };
  const lanes: Lane[] = shown.map((node, i) => ({ ...lane, key: node.name, y: yAt(i), node }));
  if (client !== null) {
    lanes.unshift({ ...lane, key: `client ${client}`, y: yAt(-1), node: null, client });
  }
  if (hidden.length > 0) {
    lanes.push({ ...lane, key: FOLD_KEY, y: yAt(shown.length), node: null });
  }
  return {
    lanes,
    folded: hidden.length > 0 ? foldedInto(hidden) : null,
    topPx: room.topPx,
    bottomPx: room.topPx + heightPx * laneCount,
    yOf: new Map([
      ...shown.map((node, i) => [node.name, yAt(i)] as const),
      ...hidden.map((node) => [node.name, yAt(shown.length)] as const),
    ]),
    foldedNames: new Set(hidden.map((node) => node.name)),
    clientY: client === null ? null : yAt(-1),
    ...{ isDense: false, bandPx: 3.2, stopPx: heightPx * 0.72, curve: null },
  };
}

function foremost(nodes: readonly LaneNode[], players: readonly Player[], count: number) {
  const names = new Set(players.map(({ name }) => name));
  const shards = new Set(nodes.flatMap(({ name, shard }) => (names.has(name) ? [shard] : [])));
  const weight = (node: LaneNode) =>
    (names.has(node.name) ? 4 : 0) +
    (node.role === 'master' ? 2 : 0) +
    Number(shards.has(node.shard));
  const chosen = new Set([...nodes].sort((a, b) => weight(b) - weight(a)).slice(0, count));
  return nodes.filter((node) => chosen.has(node));
}

function foldedInto(hidden: readonly LaneNode[]) {
  return {
    count: hidden.length,
    replicasOnly: hidden.every((node) => node.role === 'replica'),
  };
}

function lanesOfShards(nodes: readonly LaneNode[], room: Room): Lanes {
  const shards = shardsOf(nodes);
  const heightPx = Math.min(TALLEST_PX, room.heightPx / shards.length);
  const most = Math.max(...shards.map((members) => members.length));
  const threadPx = Math.min(MOST_THREAD_PX, (heightPx * 0.86) / most);
  const named = namedLanes(shards, heightPx, new Set(room.players.map(({ name }) => name)));
  const yOf = new Map<string, number>();
  const lanes = shards.map((members, i): Lane => {
    const y = room.topPx + heightPx * (i + 0.5);
    const threads = members.map((_, k) => (k - (members.length - 1) / 2) * threadPx);
    members.forEach(({ name }, k) => yOf.set(name, y + threads[k]!));
    const node = members.find(({ role }) => role === 'master') ?? members[0]!;
    const key = `shard ${node.shard}`;
    return { key, y, heightPx, node, threads, isNamed: named.has(i), part: null };
  });
  return {
    ...{ lanes, yOf, folded: null, foldedNames: new Set<string>(), isDense: true, curve: null },
    clientY: null,
    topPx: room.topPx,
    bottomPx: room.topPx + heightPx * shards.length,
    bandPx: Math.max(1, threadPx * 0.7),
    stopPx: Math.max(1.4, threadPx * 0.86),
  };
}

/** The nodes shard by shard, in the order of their numbers. */
function shardsOf(nodes: readonly LaneNode[]): LaneNode[][] {
  const byShard = new Map<number, LaneNode[]>();
  for (const node of nodes) byShard.set(node.shard, [...(byShard.get(node.shard) ?? []), node]);
  return [...byShard].sort(([a], [b]) => a - b).map(([, members]) => members);
}

/** Which lanes have room for their names: those in play first, then from the top. */
function namedLanes(
  shards: readonly (readonly LaneNode[])[],
  heightPx: number,
  players: ReadonlySet<string>,
): ReadonlySet<number> {
  const apart = Math.ceil(NAME_PX / heightPx);
  const isInPlay = (i: number) => shards[i]!.some(({ name }) => players.has(name));
  const order = shards.map((_, i) => i).sort((a, b) => Number(isInPlay(b)) - Number(isInPlay(a)));
  const named = new Set<number>();
  for (const i of order) {
    if ([...named].every((other) => Math.abs(other - i) >= apart)) named.add(i);
  }
  return named;
}

function lanesOfCrowd(nodes: readonly LaneNode[], room: Room): Lanes {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const curvePx = Math.round(room.heightPx * CURVE_SHARE);
  const most = Math.max(1, Math.floor((room.heightPx - curvePx) / CROWD_LANE_PX));
  const shown = room.players.filter(({ name }) => byName.has(name)).slice(0, most);
  const topPx = room.topPx + curvePx + 4;
  const lanes = shown.map(({ name, part }, i): Lane => {
    const y = topPx + CROWD_LANE_PX * (i + 0.5);
    const lane = { heightPx: CROWD_LANE_PX, threads: [0], isNamed: true };
    return { ...lane, key: name, y, node: byName.get(name)!, part };
  });
  const names = new Set(shown.map(({ name }) => name));
  return {
    ...{ lanes, folded: null, isDense: true, bandPx: 3.6, stopPx: 9, clientY: null },
    yOf: new Map(lanes.map(({ key, y }) => [key, y])),
    foldedNames: new Set(nodes.flatMap(({ name }) => (names.has(name) ? [] : [name]))),
    topPx: room.topPx,
    bottomPx: room.topPx + room.heightPx,
    curve: { topPx: room.topPx, bottomPx: room.topPx + curvePx },
  };
}
