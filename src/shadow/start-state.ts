/**
 * What a real node believed when the recording began, as the state of one of our machines. What
 * CLUSTER NODES does not print is taken from the node's first frames, or assumed; README.md lists
 * the assumptions.
 */
import {
  blankNode,
  isMaster,
  isReplica,
  type ClusterNode,
  type ClusterState,
} from '../protocol/cluster-state';
import { DEFAULT_CONFIG } from '../protocol/config';
import { LONG_AGO_MS } from '../protocol/failover-state';
import { FAIL, MASTER, MIGRATE_TO, MYSELF } from '../protocol/flags';
import { freshState } from '../protocol/fresh-state';
import { dialNode } from '../protocol/messages/links';
import { NO_SIGNS } from '../protocol/vitals';
import { setMasterOf } from '../protocol/table';
import { tableOf, type WholeEntry } from '../protocol/whole-entries';
import { Turn } from '../protocol/turn';
import type { Capture, CaptureFrame, CaptureNode } from './capture';
import { virtualMs, virtualOfUnix } from './capture-time';
import type { NodesLine } from '../protocol/slots/nodes-text';
import { withGap } from './table-gap';
import type { Guess } from './guess';
import type { Epoch, NodeId } from '../protocol/ids';
import { flagsLearnt, ownEpochLearnt } from './first-words';
import { firstReports, type FirstReports } from './first-reports';

/** Links that were up when the recording began are older than any timeout. */
const OLD_LINK_MS = -1_000_000;

/** The state of `node` at the beginning of the recording. */
export function startState(capture: Capture, node: CaptureNode, guess: Guess): ClusterState {
  const lines = capture.before.get(node.number) ?? [];
  const said = capture.frames.filter((frame) => frame.from === node.number && frame.sent);
  const fresh = freshState({
    name: String(node.port),
    seed: 1,
    config: configOf(capture, said[0]),
  });
  const nowMs = virtualMs(capture, 0);
  const nodes =
    lines.length > 0
      ? lines.map((line) => entryOf(withGap(capture, node, line, guess.answered), nowMs))
      : [loneEntry(node)];
  const isFresh = nodes.length === 1;
  const state: ClusterState = {
    ...fresh,
    port: node.port,
    busPort: node.busPort,
    myId: node.id,
    ...tableOf(nodes),
    currentEpoch: firstEpoch(capture, node, nodes),
    // A process says "ok" two seconds after its start, and never before it knows its slots.
    state: isFresh ? 'fail' : (said[0]?.message.clusterState ?? 'ok'),
    size: nodes.filter((one) => isMaster(one) && one.slots.length > 0).length,
    firstUpdateMs: isFresh ? firstUpdateMs(capture, node) : LONG_AGO_MS,
    migratingTo: Object.assign({}, ...lines.map((line) => line.migratingTo)) as never,
    importingFrom: Object.assign({}, ...lines.map((line) => line.importingFrom)) as never,
    replication: { ...fresh.replication, offsetBytes: said[0]?.message.offsetBytes ?? 0 },
  };
  return withLinks(state, lines, firstReports(capture, node, guess.reported), {
    flags: (id) => flagsLearnt(capture, node, id),
    ownEpoch: ownEpochLearnt(capture, node),
  });
}

function configOf(capture: Capture, first: CaptureFrame | undefined) {
  return {
    ...DEFAULT_CONFIG,
    nodeTimeoutMs: capture.nodeTimeoutMs,
    announceIp: first?.message.ip ?? '',
  };
}

function loneEntry(node: CaptureNode): WholeEntry {
  const { id, port, busPort } = node;
  const entry = blankNode({ id, port, busPort, flags: MYSELF | MASTER, createdMs: LONG_AGO_MS });
  return { ...entry, ...NO_SIGNS };
}

function entryOf(line: NodesLine, nowMs: number): WholeEntry {
  const { id, ip, port, busPort, flags, configEpoch, slots, hostname } = line;
  const pongReceivedMs = virtualOfUnix(line.pongReceivedUnixMs);
  return {
    ...blankNode({ id, ip, port, busPort, flags, createdMs: LONG_AGO_MS }),
    configEpoch,
    slots,
    hostname,
    ...NO_SIGNS,
    pingSentMs: virtualOfUnix(line.pingSentUnixMs),
    pongReceivedMs,
    dataReceivedMs: pongReceivedMs,
    failMs: flags & FAIL ? nowMs : 0,
  };
}

interface FirstWords {
  readonly flags: (id: NodeId) => number | null;
  readonly ownEpoch: Epoch;
}

/** Links, masters, and reports: by the rules that make them, so that they fit together. */
function withLinks(
  state: ClusterState,
  lines: readonly NodesLine[],
  reports: FirstReports,
  words: FirstWords,
): ClusterState {
  const turn = new Turn(state, reports.nowMs);
  for (const line of lines) {
    if (line.masterId && turn.node(line.masterId)) setMasterOf(turn, line.id, line.masterId);
    if (line.id === state.myId || !line.connected) continue;
    dialNode(turn, line.id);
    const entry = turn.edit(line.id);
    entry.link = { ...entry.link!, connected: true, createdMs: turn.nowMs + OLD_LINK_MS };
  }
  const mastersHaveReplicas = lines.some((line) => line.masterId !== null);
  for (const entry of turn.state.nodes) {
    // A master that got slots in a cluster with replicas may take more of them.
    const usual = mastersHaveReplicas && !isReplica(entry) && entry.slots.length > 0;
    const migrateTo = words.flags(entry.id) ?? (usual ? MIGRATE_TO : entry.flags & MIGRATE_TO);
    turn.edit(entry.id).flags = (entry.flags & ~MIGRATE_TO) | migrateTo;
    const failReports = reports.about(entry.id);
    if (failReports.length > 0) turn.edit(entry.id).failReports = failReports;
  }
  // A replica's own epoch is not printed: the line shows its master's.
  if (isReplica(turn.me)) turn.edit(state.myId).configEpoch = words.ownEpoch;
  const { nodes, vitals } = turn.state;
  const { currentEpoch, lastVoteEpoch } = state;
  return { ...turn.state, saved: { ...state.saved, nodes, vitals, currentEpoch, lastVoteEpoch } };
}

/** The greatest epoch the table shows; more only if the node says so before it is told. */
function firstEpoch(
  capture: Capture,
  { number }: CaptureNode,
  nodes: readonly ClusterNode[],
): number {
  const shown = Math.max(0, ...nodes.map((one) => one.configEpoch));
  const own = capture.frames.find((frame) => frame.from === number && frame.sent);
  if (!own || own.message.type === 'FAILOVER_AUTH_REQUEST') return shown;
  // A stranger's epoch is not believed.
  const told = capture.frames.filter(
    ({ to, index, message }) =>
      to === number && index < own.index && nodes.some(({ id }) => id === message.sender),
  );
  const heard = Math.max(shown, ...told.map((frame) => frame.message.currentEpoch));
  const isNew = nodes.length === 1 && shown === 0;
  return own.message.currentEpoch > heard && !isNew ? own.message.currentEpoch : shown;
}

/**
 * When this process first looked at the state of the cluster, which is when it started. Nothing
 * shows that but what follows from it: a master keeps silent for two seconds, then says "ok".
 */
function firstUpdateMs(capture: Capture, { number }: CaptureNode): number {
  const line = capture.log.find(
    (one) => one.node === number && one.text === 'Cluster state changed: ok',
  );
  const frame = capture.frames.find(
    (one) => one.from === number && one.message.clusterState === 'ok',
  );
  const okMs = line?.atMs ?? frame?.atMs;
  // One tick back, half a tick of doubt.
  return okMs === undefined ? virtualMs(capture, 0) : virtualMs(capture, okMs - 2_000 - 50);
}
