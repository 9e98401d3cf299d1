/**
 * Frames made by hand for the tests of this folder: a healthy cluster, a failure, an election,
 * a redirect.
 */
import type {
  ClusterFrame,
  FrameMessage,
  FrameNode,
  FrameReport,
  FrameRow,
  NodeView,
} from '../protocol/cluster-frame';
import { nodeId, SLOT_COUNT, type NodeName } from '../protocol/ids';
import { slotCount, type SlotRanges } from '../protocol/slot-ranges';

export interface ClusterShape {
  readonly masters: number;
  readonly replicasPerMaster: number;
}

/** A healthy cluster at 2 s: masters 8901 and up, then their replicas, all agreeing. */
export function healthyFrame({ masters, replicasPerMaster }: ClusterShape): ClusterFrame {
  const names = Array.from({ length: masters * (1 + replicasPerMaster) }, (_, i) => `${8901 + i}`);
  function shardOf(name: NodeName): number {
    return (Number(name) - 8901) % masters;
  }
  const rows = names.map((name) => healthyRow(name, shardOf(name), masters));
  return {
    atMs: 2_000,
    nodeTimeoutMs: 5_000,
    nodes: names.map((name) => healthyNode(name, shardOf(name), rows)),
    ...{ messages: [], faults: [], clients: [], elections: [] },
    writes: { acknowledged: 0, lost: [] },
  };
}

function healthyRow(name: NodeName, shard: number, masters: number): FrameRow {
  const isMaster = Number(name) - 8901 < masters;
  const first = Math.round((shard * SLOT_COUNT) / masters);
  const last = Math.round(((shard + 1) * SLOT_COUNT) / masters) - 1;
  return {
    name,
    id: nodeId(name.padStart(40, '0')),
    flags: isMaster ? ['master'] : ['replica'],
    master: isMaster ? null : `${8901 + shard}`,
    ...{ pingSentMs: 0, pongReceivedMs: 1_900, configEpoch: shard + 1, linkConnected: true },
    slots: isMaster ? [[first, last]] : [],
    ...{ offsetBytes: 11_680, failSinceMs: 0, failReports: [] },
  };
}

function healthyNode(name: NodeName, shard: number, rows: readonly FrameRow[]): FrameNode {
  const own = rows.find((row) => row.name === name)!;
  const view: NodeView = {
    role: own.master === null ? 'master' : 'replica',
    master: own.master,
    clusterState: 'ok',
    size: rows.filter((row) => row.slots.length > 0).length,
    slotsServed: rows.reduce((sum, row) => sum + slotCount(row.slots), 0),
    ...{ currentEpoch: 6, configEpoch: own.configEpoch, lastVoteEpoch: 0, offsetBytes: 11_680 },
    nodeTimeoutMs: 5_000,
    ...{ openSlots: [], migration: null, keyCount: 0 },
    replication: {
      link: own.master === null ? 'none' : 'up',
      sinceMs: 0,
      id: 'a'.repeat(40),
      lastSync: own.master === null ? null : 'full',
    },
    failover: { phase: 'idle', epoch: 0, rank: 0, dueAtMs: 0, delayMs: 0, voteCount: 0 },
    handover: 'none',
    rows: rows.map((row) => (row === own ? { ...row, flags: ['myself', ...row.flags] } : row)),
  };
  const port = Number(name);
  return {
    ...{ name, id: own.id, ip: '127.0.0.1', port, busPort: port + 10_000, shard },
    ...{ process: 'running', processSinceMs: 0, view },
  };
}

/** Changes one node of a frame. */
export function withNode(
  frame: ClusterFrame,
  name: NodeName,
  change: (node: FrameNode) => FrameNode,
): ClusterFrame {
  return { ...frame, nodes: frame.nodes.map((n) => (n.name === name ? change(n) : n)) };
}

/** Changes one row of one node's table. */
export function withRow(
  frame: ClusterFrame,
  at: { observer: NodeName; subject: NodeName },
  change: Partial<FrameRow>,
): ClusterFrame {
  return withNode(frame, at.observer, (node) => ({
    ...node,
    view: {
      ...node.view,
      rows: node.view.rows.map((row) => (row.name === at.subject ? { ...row, ...change } : row)),
    },
  }));
}

let nextMessage = 1;

/** A message on its way. */
export function message(
  type: FrameMessage['type'],
  way: { from: NodeName; to: NodeName; sentAtMs: number; deliverAtMs: number },
  change: Partial<FrameMessage> = {},
): FrameMessage {
  const id = nextMessage++;
  return { id, type, ...way, fate: 'flying', about: null, epoch: 6, rumours: [], ...change };
}

function report(by: NodeName, atMs: number): FrameReport {
  return { by, atMs, expiresAtMs: atMs + 10_000 };
}

/** 8901 froze at 4.2 s; at 11.306 s its replica 8904 filed the second report and declared FAIL. */
export function failingFrame(): ClusterFrame {
  const subject = '8901';
  let frame: ClusterFrame = { ...healthyFrame({ masters: 3, replicasPerMaster: 1 }), atMs: 11_388 };
  frame = withNode(frame, subject, (n) => ({ ...n, process: 'frozen', processSinceMs: 4_200 }));
  for (const observer of ['8902', '8903', '8905']) {
    frame = withRow(frame, { observer, subject }, { flags: ['master', 'pfail'] });
  }
  frame = withRow(
    frame,
    { observer: '8904', subject },
    {
      flags: ['master', 'fail'],
      failSinceMs: 11_306,
      failReports: [report('8902', 9_620), report('8903', 11_306)],
    },
  );
  frame = withNode(frame, '8904', (n) => ({
    ...n,
    view: {
      ...n.view,
      clusterState: 'fail',
      slotsServed: 10_923,
      replication: { ...n.view.replication, link: 'down', sinceMs: 4_200 },
    },
  }));
  const fails = (
    [
      ['8902', 11_466],
      ['8903', 11_450],
      ['8905', 11_510],
      ['8906', 11_482],
    ] as const
  ).map(([to, deliverAtMs]) =>
    message('FAIL', { from: '8904', to, sentAtMs: 11_306, deliverAtMs }, { about: subject }),
  );
  const beat = { sentAtMs: 11_350, deliverAtMs: 11_432 };
  const rumours = [{ about: subject, flag: 'pfail' as const }];
  const messages = [
    ...fails,
    message('PONG', { from: '8902', to: '8906', ...beat }, { rumours }),
    message('PING', { from: '8905', to: '8903', sentAtMs: 11_340, deliverAtMs: 11_420 }),
    message('PING', { from: '8906', to: '8902', sentAtMs: 11_364, deliverAtMs: 11_444 }),
    message('PING', { from: '8903', to: subject, ...beat }, { fate: 'unread' }),
    message('PING', { from: '8906', to: subject, ...beat }, { fate: 'unread' }),
  ];
  return { ...frame, messages };
}

/**
 * Five masters; 8906 stands for its dead master 8901: two votes counted, one on the wire, one
 * denied.
 */
export function electionFrame(): ClusterFrame {
  const subject = '8901';
  let frame: ClusterFrame = { ...healthyFrame({ masters: 5, replicasPerMaster: 1 }), atMs: 12_452 };
  frame = withNode(frame, subject, (n) => ({ ...n, process: 'frozen', processSinceMs: 4_200 }));
  for (const { name } of frame.nodes) {
    const flag = name === '8905' ? ('pfail' as const) : ('fail' as const);
    if (name === subject) continue;
    frame = withRow(frame, { observer: name, subject }, { flags: ['master', flag] });
  }
  const ask = { from: '8906', sentAtMs: 12_400 };
  const messages = [
    message('FAILOVER_AUTH_REQUEST', { ...ask, to: '8910', deliverAtMs: 12_484 }),
    message('FAILOVER_AUTH_ACK', {
      ...{ from: '8904', to: '8906', sentAtMs: 12_375, deliverAtMs: 12_560 },
    }),
  ];
  const seat = { reason: null, atMs: 12_219 };
  return {
    ...frame,
    messages,
    elections: [
      {
        ...{ candidate: '8906', epoch: 11, startedAtMs: 12_219, outcome: 'open', needed: 3 },
        ...{ claims: [[0, 3276]], delayMs: 713 },
        seats: [
          { ...seat, voter: '8901', vote: 'cannot' },
          { ...seat, voter: '8902', vote: 'counted', atMs: 12_395 },
          { ...seat, voter: '8903', vote: 'counted', atMs: 12_420 },
          { ...seat, voter: '8904', vote: 'granted', atMs: 12_375 },
          { voter: '8905', vote: 'denied', reason: 'its master is up', atMs: 12_336 },
        ],
      },
    ],
  };
}

/** A client asked 8903 for `name`, slot 5798, was sent to 8902 and is asking again. */
export function movedFrame(): ClusterFrame {
  const frame = { ...healthyFrame({ masters: 3, replicasPerMaster: 1 }), atMs: 2_019 };
  const exchange = { redirect: null, slot: null, printed: null };
  return {
    ...frame,
    clients: [
      {
        ...{ name: 'client', connectedTo: ['8903', '8902'], follows: true, redirects: 1 },
        stream: null,
        slotMap: [{ slots: [[5798, 5798]] as SlotRanges, node: '8902', learntAtMs: 2_013 }],
        exchanges: [
          {
            ...{ ...exchange, id: 1, node: '8903', direction: 'command', text: 'GET name' },
            ...{ sentAtMs: 2_004, deliverAtMs: 2_008 },
          },
          {
            ...{ id: 2, node: '8903', direction: 'reply', text: 'MOVED 5798 127.0.0.1:8902' },
            ...{
              redirect: 'MOVED',
              slot: 5798,
              printed: null,
              sentAtMs: 2_009,
              deliverAtMs: 2_013,
            },
          },
          {
            ...{ ...exchange, id: 3, node: '8902', direction: 'command', text: 'GET name' },
            ...{ sentAtMs: 2_016.5, deliverAtMs: 2_021.5 },
          },
        ],
      },
    ],
  };
}
